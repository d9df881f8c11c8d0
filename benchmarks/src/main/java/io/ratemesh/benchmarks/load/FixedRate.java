package io.ratemesh.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Load at a fixed rate, from one event loop. Neither wrk nor h2load will do: the one knows no rate, the other's
 * {@code --rps} counts a request from when it went out, and hides what a stalled server made wait.
 */
public final class FixedRate {

    /** Timers closer than this cost more of the processor that the upstreams need too than they tell. */
    private static final long LEAST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private static final int PATIENCE_SECONDS = 30;
    private static final long NANOS_PER_MICRO = 1000;

    private final EventLoop loop;
    private final LoadPlan aim;
    private final int port;
    private final double perSecond;
    private final int warmUpSeconds;
    private final int seconds;

    private final Deque<LoadConnection> idle = new ArrayDeque<>();
    private final CompletableFuture<Spread> result = new CompletableFuture<>();
    private Timetable timetable;
    private int[] micros;
    private int counted;
    private boolean waking;

    private FixedRate(EventLoop loop, LoadPlan aim, int port, double perSecond, int warmUpSeconds, int seconds) {
        this.loop = loop;
        this.aim = aim;
        this.port = port;
        this.perSecond = perSecond;
        this.warmUpSeconds = warmUpSeconds;
        this.seconds = seconds;
        this.timetable = new Timetable(System.nanoTime(), perSecond, warmUpSeconds, seconds);
        this.micros = new int[(int) timetable.count()];
    }

    /**
     * Loads a server of this machine.
     *
     * @param perSecond requests, however fast it answers, as long as a connection is free
     * @param warmUpSeconds how long before they count
     * @param seconds how long they count
     * @throws IllegalStateException where an answer was no success or did not come
     */
    public static Spread run(LoadPlan aim, int port, double perSecond, int warmUpSeconds, int seconds) {
        try (ClientLoop client = new ClientLoop()) {
            FixedRate load = new FixedRate(client.loop(), aim, port, perSecond, warmUpSeconds, seconds);
            load.connect(client.bootstrap());
            return load.result.get(warmUpSeconds + seconds + PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("load at a fixed rate: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("load at a fixed rate: not all answers came", e);
        }
    }

    private void connect(Bootstrap bootstrap) {
        for (int i = 0; i < aim.connections(); i++) {
            bootstrap
                    .clone()
                    .handler(new LoadConnection(this, aim))
                    .connect("127.0.0.1", port)
                    .addListener(done -> {
                        if (!done.isSuccess()) {
                            failed(done.cause());
                        }
                    });
        }
    }

    /** A lane is connected; the last one begins the load. */
    void connected(LoadConnection lane) {
        idle.add(lane);
        if (idle.size() == aim.connections()) {
            timetable = new Timetable(System.nanoTime(), perSecond, warmUpSeconds, seconds);
            send();
        }
    }

    /** A lane has its answer. */
    void answered(LoadConnection lane, long due) {
        long now = System.nanoTime();
        if (timetable.counts(due)) {
            micros[counted++] = (int) Math.min(Integer.MAX_VALUE, (now - due) / NANOS_PER_MICRO);
        }
        idle.add(lane);
        if (timetable.isOver() && idle.size() == aim.connections()) {
            result.complete(Spread.of(Arrays.copyOf(micros, counted)));
        } else {
            send();
        }
    }

    void failed(Throwable cause) {
        result.completeExceptionally(cause);
    }

    private void send() {
        long now = System.nanoTime();
        while (!idle.isEmpty() && timetable.isDue(now)) {
            idle.remove().send(timetable.take());
        }
        if (!idle.isEmpty() && !timetable.isOver() && !waking) {
            waking = true;
            var unused = loop.schedule(
                    this::wake, Math.max(LEAST_PAUSE_NANOS, timetable.nanosUntilDue(now)), TimeUnit.NANOSECONDS);
        }
    }

    private void wake() {
        waking = false;
        send();
    }
}
