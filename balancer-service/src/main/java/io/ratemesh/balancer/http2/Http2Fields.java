package io.ratemesh.balancer.http2;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpScheme;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import io.netty.util.AsciiString;
import io.ratemesh.balancer.http.Authority;
import io.ratemesh.balancer.http.TrailerNames;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges the head of a request of HTTP/2 as one of HTTP/1.1 is judged, for upstreams are asked in HTTP/1.1 and there a blank in
 * a method or a second {@code host} means something. What breaks HTTP/2 itself the decoder refused before: control octets, fields
 * about the connection, capitals in names, a pseudo-field behind another field.
 *
 * <pre>
 *   pseudo-field  RFC 9113            once  valid where it is
 *   :method       §8.3.1              yes   a token; CONNECT and TRACE are not served
 *   :scheme       §8.3.1              yes   http or https, whichever way it came: what ends TLS before us may say either
 *   :path         §8.3.1              yes   not longer than 8 KiB; its octets are judged by RequestTarget
 *   :authority    §8.3.1, RFC 3986    or    a host with or without a port, no user; {@code host} may stand in for it, and beside
 *                                     host  it has to agree
 *   any other     §8.3                no
 * </pre>
 */
final class Http2Fields {

    /** The head is good. */
    static final int GOOD = 0;

    static final int BAD_REQUEST = 400;
    static final int METHOD_NOT_ALLOWED = 405;
    static final int URI_TOO_LONG = 414;
    static final int EXPECTATION_FAILED = 417;
    static final int FIELDS_TOO_LARGE = 431;

    private static final int MAX_FIELDS = 100;
    private static final int MAX_TARGET = 8 * 1024;
    private static final AsciiString METHOD = PseudoHeaderName.METHOD.value();
    private static final AsciiString SCHEME = PseudoHeaderName.SCHEME.value();
    private static final AsciiString PATH = PseudoHeaderName.PATH.value();
    private static final AsciiString AUTHORITY = PseudoHeaderName.AUTHORITY.value();
    private static final AsciiString HOST = AsciiString.cached("host");
    private static final AsciiString COOKIE = AsciiString.cached("cookie");

    private Http2Fields() {}

    /** The status with which a head is refused, or {@link #GOOD}. One that is {@link #BAD_REQUEST} is malformed (§8.1.1). */
    static int judge(Http2Headers head) {
        CharSequence method = null;
        CharSequence scheme = null;
        CharSequence path = null;
        CharSequence authority = null;
        CharSequence host = null;
        int fields = 0;
        for (Map.Entry<CharSequence, CharSequence> field : head) {
            CharSequence name = field.getKey();
            CharSequence value = field.getValue();
            if (!isValue(value)) {
                return BAD_REQUEST;
            }
            if (name.charAt(0) != ':') {
                if (++fields > MAX_FIELDS) {
                    return FIELDS_TOO_LARGE;
                }
                if (HOST.contentEquals(name)) {
                    if (host != null) {
                        return BAD_REQUEST;
                    }
                    host = value;
                }
            } else if (method == null && METHOD.contentEquals(name)) {
                method = value;
            } else if (scheme == null && SCHEME.contentEquals(name)) {
                scheme = value;
            } else if (path == null && PATH.contentEquals(name)) {
                path = value;
            } else if (authority == null && AUTHORITY.contentEquals(name)) {
                authority = value;
            } else {
                return BAD_REQUEST;
            }
            if (HttpHeaderNames.EXPECT.contentEquals(field.getKey()) && !isContinue(field.getValue())) {
                return EXPECTATION_FAILED;
            }
        }
        if (isTunnel(method)) {
            return METHOD_NOT_ALLOWED;
        }
        if (!isToken(method) || path == null || path.length() == 0 || !isPlace(scheme, authority, host)) {
            return BAD_REQUEST;
        }
        return path.length() > MAX_TARGET ? URI_TOO_LONG : GOOD;
    }

    private static boolean isContinue(CharSequence expectation) {
        return expectation.isEmpty() || HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation);
    }

    /** What follows a body, as upstreams are told it; null where something may not stand there. */
    static @Nullable List<Map.Entry<String, String>> trailers(Http2Headers fields) {
        List<Map.Entry<String, String>> trailers = new ArrayList<>(fields.size());
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            String name = field.getKey().toString();
            if (!isToken(name)
                    || !isValue(field.getValue())
                    || !TrailerNames.allowed(name)
                    || trailers.size() == MAX_FIELDS) {
                return null;
            }
            trailers.add(Map.entry(name, field.getValue().toString()));
        }
        return trailers;
    }

    /**
     * Says in fields what HTTP/2 says otherwise, so that whoever asks an upstream in HTTP/1.1 need not know where a head came from:
     * the host (RFC 9113 §8.3.1: the authority where there is one), whether a body of unknown length follows, and a cookie in one
     * piece (§8.2.3). An authority that only {@code host} says is said as such, too.
     *
     * @param endOfStream whether no body follows
     */
    static void asHttp1(Http2Headers head, boolean endOfStream) {
        CharSequence authority = head.authority();
        if (authority == null) {
            head.authority(head.get(HOST));
        } else {
            head.set(HOST, authority);
        }
        if (!head.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            if (!endOfStream) {
                head.add(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
            } else if (usuallyHasBody(head.method())) {
                // RFC 9110 §8.6: some servers answer 411 to one that says nothing.
                head.add(HttpHeaderNames.CONTENT_LENGTH, "0");
            }
        }
        joinCookies(head);
    }

    private static boolean usuallyHasBody(CharSequence method) {
        return AsciiString.contentEquals("POST", method)
                || AsciiString.contentEquals("PUT", method)
                || AsciiString.contentEquals("PATCH", method);
    }

    private static void joinCookies(Http2Headers head) {
        Iterator<CharSequence> crumbs = head.valueIterator(COOKIE);
        if (crumbs.hasNext()) {
            crumbs.next();
            if (crumbs.hasNext()) {
                List<CharSequence> all = head.getAllAndRemove(COOKIE);
                head.add(COOKIE, String.join("; ", all));
            }
        }
    }

    /** A scheme that is served, and one place, however often it is named. */
    private static boolean isPlace(
            @Nullable CharSequence scheme, @Nullable CharSequence authority, @Nullable CharSequence host) {
        boolean https = is(HttpScheme.HTTPS, scheme);
        CharSequence place = authority == null ? host : authority;
        if (place == null || !(https || is(HttpScheme.HTTP, scheme)) || !Authority.valid(place)) {
            return false;
        }
        return authority == null
                || host == null
                || Authority.same(authority, host, https ? Authority.HTTPS_PORT : Authority.HTTP_PORT);
    }

    private static boolean is(HttpScheme scheme, @Nullable CharSequence said) {
        return said != null && scheme.name().contentEqualsIgnoreCase(said);
    }

    /** What would make a tunnel of a proxy, or show what it adds; in any case of letters, as some servers read them. */
    private static boolean isTunnel(@Nullable CharSequence method) {
        return AsciiString.contentEqualsIgnoreCase("CONNECT", method)
                || AsciiString.contentEqualsIgnoreCase("TRACE", method);
    }

    private static boolean isToken(@Nullable CharSequence method) {
        if (method == null || method.length() == 0) {
            return false;
        }
        for (int i = 0; i < method.length(); i++) {
            char c = method.charAt(i);
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            if (!letter && !isDigit(c) && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** No control octets but tabs, and neither begun nor ended by white space (RFC 9113 §8.2.1). */
    private static boolean isValue(CharSequence value) {
        int length = value.length();
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                return false;
            }
        }
        return length == 0 || (!isBlank(value.charAt(0)) && !isBlank(value.charAt(length - 1)));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
