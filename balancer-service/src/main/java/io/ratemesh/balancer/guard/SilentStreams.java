package io.ratemesh.balancer.guard;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Ends connections of HTTP/2 on which nothing moves at all, such as those of clients that grant no window. Of one event loop.
 */
final class SilentStreams {

    private static final String TIMER = "idle";

    private final Set<ChannelPipeline> open = new HashSet<>();
    private Duration longest;

    /**
     * None yet.
     *
     * @param longest silence that is borne
     */
    SilentStreams(Duration longest) {
        this.longest = longest;
    }

    /**
     * Looks after a connection from now on.
     *
     * @param handler the name of the one that is told, and closes it
     */
    void add(ChannelPipeline pipeline, String handler) {
        pipeline.addBefore(handler, TIMER, timer());
        open.add(pipeline);
        pipeline.channel().closeFuture().addListener(ignored -> open.remove(pipeline));
    }

    /** Bears another silence from now on, on connections that are here as well. */
    void use(Duration other) {
        if (!other.equals(longest)) {
            longest = other;
            open.forEach(pipeline -> pipeline.replace(TIMER, TIMER, timer()));
        }
    }

    private IdleStateHandler timer() {
        return new IdleStateHandler(0, 0, longest.toMillis(), TimeUnit.MILLISECONDS);
    }
}
