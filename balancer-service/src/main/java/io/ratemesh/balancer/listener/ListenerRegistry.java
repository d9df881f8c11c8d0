package io.ratemesh.balancer.listener;

import io.netty.channel.EventLoop;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who watches a port on which event loop: loops share a port, and the first that listens accepts for all. */
public final class ListenerRegistry {

    private final ConcurrentHashMap<EventLoop, ConnectionInitializer> watches = new ConcurrentHashMap<>();

    void keep(EventLoop loop, ConnectionInitializer watch) {
        watches.put(loop, watch);
    }

    /** Null where nobody does. */
    @Nullable
    ConnectionInitializer of(EventLoop loop) {
        return watches.get(loop);
    }
}
