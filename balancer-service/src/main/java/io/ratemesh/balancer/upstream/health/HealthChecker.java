package io.ratemesh.balancer.upstream.health;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.upstream.CheckResult;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.health.CheckTimetable.Question;
import io.ratemesh.balancer.upstream.resolve.HostsAndDns;
import io.ratemesh.balancer.upstream.resolve.NameLookups;
import io.ratemesh.balancer.upstream.resolve.NameResolver;
import io.ratemesh.node.settings.CheckSettings;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Checks every upstream of a pool for as long as it is in it, whatever it answers: one that is down is asked on, so it
 * comes back by itself, and no report of a failure can end the asking. Lets the pool's time pass, too, and has its servers' names
 * resolved. Lives on one event loop.
 */
public final class HealthChecker {

    /** Half of the shortest interval that may be set. */
    private static final long LOOK_MILLIS = 50;

    private final Vertx vertx;
    private final Context context;
    private final Pool pool;
    private final NameLookups nameLookups;
    private final CheckTimetable timetable = new CheckTimetable(new SplittableRandom());
    private final long timer;
    private HealthCheck check;

    /** Begins. Call on the event loop that it is to live on. */
    public HealthChecker(Vertx vertx, Pool pool) {
        this(vertx, pool, new HostsAndDns(vertx));
    }

    /**
     * Begins.
     *
     * @param resolver knows the addresses of servers that have names
     */
    public HealthChecker(Vertx vertx, Pool pool, NameResolver resolver) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.pool = pool;
        this.nameLookups = new NameLookups(context, pool, resolver);
        this.check = new HealthCheck(vertx, pool.settings().check());
        this.timer = vertx.setPeriodic(LOOK_MILLIS, ignored -> tick());
    }

    /** Asks now: for one that says it is ready, and should not have to wait. */
    public void checkNow(Upstream upstream) {
        timetable.scheduleNow(upstream);
        tick();
    }

    /** Ends: for a pool that is no longer there. */
    public void stop() {
        vertx.cancelTimer(timer);
        check.close();
    }

    private void tick() {
        pool.tick();
        nameLookups.tick(System.nanoTime());
        CheckSettings settings = pool.settings().check();
        if (!settings.equals(check.settings())) {
            HealthCheck before = check;
            // What it still asks ends by itself: a question that is cut off would count as failed.
            vertx.setTimer(2 * before.settings().timeout().toMillis(), ignored -> before.close());
            check = new HealthCheck(vertx, settings);
        }
        for (Question question : timetable.due(whoseNamesWereAsked(pool.upstreams()), settings, System.nanoTime())) {
            check.run(question.upstream())
                    .onSuccess(outcome -> context.runOnContext(ignored -> complete(question, outcome)));
        }
    }

    /** Before, a check could only fail. */
    private static List<Upstream> whoseNamesWereAsked(List<Upstream> all) {
        for (Upstream upstream : all) {
            if (!upstream.addresses().isLookupDone()) {
                return all.stream()
                        .filter(each -> each.addresses().isLookupDone())
                        .toList();
            }
        }
        return all;
    }

    private void complete(Question question, CheckResult outcome) {
        if (timetable.complete(question)) {
            question.upstream().checkCompleted(outcome);
        }
    }
}
