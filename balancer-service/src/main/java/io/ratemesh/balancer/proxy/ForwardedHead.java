package io.ratemesh.balancer.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import io.ratemesh.balancer.pool.Upstream;
import io.ratemesh.node.address.IpAddresses;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the head of a request as its upstream is to see it: one pass over the client's fields, straight into the bytes that go
 * out. A client's own {@code X-Forwarded-*} is dropped, for anyone can write them, unless the client is a proxy that is trusted.
 */
final class ForwardedHead {

    private static final int USUAL_BYTES = 1024;

    private static final AsciiString REQUEST_ID = AsciiString.cached("X-Request-Id");
    private static final AsciiString FORWARDED = AsciiString.cached("Forwarded");
    private static final AsciiString X_FORWARDED = AsciiString.cached("X-Forwarded-");
    private static final byte[] VERSION = bytes(" HTTP/1.1\r\n");
    private static final byte[] HOST = bytes("Host: ");
    private static final byte[] FORWARDED_FOR = bytes("X-Forwarded-For: ");
    private static final byte[] FORWARDED_PROTO = bytes("\r\nX-Forwarded-Proto: ");
    private static final byte[] FORWARDED_HOST = bytes("\r\nX-Forwarded-Host: ");
    private static final byte[] FORWARDED_PORT = bytes("\r\nX-Forwarded-Port: ");
    private static final byte[] ID = bytes("\r\nX-Request-Id: ");
    private static final byte[] END = bytes("\r\nVia: 1.1 ratemesh\r\n\r\n");
    private static final byte[] UPGRADE = bytes("Connection: Upgrade\r\nUpgrade: websocket\r\n");
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
     * @param port the front door's, as {@code X-Forwarded-Port} says it; 0 where it is any that was free
     */
    ForwardedHead(int port, TrustedProxies trusted) {
        this.port = port == 0 ? null : String.valueOf(port);
        this.trusted = trusted;
    }

    /**
     * Writes a head.
     *
     * @param asked what the request wants of its way
     */
    ByteBuf write(HttpServerRequest from, Upstream to, ByteBufAllocator alloc, Asked asked) {
        ByteBuf out = alloc.directBuffer(USUAL_BYTES);
        put(out, from.method().name());
        out.writeByte(' ');
        put(out, from.uri());
        out.writeBytes(VERSION);
        MultiMap given = from.headers();
        if (!given.contains(HttpHeaderNames.HOST)) {
            // HTTP/1.0 has none; HTTP/2 says it elsewhere.
            out.writeBytes(HOST);
            put(out, from.authority() == null ? to.authority() : String.valueOf(from.authority()));
            out.writeBytes(LINE_END);
        }
        fields(given, named(given), asked.chunked(), out);
        if (asked.chunked()) {
            out.writeBytes(CHUNKED);
        }
        if (asked.expects()) {
            out.writeBytes(EXPECT);
        }
        if (asked.upgrade()) {
            out.writeBytes(UPGRADE);
        }
        forwarded(from, given, out);
        out.writeBytes(END);
        return out;
    }

    private static void fields(MultiMap given, Set<String> named, boolean chunked, ByteBuf out) {
        if (given instanceof io.netty.handler.codec.http.HttpHeaders raw) {
            Iterator<Map.Entry<CharSequence, CharSequence>> fields = raw.iteratorCharSequence();
            while (fields.hasNext()) {
                Map.Entry<CharSequence, CharSequence> field = fields.next();
                field(field.getKey(), field.getValue(), named, chunked, out);
            }
        } else {
            for (Map.Entry<String, String> field : given) {
                field(field.getKey(), field.getValue(), named, chunked, out);
            }
        }
    }

    private static void field(CharSequence name, CharSequence value, Set<String> named, boolean chunked, ByteBuf out) {
        if (HopByHop.always(name)
                || ours(name)
                || (chunked && HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name))
                || (!named.isEmpty() && named.contains(name.toString().toLowerCase(Locale.ROOT)))) {
            return;
        }
        put(out, name);
        out.writeShort(COLON_AND_SPACE);
        put(out, value);
        out.writeShort(CR_LF);
    }

    private void forwarded(HttpServerRequest from, MultiMap given, ByteBuf out) {
        SocketAddress client = from.remoteAddress();
        MultiMap believed = trusted.trusts(client) ? given : null;
        String host = given.get(HttpHeaderNames.HOST);
        out.writeBytes(FORWARDED_FOR);
        if (believed != null && believed.contains("X-Forwarded-For")) {
            put(out, String.join(", ", believed.getAll("X-Forwarded-For")));
            out.writeByte(',').writeByte(' ');
        }
        String address = IpAddresses.text(client);
        put(out, address == null ? "unknown" : address);
        out.writeBytes(FORWARDED_PROTO);
        put(out, Said.proto(believed, from.isSSL() ? "https" : "http"));
        String asked = Said.host(believed, host);
        if (asked != null) {
            out.writeBytes(FORWARDED_HOST);
            put(out, asked);
        }
        out.writeBytes(FORWARDED_PORT);
        put(out, Said.port(believed, port != null && plain(from) ? port : ownPort(from)));
        out.writeBytes(ID);
        ids.write(given.get(REQUEST_ID), out);
    }

    private static boolean plain(HttpServerRequest from) {
        return !from.isSSL() && from.version() != HttpVersion.HTTP_2;
    }

    /** The one that the client came to: the front door has others for TLS, and for HTTP/2 without it. */
    private String ownPort(HttpServerRequest from) {
        SocketAddress local = from.localAddress();
        return String.valueOf(local == null ? 0 : local.port());
    }

    private static Set<String> named(MultiMap given) {
        String connection = given.get(HttpHeaderNames.CONNECTION);
        // Nearly every client says nothing, or just this.
        return connection == null
                        || (connection.equals("keep-alive")
                                && given.getAll(HttpHeaderNames.CONNECTION).size() == 1)
                ? Set.of()
                : HopByHop.named(given.getAll(HttpHeaderNames.CONNECTION));
    }

    /** Whether a field is one that only a proxy may write, or that is between the client and the front door. */
    private static boolean ours(CharSequence name) {
        return switch (name.length()) {
            case 6 -> HttpHeaderNames.EXPECT.contentEqualsIgnoreCase(name);
            case 9 -> FORWARDED.contentEqualsIgnoreCase(name);
            case 12 -> REQUEST_ID.contentEqualsIgnoreCase(name);
            case 15, 16, 17, 18 -> AsciiString.regionMatches(name, true, 0, X_FORWARDED, 0, X_FORWARDED.length());
            default -> false;
        };
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

    /** What a trusted proxy says of the first request, where it is sane. */
    private static final class Said {

        private static final int LONGEST_HOST = 255;

        static String proto(@Nullable MultiMap believed, String otherwise) {
            String said = believed == null ? null : believed.get("X-Forwarded-Proto");
            return said != null && (said.equals("https") || said.equals("http")) ? said : otherwise;
        }

        static @Nullable String host(@Nullable MultiMap believed, @Nullable String otherwise) {
            String said = believed == null ? null : believed.get("X-Forwarded-Host");
            boolean sane = said != null
                    && !said.isEmpty()
                    && said.length() <= LONGEST_HOST
                    && said.chars()
                            .allMatch(c -> (Character.isLetterOrDigit(c) && c < 0x80) || "-._:[]".indexOf(c) >= 0);
            return sane ? said : otherwise;
        }

        static String port(@Nullable MultiMap believed, String otherwise) {
            String said = believed == null ? null : believed.get("X-Forwarded-Port");
            boolean sane = said != null
                    && !said.isEmpty()
                    && said.length() <= 5
                    && said.chars().allMatch(c -> c >= '0' && c <= '9');
            return said != null && sane ? said : otherwise;
        }
    }
}
