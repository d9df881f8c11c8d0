package io.ratemesh.balancer.scale;

import io.ratemesh.balancer.admin.ScaleControl;
import io.ratemesh.balancer.scale.ScaleOrder.Mode;
import io.ratemesh.balancer.scale.ScalingDecision.Direction;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.announce.Announcement;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.NodeCommands;
import io.ratemesh.node.settings.ScalerSettings;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the right number of converters running. Every balancer has one; the one in the oldest balancer acts, as among the rates
 * nodes. What it needs comes from announcements and from the shared order, so another one can go on at any time. Runs on one event
 * loop.
 */
public final class Scaler implements ScaleControl {

    private static final String STATUS_ADDRESS = "scaler.status";
    private static final long PERIOD_MILLIS = 1000;
    private static final long STATUS_LEASE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final Logger LOG = LoggerFactory.getLogger(Scaler.class);

    private final Node node;
    private final NodeLauncher launcher;
    private final ScaleOrders orders;
    private final ScalerMeters meters;
    private ScalerSettings settings;
    private volatile JsonObject status;
    private long statusAtNanos = System.nanoTime();

    // Of the acting one:
    private boolean acting;
    private ConverterObserver observer = new ConverterObserver();
    private PendingLaunches launches = new PendingLaunches();
    private RetiringConverters retiring = new RetiringConverters();
    private TargetTracking tracking = new TargetTracking();
    private ScaleOrder order = ScaleOrder.INITIAL;
    private ScalingRule rule = tracking;
    private int desired;
    private @Nullable String lastDecision;
    private @Nullable String lastDecisionAt;

    private Scaler(Node node, NodeLauncher launcher, ScaleOrders orders) {
        this.node = node;
        this.launcher = launcher;
        this.orders = orders;
        this.settings = node.settings().balancer().scaler();
        this.status = ScalerStatus.of(settings, "no balancer scales yet");
        this.meters = new ScalerMeters(node.meters(), () -> status, node.id());
    }

    /**
     * Starts on the current event loop.
     *
     * @param home the folder in which {@code ./ratemesh up} leaves its command line
     */
    public static Future<Scaler> start(Node node, Path home) {
        return start(node, new LocalLauncher(node.vertx(), home));
    }

    static Future<Scaler> start(Node node, NodeLauncher launcher) {
        return ScaleOrders.open(node.vertx()).map(orders -> {
            Scaler scaler = new Scaler(node, launcher, orders);
            if (scaler.settings.enabled()) {
                orders.refresh();
            }
            node.vertx().eventBus().<JsonObject>consumer(STATUS_ADDRESS, message -> scaler.received(message.body()));
            node.vertx().setPeriodic(PERIOD_MILLIS, ignored -> scaler.tick());
            return scaler;
        });
    }

    /** Applies changed settings from the next decision on. */
    public void use(ScalerSettings next) {
        settings = next;
    }

    /** The status of the acting scaler, for {@code /stats.json}. Thread-safe. */
    public JsonObject status() {
        return status;
    }

    @Override
    public int min() {
        return settings.min();
    }

    @Override
    public int max() {
        return settings.max();
    }

    @Override
    public Optional<String> unavailable() {
        if (!settings.enabled()) {
            return Optional.of("balancer.scaler.enabled is false; set it to true, or use ./ratemesh scale N.");
        }
        if (settings.dryRun()) {
            return Optional.of("balancer.scaler.dry-run is true, so nothing is started; set it to false.");
        }
        if (!status.getBoolean("launcher", false)) {
            return Optional.of("The balancer that scales cannot start converters (" + status.getString("reason", "")
                    + "); change their number where they are run.");
        }
        return Optional.empty();
    }

    @Override
    public Future<Void> converters(int count, String by) {
        return give(Mode.MANUAL, count, by, count + " converters");
    }

    @Override
    public Future<Void> auto(boolean on, String by) {
        return give(on ? Mode.AUTO : Mode.OFF, 0, by, on ? "automatic" : "off");
    }

    private Future<Void> give(Mode mode, int count, String by, String what) {
        return orders.give(mode, count, by)
                .onSuccess(ignored -> node.ops().publish("scaler-ordered", node.id(), what + ", by " + by));
    }

    private void received(JsonObject from) {
        if (!acting && settings.enabled()) {
            status = from;
            statusAtNanos = System.nanoTime();
        }
    }

    private void tick() {
        long nowNanos = System.nanoTime();
        boolean leads = settings.enabled()
                && orders.isKnown()
                && node.announcer().current().state() == NodeState.READY
                && node.membership().leads(NodeRole.BALANCER);
        if (leads != acting) {
            acting = leads;
            takeOver();
        }
        if (settings.enabled()) {
            orders.refresh();
        }
        if (acting) {
            act(nowNanos);
        } else if (!settings.enabled()) {
            status = ScalerStatus.of(settings, "balancer.scaler.enabled is false");
        } else if (nowNanos - statusAtNanos > STATUS_LEASE_NANOS) {
            status = ScalerStatus.of(settings, "no balancer scales; the oldest one may be starting or draining");
        }
    }

    private void takeOver() {
        observer = new ConverterObserver();
        launches = new PendingLaunches();
        retiring = new RetiringConverters();
        tracking = new TargetTracking();
        order = ScaleOrder.INITIAL;
        rule = tracking;
        desired = 0;
        if (acting) {
            lastDecision = status.getString("lastDecision");
            lastDecisionAt = status.getString("lastDecisionAt");
            node.ops().publish("scaler-leader-changed", node.id(), "scales the converters from now on");
        }
    }

    private void act(long nowNanos) {
        var nodes = node.directory().present();
        launches.update(nodes, nowNanos).forEach(this::launchFailed);
        retiring.update(nodes, nowNanos);
        ClusterLoad load = observer.observe(nodes, retiring.ids(), settings.startTimeout(), nowNanos)
                .withLaunched(launches.unannounced());
        useNewestOrder();
        if (order.mode() == Mode.OFF) {
            desired = load.converters();
            report(load, "switched off by " + order.by(), nowNanos);
            return;
        }
        Optional<String> advisory = settings.dryRun() ? Optional.of("dry run") : launcher.unavailable();
        // Without a launcher others follow the desired number, some time later or never.
        int current = advisory.isEmpty() || desired == 0 ? load.converters() : desired;
        ScalingDecision decision = rule.decide(settings, load, current, nowNanos);
        desired = decision.desired();
        String blocker = decision.direction() == Direction.OUT && advisory.isEmpty() ? launches.blocker(nowNanos) : "";
        if (decision.direction() != Direction.HOLD && blocker.isEmpty()) {
            decided(decision, current, advisory);
            if (advisory.isEmpty()) {
                carryOut(decision, current, nodes, nowNanos);
            }
        }
        report(
                load,
                decision.reason()
                        + (blocker.isEmpty() ? "" : "; " + blocker)
                        + advisory.map(why -> "; advisory only: " + why).orElse(""),
                nowNanos);
    }

    private void useNewestOrder() {
        ScaleOrder newest = orders.newest();
        if (newest.at() != order.at()) {
            order = newest;
            tracking = new TargetTracking();
            rule = newest.mode() == Mode.MANUAL ? new FixedTarget(newest.converters(), newest.by()) : tracking;
        }
    }

    private void decided(ScalingDecision decision, int current, Optional<String> advisory) {
        lastDecision = current + " to " + decision.desired() + ": " + decision.reason();
        lastDecisionAt = Instant.now().toString();
        meters.decided(decision.direction());
        node.ops()
                .publish(
                        "converters-scaled-" + decision.direction().word(),
                        node.id(),
                        lastDecision
                                + advisory.map(why -> " (not carried out: " + why + ")")
                                        .orElse(""));
    }

    private void carryOut(ScalingDecision decision, int current, Collection<Announcement> nodes, long nowNanos) {
        if (decision.direction() == Direction.OUT) {
            launch(decision.desired() - current);
        } else {
            nodes.stream()
                    .filter(each -> each.role() == NodeRole.CONVERTER && each.state() == NodeState.READY)
                    .filter(each -> !retiring.ids().contains(each.id()))
                    .sorted(Comparator.comparing(Announcement::startedAt)
                            .thenComparing(Announcement::id)
                            .reversed())
                    .limit(current - decision.desired())
                    .forEach(youngest -> retire(youngest.id(), nowNanos));
        }
    }

    private void launch(int count) {
        PendingLaunches pending = launches;
        pending.requested(count);
        launcher.launch(count)
                .onSuccess(ids -> pending.started(
                        ids, System.nanoTime() + settings.startTimeout().toNanos()))
                .onFailure(cause -> {
                    String why = String.valueOf(cause.getMessage());
                    if (cause instanceof LauncherBusyException) {
                        pending.postponed(why, System.nanoTime());
                    } else {
                        pending.failed(why, System.nanoTime());
                        launchFailed(why);
                    }
                });
    }

    private void launchFailed(String why) {
        meters.launchFailed();
        node.ops().publish("converter-launch-failed", node.id(), why);
    }

    private void retire(String id, long nowNanos) {
        RetiringConverters leaving = retiring;
        leaving.add(id, nowNanos);
        launcher.retire(id)
                .recover(cause -> {
                    // Not being recorded as expected is no reason to stay; a rolling restart is.
                    if (cause instanceof LauncherBusyException) {
                        return Future.failedFuture(cause);
                    }
                    LOG.warn("the end of {} is not recorded as expected: {}", id, cause.getMessage());
                    return Future.succeededFuture();
                })
                .compose(ignored -> NodeCommands.send(node.vertx(), id, NodeCommands.Command.EXIT))
                .onFailure(cause -> {
                    LOG.warn("{} was not drained: {}", id, cause.getMessage());
                    leaving.remove(id);
                });
    }

    private void report(ClusterLoad load, String reason, long nowNanos) {
        String mode = settings.dryRun() ? "dry-run" : order.mode().word();
        JsonObject next = ScalerStatus.of(settings, reason)
                .put("mode", mode)
                .put("acting", node.id())
                .put("launcher", launcher.unavailable().isEmpty())
                .put("current", load.converters())
                .put("desired", desired)
                .put("pending", Math.max(launches.count(), load.starting()))
                .put("draining", load.draining())
                .put("requestsInFlight", (long) load.requests())
                .put("cpuPercent", cpuPercent(load))
                .put("upCooldownMillis", tracking.upCooldown(settings, nowNanos).toMillis())
                .put(
                        "downCooldownMillis",
                        tracking.downCooldown(settings, nowNanos).toMillis())
                .put("lastDecision", lastDecision)
                .put("lastDecisionAt", lastDecisionAt);
        status = next;
        statusAtNanos = nowNanos;
        node.vertx().eventBus().publish(STATUS_ADDRESS, next);
    }

    private static long cpuPercent(ClusterLoad load) {
        int measured = load.ready() - load.warming();
        return measured == 0 ? 0 : Math.round(load.cpu() * 100 / measured);
    }
}
