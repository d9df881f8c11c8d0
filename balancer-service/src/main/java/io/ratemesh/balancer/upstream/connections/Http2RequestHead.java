package io.ratemesh.balancer.upstream.connections;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Set;

/** The head of a request over HTTP/2, made from the one for HTTP/1.1, so that both have the same fields. */
final class Http2RequestHead {

    private static final AsciiString HTTP = AsciiString.cached("http");
    private static final AsciiString HTTPS = AsciiString.cached("https");

    /** Fields of a connection of HTTP/1.1 (RFC 9113 §8.2.2), and {@code Host}, for which there is {@code :authority}. */
    private static final Set<AsciiString> DROPPED = Set.of(
            HttpHeaderNames.HOST,
            HttpHeaderNames.CONNECTION,
            HttpHeaderNames.UPGRADE,
            HttpHeaderNames.TRANSFER_ENCODING,
            HttpHeaderNames.TE,
            AsciiString.cached("keep-alive"),
            AsciiString.cached("proxy-connection"),
            AsciiString.cached("http2-settings"));

    private Http2RequestHead() {}

    /**
     * Converts a head, and releases it.
     *
     * @param head complete and valid, as the proxy itself has written it
     * @param tls whether the connection has TLS
     * @param acceptsTrailers whether the client has sent {@code TE: trailers}, without which gRPC servers do not respond
     */
    static Http2Headers of(ByteBuf head, boolean tls, boolean acceptsTrailers) {
        try {
            Http2Headers out = new DefaultHttp2Headers(false);
            String[] request = line(head).split(" ", -1);
            out.method(request[0]).scheme(tls ? HTTPS : HTTP).path(request[1]);
            for (String field = line(head); !field.isEmpty(); field = line(head)) {
                int colon = field.indexOf(':');
                AsciiString name = new AsciiString(field.substring(0, colon)).toLowerCase();
                String value = field.substring(colon + 1).strip();
                if (name.equals(HttpHeaderNames.HOST)) {
                    out.authority(value);
                } else if (!DROPPED.contains(name)) {
                    out.add(name, AsciiString.of(value));
                }
            }
            if (acceptsTrailers) {
                out.add(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS);
            }
            return out;
        } finally {
            head.release();
        }
    }

    private static String line(ByteBuf head) {
        int length = head.bytesBefore((byte) '\r');
        String line = head.readCharSequence(length, ISO_8859_1).toString();
        head.skipBytes(2);
        return line;
    }
}
