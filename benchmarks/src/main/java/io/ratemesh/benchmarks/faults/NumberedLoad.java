package io.ratemesh.benchmarks.faults;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
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
 * Requests at a fixed rate until it is told to stop, from one event loop, over connections that are kept alive and replaced where
 * they end. Unlike {@link io.ratemesh.benchmarks.load.FixedRate} it outlives failures, for it is there to count them.
 */
final class NumberedLoad implements AutoCloseable {

    private static final long TICK_MICROS = 500;
    private static final long AGAIN_MILLIS = 50;
    private static final double NANOS_PER_SECOND = 1e9;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final Bootstrap bootstrap = new Bootstrap()
            .group(loop)
            .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true);
    private final int port;
    private final double perSecond;
    private final long patienceNanos;
    private final long begin = System.nanoTime();
    private final Deque<NumberedConnection> idle = new ArrayDeque<>();
    private final Set<NumberedConnection> busy = new LinkedHashSet<>();
    private final CompletableFuture<FailureCounts> end = new CompletableFuture<>();
    private volatile long taken;
    private FailureCounts tally = new FailureCounts();
    private boolean stopping;

    /**
     * Begins.
     *
     * @param port of this machine
     * @param connections each with one request at a time
     * @param patience how long an answer may take from when its request went out; then its connection is closed
     */
    NumberedLoad(int port, int connections, double perSecond, Duration patience) {
        this.port = port;
        this.perSecond = perSecond;
        this.patienceNanos = patience.toNanos();
        loop.execute(() -> {
            for (int i = 0; i < connections; i++) {
                connect();
            }
            var unused = loop.scheduleAtFixedRate(this::tick, TICK_MICROS, TICK_MICROS, TimeUnit.MICROSECONDS);
        });
    }

    /** Forgets what was counted so far; what is under way is not counted either. */
    void countAnew() {
        loop.submit(() -> tally = new FailureCounts()).syncUninterruptibly();
    }

    /** All requests below this number have been sent. */
    long next() {
        return taken;
    }

    /** Sends no more, and waits for what is under way. */
    FailureCounts stop() {
        loop.execute(() -> {
            stopping = true;
            endWhereDone();
        });
        try {
            return end.get(2 * patienceNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the load did not end: " + e, e);
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** What a lane that has sent a request counts for: a new count does not take over what was sent before it. */
    FailureCounts tally() {
        return tally;
    }

    void connected(NumberedConnection lane) {
        idle.add(lane);
    }

    /** The lane is done with its request and can take another. */
    void free(NumberedConnection lane) {
        busy.remove(lane);
        idle.add(lane);
        endWhereDone();
    }

    /** The lane's connection has ended. */
    void gone(NumberedConnection lane) {
        busy.remove(lane);
        idle.remove(lane);
        endWhereDone();
        connect();
    }

    private void connect() {
        if (stopping) {
            return;
        }
        bootstrap
                .clone()
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpResponseDecoder(), new NumberedConnection(NumberedLoad.this));
                    }
                })
                .connect("127.0.0.1", port)
                .addListener(done -> {
                    if (!done.isSuccess() && !group.isShuttingDown()) {
                        var unused = loop.schedule(this::connect, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
                    }
                });
    }

    private void tick() {
        long now = System.nanoTime();
        // Their patience is the same and they stand in the order in which they were sent.
        List<NumberedConnection> late = busy.stream()
                .takeWhile(lane -> now - lane.sentNanos() >= patienceNanos)
                .toList();
        late.forEach(NumberedConnection::timeOut);
        while (!stopping && !idle.isEmpty() && due(taken) - now <= 0) {
            NumberedConnection lane = idle.remove();
            long number = taken;
            taken = number + 1;
            busy.add(lane);
            lane.send(number, due(number), now);
        }
    }

    private long due(long number) {
        return begin + (long) (number * NANOS_PER_SECOND / perSecond);
    }

    private void endWhereDone() {
        if (stopping && busy.isEmpty()) {
            end.complete(tally);
        }
    }
}
