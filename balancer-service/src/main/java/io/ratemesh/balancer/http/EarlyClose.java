package io.ratemesh.balancer.http;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Why this side closed a client's connection, or reset an HTTP/2 stream, while a request was under way on it. To the proxy the client
 * seems to have aborted; the access log looks it up here.
 *
 * @param status of the response with which the rest of the request was rejected; 0 for none
 */
public record EarlyClose(TerminationCause cause, int status) {

    /** The streams of an HTTP/2 connection that this side has reset. */
    @FunctionalInterface
    public interface Streams {

        /** The attribute of the channel. */
        AttributeKey<Streams> KEY = AttributeKey.valueOf(EarlyClose.class, "streams");

        /** Why this side reset a stream; null where it did not. */
        @Nullable
        EarlyClose of(int streamId);
    }

    /** The client is too slow. */
    public static final EarlyClose CLIENT_TIMEOUT = new EarlyClose(TerminationCause.CLIENT_TIMEOUT, 0);

    private static final AttributeKey<EarlyClose> KEY = AttributeKey.valueOf(EarlyClose.class, "early-close");
    private static final EarlyClose BY_PROXY = new EarlyClose(TerminationCause.PROXY, 0);
    private static final int REQUEST_TIMEOUT = 408;

    /** The client is too slow, and the connection is about to be closed. The first reason recorded stays. */
    public static void clientTimedOut(Channel channel) {
        channel.attr(KEY).setIfAbsent(CLIENT_TIMEOUT);
    }

    /** The balancer is about to close the connection. The first reason recorded stays. */
    public static void byProxy(Channel channel) {
        channel.attr(KEY).setIfAbsent(BY_PROXY);
    }

    /** The rest of a request is rejected whose head the server has received. This replaces any other reason. */
    public static void requestRejected(Channel channel, int status) {
        channel.attr(KEY).set(rejected(status));
    }

    /** The rest of a request is rejected, with a status. */
    public static EarlyClose rejected(int status) {
        return new EarlyClose(
                status == REQUEST_TIMEOUT ? TerminationCause.CLIENT_TIMEOUT : TerminationCause.PROXY, status);
    }

    /** Whether a reason is recorded. */
    public static boolean isRecorded(Channel channel) {
        return channel.hasAttr(KEY) && channel.attr(KEY).get() != null;
    }

    /** Why this side ended a request early; null where it did not. */
    public static @Nullable EarlyClose of(HttpServerRequest request) {
        Streams streams = VertxConnections.attribute(request.connection(), Streams.KEY);
        EarlyClose ofStream = streams == null ? null : streams.of(request.streamId());
        return ofStream != null ? ofStream : VertxConnections.attribute(request.connection(), KEY);
    }
}
