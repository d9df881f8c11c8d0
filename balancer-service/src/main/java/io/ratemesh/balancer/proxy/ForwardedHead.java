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
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
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
    private static final List<AsciiString> WRITTEN = Stream.of("For", "Proto", "Host", "Port")
            .map(end -> AsciiString.cached("X-Forwarded-" + end))
            .toList();
    private static final AsciiString PROXY = AsciiString.cached("Proxy");
    private static final AsciiString KEEP_ALIVE = AsciiString.cached("Keep-Alive");
    private static final AsciiString PROXY_CONNECTION = AsciiString.cached("Proxy-Connection");
    private static final byte[] VERSION = bytes(" HTTP/1.1\r\n");
    private static final byte[] HOST = bytes("Host: ");
    private static final byte[] FORWARDED_FOR = bytes("X-Forwarded-For: ");
    private static final byte[] FORWARDED_PROTO = bytes("\r\nX-Forwarded-Proto: ");
    private static final byte[] FORWARDED_HOST = bytes("\r\nX-Forwarded-Host: ");
    private static final byte[] FORWARDED_PORT = bytes("\r\nX-Forwarded-Port: ");
    private static final byte[] ID = bytes("\r\nX-Request-Id: ");
    private static final byte[] VIA_HTTP_1_0 = bytes("\r\nVia: 1.0 ratemesh\r\n\r\n");
    private static final byte[] VIA_HTTP_1_1 = bytes("\r\nVia: 1.1 ratemesh\r\n\r\n");
    private static final byte[] VIA_HTTP_2 = bytes("\r\nVia: 2 ratemesh\r\n\r\n");
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
    ByteBuf write(HttpServerRequest from, Upstream to, ByteBufAllocator alloc, RequestFraming asked) {
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
        boolean believed = trusted.trusts(from.remoteAddress());
        fields(given, named(given), asked.chunked(), believed, out);
        if (asked.chunked()) {
            out.writeBytes(CHUNKED);
        }
        if (asked.expects()) {
            out.writeBytes(EXPECT);
        }
        if (asked.upgrade()) {
            out.writeBytes(UPGRADE);
        }
        forwarded(from, given, believed, out);
        out.writeBytes(via(from.version()));
        return out;
    }

    /** The last field: those of proxies before this one have been written (RFC 9110 §7.6.3). */
    private static byte[] via(HttpVersion version) {
        return switch (version) {
            case HTTP_1_0 -> VIA_HTTP_1_0;
            case HTTP_1_1 -> VIA_HTTP_1_1;
            case HTTP_2 -> VIA_HTTP_2;
        };
    }

    private static void fields(MultiMap given, Set<String> named, boolean chunked, boolean believed, ByteBuf out) {
        if (given instanceof io.netty.handler.codec.http.HttpHeaders raw) {
            Iterator<Map.Entry<CharSequence, CharSequence>> fields = raw.iteratorCharSequence();
            while (fields.hasNext()) {
                Map.Entry<CharSequence, CharSequence> field = fields.next();
                field(field.getKey(), field.getValue(), named, chunked, believed, out);
            }
        } else {
            for (Map.Entry<String, String> field : given) {
                field(field.getKey(), field.getValue(), named, chunked, believed, out);
            }
        }
    }

    private static void field(
            CharSequence name, CharSequence value, Set<String> named, boolean chunked, boolean believed, ByteBuf out) {
        // RFC 9110 §6.6.2: what trailers are to come is for all who get them, as is each of them.
        boolean announces = chunked && HttpHeaderNames.TRAILER.contentEqualsIgnoreCase(name);
        if ((HopByHop.always(name) && !announces)
                || ours(name, believed)
                || (chunked && HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name))
                || (!named.isEmpty() && named.contains(name.toString().toLowerCase(Locale.ROOT)))) {
            return;
        }
        put(out, name);
        out.writeShort(COLON_AND_SPACE);
        put(out, value);
        out.writeShort(CR_LF);
    }

    private void forwarded(HttpServerRequest from, MultiMap given, boolean isBelieved, ByteBuf out) {
        SocketAddress client = from.remoteAddress();
        MultiMap believed = isBelieved ? given : null;
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

    /**
     * Whether a field is one that only a proxy may write, or that is between the client and the front door; also one that a server
     * behind CGI would take for such a one, for it cannot tell {@code _} from {@code -} (RFC 3875 §4.1.18), nor {@code Proxy} from the
     * variable of its environment that names a proxy.
     *
     * @param believed whether it comes from a proxy that is trusted: of what that says only that is dropped which is written anew
     */
    private static boolean ours(CharSequence name, boolean believed) {
        // The length rules out many a field without looking at it.
        return switch (name.length()) {
            case 0, 1, 2, 3, 4, 7, 8, 11 -> false;
            case 5 -> PROXY.contentEqualsIgnoreCase(name);
            case 6 -> HttpHeaderNames.EXPECT.contentEqualsIgnoreCase(name);
            case 9 -> !believed && FORWARDED.contentEqualsIgnoreCase(name);
            case 10 -> mimics(KEEP_ALIVE, name);
            case 12 -> reads(REQUEST_ID, name);
            case 14 -> mimics(HttpHeaderNames.CONTENT_LENGTH, name) || forwarded(name, believed);
            case 16 -> mimics(PROXY_CONNECTION, name) || forwarded(name, believed);
            case 17 -> mimics(HttpHeaderNames.TRANSFER_ENCODING, name) || forwarded(name, believed);
            case 19 -> mimics(HttpHeaderNames.PROXY_AUTHORIZATION, name) || forwarded(name, believed);
            default -> forwarded(name, believed);
        };
    }

    private static boolean forwarded(CharSequence name, boolean believed) {
        int begin = X_FORWARDED.length();
        if (name.length() <= begin || !reads(X_FORWARDED, name)) {
            return false;
        }
        return !believed || !AsciiString.regionMatches(name, true, 0, X_FORWARDED, 0, begin) || isWritten(name);
    }

    /** Whether a field of the {@code X-Forwarded-} ones is one of those that are written with each request. */
    private static boolean isWritten(CharSequence name) {
        return WRITTEN.stream().anyMatch(written -> name.length() == written.length() && reads(written, name));
    }

    /** Whether a name is read as another by CGI, though it is none. */
    private static boolean mimics(AsciiString other, CharSequence name) {
        return name.length() == other.length() && reads(other, name) && !other.contentEqualsIgnoreCase(name);
    }

    /** Whether a name is read by CGI as one that begins as another, in any case, and whatever stands for its dashes. */
    private static boolean reads(AsciiString other, CharSequence name) {
        for (int i = 0; i < other.length(); i++) {
            char expected = other.charAt(i);
            char c = name.charAt(i);
            if (expected == '-'
                    ? isLetterOrDigit(c)
                    : AsciiString.toLowerCase(c) != AsciiString.toLowerCase(expected)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
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
