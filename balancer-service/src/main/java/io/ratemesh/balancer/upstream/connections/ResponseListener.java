package io.ratemesh.balancer.upstream.connections;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;

/** Who asked, and hears the answer. */
public interface ResponseListener {

    /** Whether it asked for the head alone, so that no body follows whatever the head says. */
    boolean asksHeadOnly();

    /** An interim response came: 1xx, but not 101. */
    void informed(HttpResponse head);

    /** The head of the answer is malformed, and its connection is about to be closed. */
    void malformed();

    /** The head of the answer; never 1xx but 101. */
    void answered(UpstreamConnection from, HttpResponse head);

    /** The head came, and nothing of its body in the same read: there may be a while between them. */
    void bodyDelayed();

    /** Some of the body, or of a tunnel's bytes; it is the asker's to release. */
    void part(ByteBuf bytes);

    /** The answer is whole. */
    void complete(HttpHeaders trailers);

    /** The connection takes more of the body. */
    void writable();

    /**
     * There will be no more of the response, or none at all.
     *
     * @param kept whether the connection had been kept from earlier responses, and not a byte of this one has come
     */
    void broke(boolean kept);

    /** No more of the answer came for too long. The connection is closed afterwards. */
    void silent();

    /** Another's answer takes the connection for itself: what was asked here is to be asked elsewhere. */
    void moveOn();
}
