package io.ratemesh.balancer.pool;

import org.jspecify.annotations.Nullable;

/** Fills the first server before it turns to the second, so that those at the end may be switched off. */
final class First implements Choice {

    @Override
    public @Nullable UpstreamOnLoop choose(UpstreamOnLoop[] servers, Asking asking) {
        for (UpstreamOnLoop server : servers) {
            if (server.hasRoom() && !asking.tried(server)) {
                return server;
            }
        }
        return null;
    }
}
