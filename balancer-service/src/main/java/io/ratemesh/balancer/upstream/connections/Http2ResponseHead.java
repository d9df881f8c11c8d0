package io.ratemesh.balancer.upstream.connections;

import static io.ratemesh.balancer.upstream.connections.MalformedResponse.require;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2Headers;

/** The head and the trailers of a response over HTTP/2, in the form of HTTP/1.1. */
final class Http2ResponseHead {

    private static final int STATUS_DIGITS = 3;
    private static final int FIRST_FINAL = 200;

    private Http2ResponseHead() {}

    /**
     * Converts a head.
     *
     * @param complete whether no content follows
     * @throws MalformedResponse where it would not be valid in HTTP/1.1
     */
    static HttpResponse of(Http2Headers head, boolean complete) {
        HttpHeaders fields = fields(head);
        int status = status(head.status());
        require(status != HttpResponseStatus.SWITCHING_PROTOCOLS.code(), "101 is not used in HTTP/2");
        if (complete && status >= FIRST_FINAL && !fields.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            fields.set(HttpHeaderNames.CONTENT_LENGTH, "0");
        }
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), fields);
    }

    /**
     * Converts fields, without pseudo-header fields.
     *
     * @throws MalformedResponse where a name or a value would not be valid in HTTP/1.1
     */
    static HttpHeaders fields(Http2Headers from) {
        HttpHeaders fields = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        try {
            from.forEach(field -> {
                if (field.getKey().length() == 0 || field.getKey().charAt(0) != ':') {
                    fields.add(field.getKey(), field.getValue());
                }
            });
        } catch (IllegalArgumentException e) {
            throw new MalformedResponse(String.valueOf(e.getMessage()));
        }
        return fields;
    }

    private static int status(CharSequence text) {
        require(text != null && text.length() == STATUS_DIGITS, "no valid status");
        int status = 0;
        for (int i = 0; i < STATUS_DIGITS; i++) {
            int digit = text.charAt(i) - '0';
            require(digit >= (i == 0 ? 1 : 0) && digit <= 9, "no valid status");
            status = 10 * status + digit;
        }
        require(status < 600, "no valid status");
        return status;
    }
}
