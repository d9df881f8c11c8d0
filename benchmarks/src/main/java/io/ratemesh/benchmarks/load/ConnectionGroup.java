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

/** Thousands of connections, all on one event loop of this JVM. */
public final class ConnectionGroup implements AutoCloseable {

    /** As many connections as Linux lets one address open to one port. */
    public static final int MOST = 28_000;

    /** Below the backlog of any server. */
    private static final int CONNECTING_AT_ONCE = 100;

    private static final int PATIENCE_SECONDS = 60;

    private final ClientLoop loop = new ClientLoop();
    private final List<Channel> channels = new ArrayList<>();

    /** What {@link #connect} may be given, once it has a handler. */
    public Bootstrap bootstrap() {
        return loop.bootstrap();
    }

    /**
     * Connects all, as fast as the server takes them.
     *
     * @param bootstrap of each, by its number
     * @throws IllegalStateException where not all could
     */
    public void connect(int port, int count, IntFunction<Bootstrap> bootstrap) {
        Semaphore connecting = new Semaphore(CONNECTING_AT_ONCE);
        for (int number = 0; number < count; number++) {
            connecting.acquireUninterruptibly();
            ChannelFuture future = bootstrap.apply(number).connect("127.0.0.1", port);
            channels.add(future.channel());
            future.addListener(ignored -> connecting.release());
        }
        acquireAll(connecting);
        if (open() < count) {
            throw new IllegalStateException((count - open()) + " of " + count + " could not connect");
        }
    }

    /** In the order in which they were connected. */
    public List<Channel> channels() {
        return List.copyOf(channels);
    }

    /** How many are open. */
    public long open() {
        return channels.stream().filter(Channel::isActive).count();
    }

    @Override
    public void close() {
        loop.close();
    }

    private static void acquireAll(Semaphore connecting) {
        try {
            if (!connecting.tryAcquire(CONNECTING_AT_ONCE, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("not all connected in " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
