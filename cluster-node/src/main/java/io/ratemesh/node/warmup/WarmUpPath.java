package io.ratemesh.node.warmup;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/**
 * The path of a request through a service, once more for the warm-up alone: the same classes, with data, counters and loopback ports of
 * its own, so that nothing of it shows and nobody else is served.
 */
@FunctionalInterface
public interface WarmUpPath {

    /** Opens it on the current event loop. Its servers, clients and timers end with the verticle that calls this. */
    Future<? extends WarmUpRequests> open(Vertx vertx);
}
