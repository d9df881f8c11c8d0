package io.ratemesh.launcher.cluster;

import io.ratemesh.launcher.client.BalancerClient;
import io.ratemesh.launcher.client.HttpGet;
import io.ratemesh.launcher.client.StatsClient;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.process.JarCache;
import io.ratemesh.launcher.process.NodeStarter;
import io.ratemesh.launcher.process.StartedNode;
import io.ratemesh.launcher.settings.GivenSettings;
import io.ratemesh.launcher.settings.PortAvailability;
import io.ratemesh.launcher.state.ClusterSnapshot;
import io.ratemesh.launcher.state.LaunchedRole;
import io.ratemesh.launcher.state.ListenAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Starts a cluster on this machine and waits until it serves conversions. */
public final class ClusterStart {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    /** A start keeps a processor busy, so that more at once delay the first conversion. */
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final ClusterSnapshot snapshot;
    private final GivenSettings given;
    private final NodeStarter starter;
    private final JarCache jars;
    private final StatsClient stats;
    private final Console console;
    private final List<StartedNode> started = new ArrayList<>();
    private long readyConverters;

    public ClusterStart(
            ClusterSnapshot snapshot,
            GivenSettings given,
            NodeStarter starter,
            JarCache jars,
            StatsClient stats,
            Console console) {
        this.snapshot = snapshot;
        this.given = given;
        this.starter = starter;
        this.jars = jars;
        this.stats = stats;
        this.console = console;
    }

    /**
     * Starts one rates node, then a balancer with as many converters as there are processors for, and the other converters once
     * conversions succeed.
     *
     * @throws CommandFailure if a node ends or conversions do not succeed in time
     */
    public void run(int converters) {
        startRates();
        int first = Math.min(converters, Math.max(1, PROCESSORS - 1));
        startConverters(first);
        start(LaunchedRole.BALANCER, List.of());
        BalancerClient balancer = new BalancerClient(snapshot.http());
        await(() -> "a conversion", balancer::converts, "no conversion succeeded at " + balancer.conversion());
        console.progress("conversions succeed");
        awaitConverters(first, converters);
        for (int ready = first; ready < converters; ready = Math.min(converters, ready + PROCESSORS)) {
            startConverters(Math.min(PROCESSORS, converters - ready));
            awaitConverters(Math.min(converters, ready + PROCESSORS), converters);
        }
    }

    // First and alone until it has joined: members that start at the same time can form separate clusters.
    private void startRates() {
        Optional<Integer> fixed = given.port("rates.port").filter(port -> port > 0);
        int port = fixed.orElseGet(PortAvailability::anyFree);
        StartedNode rates = start(LaunchedRole.RATES, fixed.isPresent() ? List.of() : List.of("rates.port=" + port));
        URI health = new ListenAddress(given.bindHost(), port).uri("/health/live");
        await(rates::id, () -> HttpGet.isOk(health), rates.id() + " did not respond at " + health);
        console.progress(rates.id() + " responds");
    }

    private void startConverters(int count) {
        for (int i = 0; i < count; i++) {
            start(LaunchedRole.CONVERTER, List.of());
        }
    }

    private void awaitConverters(int count, int all) {
        await(
                () -> "the converters (" + readyConverters + " of " + all + " ready)",
                () -> {
                    long ready = Math.min(count, stats.ready(LaunchedRole.CONVERTER.word()));
                    if (ready > readyConverters) {
                        readyConverters = ready;
                        console.progress(ready + " of " + all + " converters ready");
                    }
                    return ready == count;
                },
                "not every converter was ready by " + snapshot.stats().uri("/stats.json"));
    }

    private StartedNode start(LaunchedRole role, List<String> settings) {
        StartedNode node = starter.background(role, jars.newest(role), settings);
        started.add(node);
        return node;
    }

    private void await(Supplier<String> subject, BooleanSupplier condition, String failure) {
        boolean inTime = console.await(TIMEOUT, subject, () -> {
            started.forEach(StartedNode::requireAlive);
            return condition.getAsBoolean();
        });
        if (!inTime) {
            throw CommandFailure.failed(failure + " within " + TIMEOUT.toSeconds() + " s; the logs are in "
                    + started.get(0).log().getParent());
        }
    }
}
