package io.ratemesh.balancer.upstream.health;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.upstream.CheckResult;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.health.CheckTimetable.ScheduledCheck;
import io.ratemesh.balancer.upstream.resolve.DnsDiscovery;
import io.ratemesh.balancer.upstream.resolve.NameLookups;
import io.ratemesh.balancer.upstream.resolve.NameResolver;
import io.ratemesh.balancer.upstream.resolve.PoolDns;
import io.ratemesh.node.settings.CheckSettings;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Checks every upstream of a pool as long as it is a member, whatever the results, so that one that is down comes back by itself.
 * Also asks their agents, updates the pool with time, resolves the names of its servers and finds its servers by DNS. Runs on one event
 * loop.
 */
public final class HealthChecker {

    /** Half of the shortest interval that may be set. */
    private static final long TICK_MILLIS = 50;

    private final Vertx vertx;
    private final Context context;
    private final Pool pool;
    private final DnsDiscovery discovery;
    private final NameLookups nameLookups;
    private final AgentChecks agents;
    private final CheckTimetable timetable = new CheckTimetable(new SplittableRandom());
    private final long timer;
    private HealthCheck check;

    /** Starts the checks, on the current event loop. */
    public HealthChecker(Vertx vertx, Pool pool) {
        this(vertx, pool, new PoolDns(vertx, pool));
    }

    /**
     * Starts the checks, on the current event loop.
     *
     * @param resolver of the names of servers
     */
    public HealthChecker(Vertx vertx, Pool pool, NameResolver resolver) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.pool = pool;
        this.discovery = new DnsDiscovery(context, pool, new PoolDns(vertx, pool));
        this.nameLookups = new NameLookups(context, pool, resolver);
        this.agents = new AgentChecks(vertx, context, pool);
        this.check = new HealthCheck(vertx, pool.settings().check());
        this.timer = vertx.setPeriodic(TICK_MILLIS, ignored -> tick());
    }

    /** Checks an upstream now, such as a node that has just announced that it serves. */
    public void checkNow(Upstream upstream) {
        timetable.scheduleNow(upstream);
        tick();
    }

    /** Stops the checks of a removed pool. */
    public void stop() {
        vertx.cancelTimer(timer);
        check.close();
        agents.stop();
    }

    private void tick() {
        pool.tick();
        long now = System.nanoTime();
        discovery.tick(now);
        nameLookups.tick(now);
        agents.tick(now);
        CheckSettings settings = pool.settings().check();
        if (!settings.equals(check.settings())) {
            HealthCheck previous = check;
            // Checks under way end by themselves: one that is cancelled would count as failed.
            vertx.setTimer(2 * previous.settings().timeout().toMillis(), ignored -> previous.close());
            check = new HealthCheck(vertx, settings);
        }
        for (ScheduledCheck scheduled : timetable.due(resolvedOnes(pool.upstreams()), settings, System.nanoTime())) {
            check.run(scheduled.upstream(), pool.transport())
                    .onSuccess(result -> context.runOnContext(ignored -> complete(scheduled, result)));
        }
    }

    /** Without a first lookup a check could only fail. */
    private static List<Upstream> resolvedOnes(List<Upstream> all) {
        for (Upstream upstream : all) {
            if (!upstream.addresses().isLookupDone()) {
                return all.stream()
                        .filter(each -> each.addresses().isLookupDone())
                        .toList();
            }
        }
        return all;
    }

    private void complete(ScheduledCheck scheduled, CheckResult result) {
        if (timetable.complete(scheduled)) {
            scheduled.upstream().checkCompleted(result);
        }
    }
}
