package io.ratemesh.balancer.http1;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.vertx.core.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * The time from the first to the last byte of a request's head: HAProxy's TR. It is known for a head that did not arrive in one piece,
 * if no request before it was pending; for all others it is 0.
 */
public final class HeadTransferTime {

    private static final AttributeKey<Long> MILLIS = AttributeKey.valueOf(HeadTransferTime.class, "millis");

    private HeadTransferTime() {}

    static void set(Channel channel, long millis) {
        if (millis > 0) {
            channel.attr(MILLIS).set(millis);
        }
    }

    /** The milliseconds of the request under way on a connection; to be taken once, at its end. */
    public static long take(@Nullable HttpConnection connection) {
        Long millis = VertxConnections.removeAttribute(connection, MILLIS);
        return millis == null ? 0 : millis;
    }
}
