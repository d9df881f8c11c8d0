package io.ratemesh.balancer.upstream.connections;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.Map;

/** Where a request is sent to an upstream: a connection of HTTP/1.1, or a stream of a connection of HTTP/2. One event loop owns it. */
public interface UpstreamConnection {

    /** In bytes: an abandoned response up to this length is read to its end, so that those behind it can be received. */
    long MAX_DISCARDED = 256 * 1024;

    ByteBufAllocator alloc();

    /**
     * Sends a request.
     *
     * @param head in the form of HTTP/1.1
     * @param complete whether no body follows the head
     */
    void send(ResponseListener listener, ByteBuf head, boolean complete);

    /**
     * Sends a part of the body.
     *
     * @param bytes at least one
     * @param chunked whether the length of the body is unknown
     */
    void sendBody(ByteBuf bytes, boolean chunked);

    /**
     * The body is complete.
     *
     * @param chunked whether its length is unknown
     * @param trailers only where it is
     */
    void endBody(boolean chunked, List<Map.Entry<String, String>> trailers);

    /** Sends bytes of a tunnel. */
    void writeAndFlush(ByteBuf bytes);

    /** Whether the upstream may refuse a request on which it has not acted, so that the body is kept for a repetition. */
    boolean isRefusable();

    /** Whether its write buffer is full. */
    boolean isFull();

    /** Whether bytes are read from it. While they are not, the upstream is held back. */
    void setReading(boolean reading);

    /** From now on bytes of another protocol than HTTP are received. */
    void becomeTunnel();

    /** The current response may take long: requests behind it are displaced, and no more are sent on this connection. */
    void dedicate();

    /** The response of a listener is not needed any more. Closes the connection, unless other requests are under way on it. */
    void abandon(ResponseListener listener);

    /** It was opened for a request that does not need it any more. */
    void returnUnused();

    /** Closes it once all that was written has been sent. */
    void closeAfterWrites();

    void close();
}
