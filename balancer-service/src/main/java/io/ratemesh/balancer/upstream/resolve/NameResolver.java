package io.ratemesh.balancer.upstream.resolve;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** Resolves names to addresses. */
public interface NameResolver {

    /**
     * The addresses of a name.
     *
     * @param addresses at least one, in the order of preference
     * @param timeToLive of the addresses; zero where it is unknown
     */
    record Resolved(List<InetAddress> addresses, Duration timeToLive) {}

    /** Resolves a name without blocking an event loop. Fails where it has no address, or on a timeout of several seconds. */
    Future<Resolved> resolve(String name);
}
