package io.ratemesh.balancer.http1;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.http.impl.headers.HeadersMultiMap;

/** Vert.x's decoder of requests behind a guard that has read all names and values already: they are not looked through again. */
final class ValidatedRequestDecoder extends VertxHttpRequestDecoder {

    /** Beyond the guard's own limits, so that only the guard refuses. Fields and trailers count together here. */
    private static final HttpServerOptions LIMITS = new HttpServerOptions()
            .setMaxInitialLineLength(HeadScanner.MAX_REQUEST_LINE + 1024)
            .setMaxHeaderSize(HeadScanner.MAX_FIELD_BYTES + TrailerScanner.MAX_BYTES + 1024);

    ValidatedRequestDecoder() {
        super(LIMITS);
    }

    @Override
    protected HttpMessage createMessage(String[] initialLine) {
        return new DefaultHttpRequest(
                HttpVersion.valueOf(initialLine[2]),
                HttpMethod.valueOf(initialLine[0]),
                initialLine[1],
                HeadersMultiMap.caseInsensitive());
    }

    /** Netty would read 8 octets behind the keys of a WebSocket of 2010. A body is where the guard sees one (RFC 9112 §6.3). */
    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        HttpHeaders fields = message.headers();
        return fields.contains(HttpHeaderNames.SEC_WEBSOCKET_KEY1)
                && !fields.contains(HttpHeaderNames.CONTENT_LENGTH)
                && !fields.contains(HttpHeaderNames.TRANSFER_ENCODING);
    }
}
