package io.ratemesh.balancer.upstream.connections;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;

/** Receives the response to a request on an upstream connection. */
public interface ResponseListener {

    /** Whether the request is HEAD, so that no content follows the head of the response. */
    boolean isHeadRequest();

    /** Whether the client accepts trailers: {@code TE: trailers}. */
    boolean acceptsTrailers();

    /** An interim response was received: 1xx other than 101. */
    void interimResponse(HttpResponse head);

    /** The head of the response is malformed. The connection is closed afterwards. */
    void responseInvalid();

    /** The head of the response was received; never 1xx other than 101. */
    void responseStarted(UpstreamConnection from, HttpResponse head);

    /** The head was received, and no content in the same read. */
    void contentDelayed();

    /** Some content, or some bytes of a tunnel, were received. The listener releases them. */
    void received(ByteBuf bytes);

    void responseCompleted(HttpHeaders trailers);

    /** The connection takes more of the request's body. */
    void connectionWritable();

    /**
     * The connection broke: there will be no more of the response.
     *
     * @param kept whether it was kept from earlier responses, and no byte of this one was received
     */
    void connectionBroken(boolean kept);

    /** The upstream has not acted on the request, and will not: it may be sent once more, whatever its method. */
    void requestRefused();

    /** No more of the response was received for too long. The connection is closed afterwards. */
    void responseStalled();

    /** The shared connection is needed for another response: the request is to be sent on another connection. */
    void displaced();
}
