package io.ratemesh.balancer.proxy;

import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Whether bytes are taken from an upstream's connection.
 *
 * <p>Pausing an answer alone lets Vert.x go on to read until some two dozen chunks of 8 kB lie in its queues: 200 kB for each
 * client that does not read, with which a thousand of them ended a balancer. Stopped here, no more comes than what one read
 * brought. The one place that knows what is inside a Vert.x connection.
 */
final class UpstreamReading {

    private UpstreamReading() {}

    static void stop(HttpClientResponse answer) {
        set(answer, false);
    }

    static void goOn(HttpClientResponse answer) {
        set(answer, true);
    }

    private static void set(HttpClientResponse answer, boolean reads) {
        if (answer.request().connection() instanceof ConnectionBase connection) {
            connection.channel().config().setAutoRead(reads);
        }
    }
}
