package io.ratemesh.balancer.vertx;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.http.impl.headers.HeadersMultiMap;

/** Vert.x's decoder of HTTP/1 requests without its validation: for bytes whose names and values have been validated already. */
public final class UnvalidatedRequestDecoder extends VertxHttpRequestDecoder {

    /** With the limits in these options. */
    public UnvalidatedRequestDecoder(HttpServerOptions limits) {
        super(limits);
    }

    @Override
    protected HttpMessage createMessage(String[] initialLine) {
        return new DefaultHttpRequest(
                HttpVersion.valueOf(initialLine[2]),
                HttpMethod.valueOf(initialLine[0]),
                initialLine[1],
                HeadersMultiMap.caseInsensitive());
    }

    /** Netty would read 8 bytes after the keys of a WebSocket of 2010. RFC 9112 §6.3 alone decides whether there is a body. */
    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        HttpHeaders fields = message.headers();
        return fields.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1)
                && !fields.contains(HttpHeaderNames.CONTENT_LENGTH)
                && !fields.contains(HttpHeaderNames.TRANSFER_ENCODING);
    }
}
