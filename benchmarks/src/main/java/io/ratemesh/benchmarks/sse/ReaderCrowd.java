package io.ratemesh.benchmarks.sse;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.ratemesh.benchmarks.cluster.Market;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** All readers, on one event loop of this JVM. */
final class ReaderCrowd implements AutoCloseable {

    /** Below the backlog of any server. */
    private static final int CONNECTING_AT_ONCE = 100;

    private static final int PATIENCE_SECONDS = 60;

    /** Of one that will stop to read: so that little of what it leaves fits into this side's kernel. */
    private static final int NARROW_BYTES = 4096;

    private final Plan plan;
    private final Updates updates;
    private final Reader.Tally tally = new Reader.Tally();
    private final EventLoopGroup loop;
    private final List<Channel> channels = new ArrayList<>();

    ReaderCrowd(Plan plan, Updates updates) {
        this.plan = plan;
        this.updates = updates;
        this.loop = new MultiThreadIoEventLoopGroup(
                1, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    Reader.Tally tally() {
        return tally;
    }

    /** Connects all, as fast as the server takes them. */
    void connect(int port) {
        Semaphore connecting = new Semaphore(CONNECTING_AT_ONCE);
        for (int reader = 0; reader < plan.readers(); reader++) {
            connecting.acquireUninterruptibly();
            ChannelFuture future = open(reader, port);
            channels.add(future.channel());
            future.addListener(ignored -> connecting.release());
        }
        acquireAll(connecting);
        long refused = channels.stream().filter(channel -> !channel.isActive()).count();
        if (refused > 0) {
            throw new IllegalStateException(refused + " readers could not connect");
        }
    }

    /** From now on the slow ones take nothing. */
    void stall() {
        channels.subList(0, plan.slow()).forEach(channel -> channel.config().setAutoRead(false));
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private ChannelFuture open(int reader, int port) {
        boolean steady = reader >= plan.slow();
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new Reader(Market.target(reader, !steady), steady, updates, tally));
        if (!steady) {
            bootstrap.option(ChannelOption.SO_RCVBUF, NARROW_BYTES);
        }
        return bootstrap.connect("127.0.0.1", port);
    }

    private static void acquireAll(Semaphore connecting) {
        try {
            if (!connecting.tryAcquire(CONNECTING_AT_ONCE, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("not all readers connected in " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
