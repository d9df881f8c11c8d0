package io.ratemesh.balancer.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import io.ratemesh.balancer.http.HopByHop;
import io.ratemesh.balancer.http.RequestIds;
import io.ratemesh.balancer.http.TrustedProxies;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.connections.RequestFraming;
import io.ratemesh.node.address.IpAddresses;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Writes the head of a request to an upstream: one pass over the client's fields, directly into the bytes that are sent. A client's own
 * {@code X-Forwarded-*} fields are dropped, because anyone can write them, unless the client is a trusted proxy.
 */
final class ForwardedHead {

    private static final int USUAL_BYTES = 1024;

    private static final AsciiString REQUEST_ID = AsciiString.cached("X-Request-Id");
    private static final byte[] VERSION = bytes(" HTTP/1.1\r\n");
    private static final byte[] HOST = bytes("Host: ");
    private static final byte[] FORWARDED_FOR = bytes("X-Forwarded-For: ");
    private static final byte[] FORWARDED_PROTO = bytes("\r\nX-Forwarded-Proto: ");
    private static final byte[] FORWARDED_HOST = bytes("\r\nX-Forwarded-Host: ");
    private static final byte[] FORWARDED_PORT = bytes("\r\nX-Forwarded-Port: ");
    private static final byte[] FORWARDED_PREFIX = bytes("\r\nX-Forwarded-Prefix: ");
    private static final byte[] ID = bytes("\r\nX-Request-Id: ");
    private static final byte[] VIA_HTTP_1_0 = bytes("\r\nVia: 1.0 ratemesh\r\n\r\n");
    private static final byte[] VIA_HTTP_1_1 = bytes("\r\nVia: 1.1 ratemesh\r\n\r\n");
    private static final byte[] VIA_HTTP_2 = bytes("\r\nVia: 2 ratemesh\r\n\r\n");
    private static final byte[] UPGRADE = bytes("Connection: Upgrade\r\nUpgrade: ");
    private static final int KEY_BYTES = 16;
    private static final byte[] CHUNKED = bytes("Transfer-Encoding: chunked\r\n");
    private static final byte[] EXPECT = bytes("Expect: 100-continue\r\n");
    private static final byte[] LINE_END = bytes("\r\n");
    private static final short COLON_AND_SPACE = ':' << 8 | ' ';
    private static final short CR_LF = '\r' << 8 | '\n';

    private final RequestIds ids = new RequestIds();
    private final TrustedProxies trusted;
    private final @Nullable String port;

    /**
     * For one event loop.
     *
     * @param port of the listener for plain HTTP, for {@code X-Forwarded-Port}; 0 where it is any free one
     */
    ForwardedHead(int port, TrustedProxies trusted) {
        this.port = port == 0 ? null : String.valueOf(port);
        this.trusted = trusted;
    }

    /**
     * Returns the head in a new buffer.
     *
     * @param changes of the route; null for none
     */
    ByteBuf write(
            HttpServerRequest from,
            Upstream to,
            ByteBufAllocator alloc,
            RequestFraming framing,
            @Nullable ChangedRequest changes) {
        ByteBuf out = alloc.directBuffer(USUAL_BYTES);
        put(out, from.method().name());
        out.writeByte(' ');
        put(out, changes == null ? from.uri() : changes.target());
        out.writeBytes(VERSION);
        MultiMap given = from.headers();
        if (changes != null) {
            changes.forEachField(to, (name, value) -> line(name, value, out));
        }
        if (!given.contains(HttpHeaderNames.HOST) && (changes == null || !changes.replaces(HttpHeaderNames.HOST))) {
            // HTTP/1.0 may have none; HTTP/2 has :authority.
            out.writeBytes(HOST);
            put(out, from.authority() == null ? to.authority() : String.valueOf(from.authority()));
            out.writeBytes(LINE_END);
        }
        boolean fromProxy = trusted.trusts(from.remoteAddress());
        fields(given, named(given), framing.chunked(), fromProxy, changes, out);
        if (framing.chunked()) {
            out.writeBytes(CHUNKED);
        }
        if (framing.expects()) {
            out.writeBytes(EXPECT);
        }
        if (framing.upgrade() != null) {
            upgrade(from, framing.upgrade(), out);
        }
        forwarded(from, given, fromProxy, changes, out);
        out.writeBytes(via(from.version()));
        return out;
    }

    private static void upgrade(HttpServerRequest from, String protocol, ByteBuf out) {
        out.writeBytes(UPGRADE);
        put(out, protocol);
        out.writeBytes(LINE_END);
        if (from.version() == HttpVersion.HTTP_2) {
            // Such a request has none (RFC 8441 §5), and a server of HTTP/1.1 needs one (RFC 6455 §4.1).
            byte[] key = new byte[KEY_BYTES];
            ThreadLocalRandom.current().nextBytes(key);
            line("Sec-WebSocket-Key", Base64.getEncoder().encodeToString(key), out);
        }
    }

    /** The last field, after those of the proxies before (RFC 9110 §7.6.3). */
    private static byte[] via(HttpVersion version) {
        return switch (version) {
            case HTTP_1_0 -> VIA_HTTP_1_0;
            case HTTP_1_1 -> VIA_HTTP_1_1;
            case HTTP_2 -> VIA_HTTP_2;
        };
    }

    private static void fields(
            MultiMap given,
            Set<String> named,
            boolean chunked,
            boolean fromProxy,
            @Nullable ChangedRequest changes,
            ByteBuf out) {
        if (given instanceof io.netty.handler.codec.http.HttpHeaders raw) {
            Iterator<Map.Entry<CharSequence, CharSequence>> fields = raw.iteratorCharSequence();
            while (fields.hasNext()) {
                Map.Entry<CharSequence, CharSequence> field = fields.next();
                field(field.getKey(), field.getValue(), named, chunked, fromProxy, changes, out);
            }
        } else {
            for (Map.Entry<String, String> field : given) {
                field(field.getKey(), field.getValue(), named, chunked, fromProxy, changes, out);
            }
        }
    }

    private static void field(
            CharSequence name,
            CharSequence value,
            Set<String> named,
            boolean chunked,
            boolean fromProxy,
            @Nullable ChangedRequest changes,
            ByteBuf out) {
        if (RequestFieldFilter.isDropped(name, named, chunked, fromProxy)
                || (changes != null && changes.replaces(name))) {
            return;
        }
        line(name, value, out);
    }

    private static void line(CharSequence name, CharSequence value, ByteBuf out) {
        put(out, name);
        out.writeShort(COLON_AND_SPACE);
        put(out, value);
        out.writeShort(CR_LF);
    }

    private void forwarded(
            HttpServerRequest from, MultiMap given, boolean fromProxy, @Nullable ChangedRequest changes, ByteBuf out) {
        SocketAddress client = from.remoteAddress();
        MultiMap proxied = fromProxy ? given : null;
        String host = given.get(HttpHeaderNames.HOST);
        out.writeBytes(FORWARDED_FOR);
        if (proxied != null && proxied.contains("X-Forwarded-For")) {
            put(out, String.join(", ", proxied.getAll("X-Forwarded-For")));
            out.writeByte(',').writeByte(' ');
        }
        String address = IpAddresses.text(client);
        put(out, address == null ? "unknown" : address);
        out.writeBytes(FORWARDED_PROTO);
        put(out, ForwardedFields.proto(proxied, from.isSSL() ? "https" : "http"));
        String forwardedHost = ForwardedFields.host(proxied, host);
        if (forwardedHost != null) {
            out.writeBytes(FORWARDED_HOST);
            put(out, forwardedHost);
        }
        out.writeBytes(FORWARDED_PORT);
        put(out, ForwardedFields.port(proxied, port != null && isPlain(from) ? port : ownPort(from)));
        if (changes != null && !changes.prefix().isEmpty()) {
            out.writeBytes(FORWARDED_PREFIX);
            put(out, changes.prefix());
        }
        out.writeBytes(ID);
        if (changes == null) {
            ids.write(given.get(REQUEST_ID), out);
        } else {
            put(out, changes.requestId());
        }
    }

    private static boolean isPlain(HttpServerRequest from) {
        return !from.isSSL() && from.version() != HttpVersion.HTTP_2;
    }

    /** The port that the client connected to: listeners for TLS and for HTTP/2 without TLS have others. */
    private String ownPort(HttpServerRequest from) {
        SocketAddress local = from.localAddress();
        return String.valueOf(local == null ? 0 : local.port());
    }

    private static Set<String> named(MultiMap given) {
        String connection = given.get(HttpHeaderNames.CONNECTION);
        // Most clients send none, or this.
        return connection == null
                        || (connection.equals("keep-alive")
                                && given.getAll(HttpHeaderNames.CONNECTION).size() == 1)
                ? Set.of()
                : HopByHop.named(given.getAll(HttpHeaderNames.CONNECTION));
    }

    private static void put(ByteBuf out, CharSequence text) {
        if (text instanceof AsciiString ascii) {
            out.writeBytes(ascii.array(), ascii.arrayOffset(), ascii.length());
        } else {
            out.writeCharSequence(text, ISO_8859_1);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }
}
