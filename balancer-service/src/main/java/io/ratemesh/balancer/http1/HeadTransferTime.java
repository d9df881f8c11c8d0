package io.ratemesh.balancer.http1;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.vertx.core.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * How long the head of a request was on its way, from its first octet to its last: HAProxy's TR. Known for one that did not come
 * in one piece, while no request before it was unanswered; of all others it is 0.
 */
public final class HeadTransferTime {

    private static final AttributeKey<Long> MILLIS = AttributeKey.valueOf(HeadTransferTime.class, "millis");

    private HeadTransferTime() {}

    static void is(Channel channel, long millis) {
        if (millis > 0) {
            channel.attr(MILLIS).set(millis);
        }
    }

    /** Of the request under way on a connection, in milliseconds; asked once for each, as it ends. */
    public static long take(@Nullable HttpConnection connection) {
        Long millis = VertxConnections.removeAttribute(connection, MILLIS);
        return millis == null ? 0 : millis;
    }
}
