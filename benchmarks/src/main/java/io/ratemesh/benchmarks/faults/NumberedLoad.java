package io.ratemesh.benchmarks.faults;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.ratemesh.benchmarks.load.ClientEventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests at a fixed rate from one event loop, over connections that are kept alive and replaced when they end. Unlike
 * {@link io.ratemesh.benchmarks.load.FixedRate}, it counts failures and goes on.
 */
final class NumberedLoad implements AutoCloseable {

    private static final long TICK_MICROS = 500;
    private static final long RECONNECT_MILLIS = 50;
    private static final double NANOS_PER_SECOND = 1e9;

    private final ClientEventLoop client = new ClientEventLoop();
    private final EventLoop loop = client.loop();
    private final int port;
    private final double perSecond;
    private final long timeoutNanos;
    private final long begin = System.nanoTime();
    private final Deque<NumberedConnection> idle = new ArrayDeque<>();
    private final Set<NumberedConnection> busy = new LinkedHashSet<>();
    private final CompletableFuture<FailureCounts> end = new CompletableFuture<>();
    private volatile long next;
    private FailureCounts counts = new FailureCounts();
    private boolean stopping;

    /**
     * Starts the load.
     *
     * @param port of this machine
     * @param connections each with one request at a time
     * @param timeout from when a request is sent until its response is complete; then the connection is closed
     */
    NumberedLoad(int port, int connections, double perSecond, Duration timeout) {
        this.port = port;
        this.perSecond = perSecond;
        this.timeoutNanos = timeout.toNanos();
        loop.execute(() -> {
            for (int i = 0; i < connections; i++) {
                connect();
            }
            var unused = loop.scheduleAtFixedRate(this::tick, TICK_MICROS, TICK_MICROS, TimeUnit.MICROSECONDS);
        });
    }

    /** Resets the counts; requests in progress are not counted. */
    void resetCounts() {
        loop.submit(() -> counts = new FailureCounts()).syncUninterruptibly();
    }

    /** The number of the next request. */
    long next() {
        return next;
    }

    /** Stops, waits for the requests in progress, and returns the counts. */
    FailureCounts stop() {
        loop.execute(() -> {
            stopping = true;
            completeIfIdle();
        });
        try {
            return end.get(2 * timeoutNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the load does not end: " + e, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** The current counts; a request adds its result to those that were current when it was sent. */
    FailureCounts counts() {
        return counts;
    }

    void onConnected(NumberedConnection connection) {
        idle.add(connection);
    }

    /** Makes a connection idle after its response. */
    void onIdle(NumberedConnection connection) {
        busy.remove(connection);
        idle.add(connection);
        completeIfIdle();
    }

    /** Replaces a closed connection. */
    void onClosed(NumberedConnection connection) {
        busy.remove(connection);
        idle.remove(connection);
        completeIfIdle();
        connect();
    }

    private void connect() {
        if (stopping) {
            return;
        }
        client.bootstrap()
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpResponseDecoder(), new NumberedConnection(NumberedLoad.this));
                    }
                })
                .connect("127.0.0.1", port)
                .addListener(done -> {
                    if (!done.isSuccess() && !loop.isShuttingDown()) {
                        var unused = loop.schedule(this::connect, RECONNECT_MILLIS, TimeUnit.MILLISECONDS);
                    }
                });
    }

    private void tick() {
        long now = System.nanoTime();
        // In the order in which their requests were sent.
        List<NumberedConnection> late = busy.stream()
                .takeWhile(connection -> now - connection.sentNanos() >= timeoutNanos)
                .toList();
        late.forEach(NumberedConnection::timeOut);
        while (!stopping && !idle.isEmpty() && due(next) - now <= 0) {
            NumberedConnection connection = idle.remove();
            long number = next;
            next = number + 1;
            busy.add(connection);
            connection.send(number, due(number), now);
        }
    }

    private long due(long number) {
        return begin + (long) (number * NANOS_PER_SECOND / perSecond);
    }

    private void completeIfIdle() {
        if (stopping && busy.isEmpty()) {
            end.complete(counts);
        }
    }
}
