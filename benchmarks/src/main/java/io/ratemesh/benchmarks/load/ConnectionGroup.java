package io.ratemesh.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Thousands of connections on one event loop of this JVM. */
public final class ConnectionGroup implements AutoCloseable {

    /** As many connections as Linux opens from one address to one port. */
    public static final int MAX_CONNECTIONS = 28_000;

    /** Below the backlog of each server. */
    private static final int CONCURRENT_CONNECTS = 100;

    private static final int TIMEOUT_SECONDS = 60;

    private final ClientEventLoop loop = new ClientEventLoop();
    private final List<Channel> channels = new ArrayList<>();

    /** Creates a bootstrap for {@link #connect}, still without a handler. */
    public Bootstrap bootstrap() {
        return loop.bootstrap();
    }

    /**
     * Connects as fast as the server accepts.
     *
     * @param bootstrap of each connection, by its index
     * @throws IllegalStateException if a connection fails
     */
    public void connect(int port, int count, IntFunction<Bootstrap> bootstrap) {
        Semaphore connecting = new Semaphore(CONCURRENT_CONNECTS);
        for (int index = 0; index < count; index++) {
            connecting.acquireUninterruptibly();
            ChannelFuture future = bootstrap.apply(index).connect("127.0.0.1", port);
            channels.add(future.channel());
            future.addListener(ignored -> connecting.release());
        }
        acquireAll(connecting);
        if (open() < count) {
            throw new IllegalStateException((count - open()) + " of " + count + " connections failed");
        }
    }

    /** All channels, by index. */
    public List<Channel> channels() {
        return List.copyOf(channels);
    }

    public long open() {
        return channels.stream().filter(Channel::isActive).count();
    }

    @Override
    public void close() {
        loop.close();
    }

    private static void acquireAll(Semaphore connecting) {
        try {
            if (!connecting.tryAcquire(CONCURRENT_CONNECTS, TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("not all connected within " + TIMEOUT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
