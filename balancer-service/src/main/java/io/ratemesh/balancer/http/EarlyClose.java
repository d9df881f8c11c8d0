package io.ratemesh.balancer.http;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.vertx.core.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * Why this side closed a client's connection while a request was under way on it. To whoever serves the request the client seems to
 * have aborted; the access log looks it up here.
 *
 * @param status of the response with which the rest of the request was rejected; 0 for none
 */
public record EarlyClose(TerminationCause cause, int status) {

    private static final AttributeKey<EarlyClose> KEY = AttributeKey.valueOf(EarlyClose.class, "early-close");
    private static final EarlyClose BY_CLIENT_TIMEOUT = new EarlyClose(TerminationCause.CLIENT_TIMEOUT, 0);
    private static final EarlyClose BY_PROXY = new EarlyClose(TerminationCause.PROXY, 0);
    private static final int REQUEST_TIMEOUT = 408;

    /** The client is too slow, and the connection is about to be closed. The first reason recorded stays. */
    public static void clientTimedOut(Channel channel) {
        channel.attr(KEY).setIfAbsent(BY_CLIENT_TIMEOUT);
    }

    /** The balancer is about to close the connection. The first reason recorded stays. */
    public static void byProxy(Channel channel) {
        channel.attr(KEY).setIfAbsent(BY_PROXY);
    }

    /** The rest of a request is rejected whose head the server has received. This replaces any other reason. */
    public static void requestRejected(Channel channel, int status) {
        TerminationCause cause = status == REQUEST_TIMEOUT ? TerminationCause.CLIENT_TIMEOUT : TerminationCause.PROXY;
        channel.attr(KEY).set(new EarlyClose(cause, status));
    }

    /** Why this side closed a connection; null where it did not. */
    public static @Nullable EarlyClose of(@Nullable HttpConnection connection) {
        return VertxConnections.attribute(connection, KEY);
    }
}
