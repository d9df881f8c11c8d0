package io.ratemesh.balancer.listen;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import io.ratemesh.balancer.guard.TrailerNames;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges the head of a request of HTTP/2 as one of HTTP/1.1 is judged, for upstreams are asked in HTTP/1.1 and there a blank in
 * a method or a second {@code host} means something. What breaks HTTP/2 itself the decoder refused before: control octets, fields
 * about the connection, capitals in names.
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
    private static final int MAX_PORT = 65_535;
    private static final AsciiString HOST = AsciiString.cached("host");
    private static final AsciiString COOKIE = AsciiString.cached("cookie");

    private Http2Fields() {}

    /** The status with which a head is refused, or {@link #GOOD}. */
    static int judge(Http2Headers head) {
        CharSequence method = head.method();
        if (isTunnel(method)) {
            return METHOD_NOT_ALLOWED;
        }
        CharSequence target = head.path();
        if (target != null && target.length() > MAX_TARGET) {
            return URI_TOO_LONG;
        }
        if (target == null || !isToken(method) || !hosts(head)) {
            return BAD_REQUEST;
        }
        int fields = 0;
        for (Map.Entry<CharSequence, CharSequence> field : head) {
            if (field.getKey().charAt(0) != ':' && ++fields > MAX_FIELDS) {
                return FIELDS_TOO_LARGE;
            }
            if (!isVisible(field.getValue())) {
                return BAD_REQUEST;
            }
            if (HttpHeaderNames.EXPECT.contentEquals(field.getKey()) && !isContinue(field.getValue())) {
                return EXPECTATION_FAILED;
            }
        }
        return GOOD;
    }

    private static boolean isContinue(CharSequence expectation) {
        return expectation.isEmpty() || HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation);
    }

    /** What follows a body, as upstreams are told it; null where something may not stand there. */
    static @Nullable List<Map.Entry<String, String>> trailers(Http2Headers fields) {
        List<Map.Entry<String, String>> trailers = new ArrayList<>(fields.size());
        for (Map.Entry<CharSequence, CharSequence> field : fields) {
            String name = field.getKey().toString();
            if (name.isEmpty()
                    || !isToken(name)
                    || !isVisible(field.getValue())
                    || !TrailerNames.allowed(name)
                    || trailers.size() == MAX_FIELDS) {
                return null;
            }
            trailers.add(Map.entry(name, field.getValue().toString().strip()));
        }
        return trailers;
    }

    /**
     * Says in fields what HTTP/2 says otherwise, so that whoever asks an upstream in HTTP/1.1 need not know where a head came from:
     * the host, whether a body of unknown length follows, and a cookie in one piece (RFC 9113 §8.2.3).
     *
     * @param endOfStream whether no body follows
     */
    static void asHttp1(Http2Headers head, boolean endOfStream) {
        CharSequence authority = head.authority();
        if (authority != null && !head.contains(HOST)) {
            head.add(HOST, authority);
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

    /** One place, however often it is named. */
    private static boolean hosts(Http2Headers head) {
        CharSequence authority = head.authority();
        Iterator<CharSequence> hosts = head.valueIterator(HOST);
        CharSequence host = hosts.hasNext() ? hosts.next() : authority;
        if (hosts.hasNext() || host == null) {
            return false;
        }
        return isAuthority(host) && (authority == null || AsciiString.contentEqualsIgnoreCase(authority, host));
    }

    /** What would make a tunnel of a proxy, or show what it adds; in any case of letters, as some servers read them. */
    private static boolean isTunnel(CharSequence method) {
        return AsciiString.contentEqualsIgnoreCase("CONNECT", method)
                || AsciiString.contentEqualsIgnoreCase("TRACE", method);
    }

    private static boolean isToken(CharSequence method) {
        if (method == null) {
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

    /** A name or an address, and a port if it likes; as the guard of HTTP/1 has it. */
    private static boolean isAuthority(CharSequence text) {
        int length = text.length();
        int at = 0;
        if (length > 0 && text.charAt(0) == '[') {
            at = 1;
            while (at < length && (isHex(text.charAt(at)) || text.charAt(at) == ':' || text.charAt(at) == '.')) {
                at++;
            }
            if (at == 1 || at == length || text.charAt(at) != ']') {
                return false;
            }
            at++;
        } else {
            while (at < length && isOfName(text.charAt(at))) {
                at++;
            }
        }
        return at > 0 && (at == length || (text.charAt(at) == ':' && isPort(text, at + 1)));
    }

    private static boolean isPort(CharSequence text, int from) {
        int port = 0;
        for (int i = from; i < text.length(); i++) {
            port = isDigit(text.charAt(i)) ? port * 10 + text.charAt(i) - '0' : MAX_PORT + 1;
            if (port > MAX_PORT) {
                return false;
            }
        }
        return true;
    }

    /** No control octets but tabs. */
    private static boolean isVisible(CharSequence value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfName(char c) {
        return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || isDigit(c) || c == '-' || c == '.' || c == '_' || c == '~';
    }

    private static boolean isHex(char c) {
        return isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
