package io.ratemesh.balancer.upstream.resolve;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** Knows the addresses that names have. */
public interface NameResolver {

    /**
     * What a name has.
     *
     * @param addresses all of them, at least one, in the order in which they are to be tried
     * @param timeToLive how long that holds; zero where nobody says it
     */
    record Resolved(List<InetAddress> addresses, Duration timeToLive) {}

    /** Resolves a name without holding up an event loop. Fails where it has no address, or nobody tells in some seconds. */
    Future<Resolved> resolve(String name);
}
