package io.ratemesh.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Load at a fixed rate from one event loop. wrk has no fixed rate, and {@code h2load --rps} times a request from when it was
 * sent, which hides the requests that a stalled server delays.
 */
public final class FixedRate {

    /** Shorter timers take too much CPU time from the upstreams. */
    private static final long MIN_TIMER_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private static final int TIMEOUT_SECONDS = 30;
    private static final long NANOS_PER_MICRO = 1000;

    private final EventLoop loop;
    private final LoadPlan plan;
    private final int port;
    private final double perSecond;
    private final int warmUpSeconds;
    private final int seconds;

    private final Deque<LoadConnection> idle = new ArrayDeque<>();
    private final CompletableFuture<List<Histogram>> result = new CompletableFuture<>();
    private RequestSchedule schedule;

    /** Latencies in microseconds of each measured second. */
    private final List<Histogram> micros;

    private boolean timerSet;

    private FixedRate(EventLoop loop, LoadPlan plan, int port, double perSecond, int warmUpSeconds, int seconds) {
        this.loop = loop;
        this.plan = plan;
        this.port = port;
        this.perSecond = perSecond;
        this.warmUpSeconds = warmUpSeconds;
        this.seconds = seconds;
        this.schedule = new RequestSchedule(System.nanoTime(), perSecond, warmUpSeconds, seconds);
        this.micros =
                Stream.generate(LatencyPercentiles::histogram).limit(seconds).toList();
    }

    /**
     * Loads a server of this machine.
     *
     * @param perSecond requests per second, as long as a connection is free
     * @param warmUpSeconds time before requests are measured
     * @param seconds time during which they are measured
     * @throws IllegalStateException if a response is missing or is not a 200
     */
    public static LatencyPercentiles run(LoadPlan plan, int port, double perSecond, int warmUpSeconds, int seconds) {
        return LatencyPercentiles.of(micros(plan, port, perSecond, warmUpSeconds, seconds));
    }

    /** The same for each measured second, by when a request was due. */
    public static List<LatencyPercentiles> bySecond(
            LoadPlan plan, int port, double perSecond, int warmUpSeconds, int seconds) {
        return micros(plan, port, perSecond, warmUpSeconds, seconds).stream()
                .map(LatencyPercentiles::of)
                .toList();
    }

    private static List<Histogram> micros(LoadPlan plan, int port, double perSecond, int warmUpSeconds, int seconds) {
        try (ClientEventLoop client = new ClientEventLoop()) {
            FixedRate load = new FixedRate(client.loop(), plan, port, perSecond, warmUpSeconds, seconds);
            load.connect(client.bootstrap());
            return load.result.get(warmUpSeconds + seconds + TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("load at a fixed rate: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("load at a fixed rate: responses are missing", e);
        }
    }

    private void connect(Bootstrap bootstrap) {
        for (int i = 0; i < plan.connections(); i++) {
            bootstrap
                    .clone()
                    .handler(new LoadConnection(this, plan))
                    .connect("127.0.0.1", port)
                    .addListener(done -> {
                        if (!done.isSuccess()) {
                            onFailure(done.cause());
                        }
                    });
        }
    }

    /** Adds an idle connection; the last one starts the load. */
    void onConnected(LoadConnection connection) {
        idle.add(connection);
        if (idle.size() == plan.connections()) {
            schedule = new RequestSchedule(System.nanoTime(), perSecond, warmUpSeconds, seconds);
            send();
        }
    }

    /** Records a response, and makes its connection idle. */
    void onResponse(LoadConnection connection, long due) {
        long now = System.nanoTime();
        if (schedule.isMeasured(due)) {
            // From when it was due: corrected for coordinated omission.
            micros.get(schedule.second(due)).recordValue((now - due) / NANOS_PER_MICRO);
        }
        idle.add(connection);
        if (schedule.isOver() && idle.size() == plan.connections()) {
            result.complete(micros);
        } else {
            send();
        }
    }

    void onFailure(Throwable cause) {
        result.completeExceptionally(cause);
    }

    private void send() {
        long now = System.nanoTime();
        while (!idle.isEmpty() && schedule.isDue(now)) {
            idle.remove().send(schedule.next());
        }
        if (!idle.isEmpty() && !schedule.isOver() && !timerSet) {
            timerSet = true;
            var unused = loop.schedule(
                    this::onTimer, Math.max(MIN_TIMER_NANOS, schedule.nanosUntilDue(now)), TimeUnit.NANOSECONDS);
        }
    }

    private void onTimer() {
        timerSet = false;
        send();
    }
}
