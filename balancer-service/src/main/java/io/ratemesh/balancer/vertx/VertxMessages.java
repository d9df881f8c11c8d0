package io.ratemesh.balancer.vertx;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.impl.VertxHttpObject;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import io.vertx.core.internal.buffer.BufferInternal;

/** The Netty objects behind messages of Vert.x. */
public final class VertxMessages {

    private VertxMessages() {}

    /** The bytes of a buffer, not copied. */
    public static ByteBuf bytes(Buffer buffer) {
        return ((BufferInternal) buffer).getByteBuf();
    }

    /** Moves bytes into a buffer that needs no release: pooled ones are copied and released. */
    public static Buffer buffer(ByteBuf bytes) {
        return BufferInternal.safeBuffer(bytes);
    }

    /** The fields of Netty that fields of Vert.x are. */
    public static HttpHeaders fields(MultiMap fields) {
        return (HeadersMultiMap) fields;
    }

    /** Whether a message that the server writes is the end of a response. */
    public static boolean endsResponse(Object message) {
        return message instanceof VertxHttpObject object && object.isEnded();
    }
}
