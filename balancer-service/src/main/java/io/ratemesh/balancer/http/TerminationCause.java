package io.ratemesh.balancer.http;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;

/**
 * That this side closed a connection on which a request was under way. To whoever serves the request it looks as if the client had
 * left; whoever logs it asks here.
 */
public final class TerminationCause {

    /** HAProxy's letter for a client that took too long. */
    public static final char CLIENT_TOO_SLOW = 'c';

    /** HAProxy's letter for what the proxy itself ended. */
    public static final char BY_PROXY = 'P';

    private static final AttributeKey<Character> WHY = AttributeKey.valueOf(TerminationCause.class, "why");

    private TerminationCause() {}

    /** The first reason is the one. */
    public static void record(Channel channel, char why) {
        channel.attr(WHY).setIfAbsent(why);
    }

    /** HAProxy's letter for why it was closed; 0 where the client closed it, or nobody did. */
    public static char of(@Nullable HttpConnection connection) {
        if (!(connection instanceof ConnectionBase wire) || !wire.channel().hasAttr(WHY)) {
            return 0;
        }
        Character why = wire.channel().attr(WHY).get();
        return why == null ? 0 : why;
    }
}
