package io.ratemesh.node.warmup;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warms a node up within its budget. */
public final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    private static final double NANOS_PER_SECOND = 1e9;

    /** How long a start waits for a warm-up beyond its budget: on a busy machine the path opens late, and the last requests end late. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final WarmUpPath path;
    private final Duration cpu;
    private volatile boolean abandoned;

    private WarmUp(WarmUpPath path, Duration cpu) {
        this.path = path;
        this.cpu = cpu;
    }

    /**
     * Sends requests through a path until the budget is spent.
     *
     * @param cpu CPU time that the process may use while requests are sent; zero for no warm-up
     * @param meters gets the time that it took
     * @return completes when the node may serve, never fails: a node that is not warm serves too
     */
    public static Future<Void> run(Vertx vertx, Duration cpu, MeterRegistry meters, WarmUpPath path) {
        long start = System.nanoTime();
        AtomicLong nanos = new AtomicLong();
        Gauge.builder("ratemesh.warm.up", () -> nanos.get() / NANOS_PER_SECOND)
                .description("Time that the warm-up before the node served took, 0 if it failed or is disabled")
                .baseUnit("seconds")
                .register(meters);
        if (cpu.isZero()) {
            return Future.succeededFuture();
        }
        WarmUp warmUp = new WarmUp(path, cpu);
        return warmUp.run(vertx)
                .timeout(WarmUpBudget.wallLimit(cpu).plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(ignored -> nanos.set(System.nanoTime() - start))
                .recover(cause -> {
                    warmUp.abandoned = true;
                    LOG.warn("the warm-up failed; the first requests will be slower: {}", cause.toString());
                    return Future.succeededFuture();
                });
    }

    private Future<Void> run(Vertx vertx) {
        Promise<WarmUpRequests> opened = Promise.promise();
        VerticleBase verticle = new VerticleBase() {
            @Override
            public Future<?> start() {
                return path.open(vertx).onSuccess(opened::complete);
            }
        };
        return vertx.deployVerticle(verticle)
                .compose(id -> opened.future().compose(this::send).eventually(() -> vertx.undeploy(id)));
    }

    private Future<Void> send(WarmUpRequests client) {
        Promise<Void> sent = Promise.promise();
        Thread thread = new Thread(
                () -> {
                    WarmUpBudget budget = WarmUpBudget.ofThisProcess(cpu);
                    int requests = 0;
                    try (client) {
                        // Once the node serves, these requests would compete with those of clients.
                        while (!abandoned && !budget.isSpent()) {
                            requests += client.send();
                        }
                        LOG.info(
                                "warm-up: {} requests in {} ms, {} ms of CPU",
                                requests,
                                budget.elapsed().toMillis(),
                                budget.cpuUsed().toMillis());
                        sent.complete();
                    } catch (IOException | RuntimeException e) {
                        sent.fail(e);
                    }
                },
                "warm-up");
        thread.setDaemon(true);
        thread.start();
        return sent.future();
    }
}
