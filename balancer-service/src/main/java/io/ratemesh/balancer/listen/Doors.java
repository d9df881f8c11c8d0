package io.ratemesh.balancer.listen;

import io.netty.channel.EventLoop;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who watches a port on which event loop: loops share a port, and the first that listens accepts for all. */
public final class Doors {

    private final ConcurrentHashMap<EventLoop, Watch> watches = new ConcurrentHashMap<>();

    void keep(EventLoop loop, Watch watch) {
        watches.put(loop, watch);
    }

    /** Null where nobody does. */
    @Nullable
    Watch of(EventLoop loop) {
        return watches.get(loop);
    }
}
