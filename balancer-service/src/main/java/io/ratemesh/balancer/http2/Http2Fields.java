package io.ratemesh.balancer.http2;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Converts the fields of valid HTTP/2 requests to those of HTTP/1.1, which upstreams get. */
final class Http2Fields {

    private static final AsciiString HOST = AsciiString.cached("host");
    private static final AsciiString COOKIE = AsciiString.cached("cookie");

    private Http2Fields() {}

    /** The trailers of a request. */
    static List<Map.Entry<String, String>> trailers(Http2Headers fields) {
        List<Map.Entry<String, String>> trailers = new ArrayList<>(fields.size());
        fields.forEach(field -> trailers.add(
                Map.entry(field.getKey().toString(), field.getValue().toString())));
        return trailers;
    }

    /**
     * Adds the fields of HTTP/1.1 for what HTTP/2 expresses otherwise: {@code host} (RFC 9113 §8.3.1: the authority where there is one),
     * {@code transfer-encoding} where a body of unknown length follows, and one {@code cookie} (§8.2.3). A head with {@code host} alone
     * gets it as authority too.
     *
     * @param endOfStream whether no body follows
     */
    static void asHttp1(Http2Headers head, boolean endOfStream) {
        asHttp1(head);
        if (!head.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            if (!endOfStream) {
                head.add(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            } else if (usuallyHasBody(head.method())) {
                // RFC 9110 §8.6. Some servers respond with 411 without it.
                head.add(HttpHeaderNames.CONTENT_LENGTH, "0");
            }
        }
    }

    /**
     * Makes an extended CONNECT for WebSocket (RFC 8441 §5) a GET with {@code upgrade}, which it is in HTTP/1.1. Clients cannot send that
     * field themselves: the codec rejects it.
     */
    static void asUpgrade(Http2Headers head) {
        head.method(HttpMethod.GET.asciiName());
        head.remove(PseudoHeaderName.PROTOCOL.value());
        head.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
        asHttp1(head);
    }

    private static void asHttp1(Http2Headers head) {
        CharSequence authority = head.authority();
        if (authority == null) {
            head.authority(head.get(HOST));
        } else {
            head.set(HOST, authority);
        }
        joinCookies(head);
    }

    private static boolean usuallyHasBody(CharSequence method) {
        return AsciiString.contentEquals("POST", method)
                || AsciiString.contentEquals("PUT", method)
                || AsciiString.contentEquals("PATCH", method);
    }

    private static void joinCookies(Http2Headers head) {
        Iterator<CharSequence> cookies = head.valueIterator(COOKIE);
        if (cookies.hasNext()) {
            cookies.next();
            if (cookies.hasNext()) {
                List<CharSequence> all = head.getAllAndRemove(COOKIE);
                head.add(COOKIE, String.join("; ", all));
            }
        }
    }
}
