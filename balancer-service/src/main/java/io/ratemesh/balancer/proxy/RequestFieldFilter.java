package io.ratemesh.balancer.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import io.ratemesh.balancer.http.HopByHop;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Decides which fields of a client's request are not forwarded to an upstream. */
final class RequestFieldFilter {

    private static final AsciiString REQUEST_ID = AsciiString.cached("X-Request-Id");
    private static final AsciiString FORWARDED = AsciiString.cached("Forwarded");
    private static final AsciiString X_FORWARDED = AsciiString.cached("X-Forwarded-");
    private static final List<AsciiString> WRITTEN = Stream.of("For", "Proto", "Host", "Port")
            .map(end -> AsciiString.cached("X-Forwarded-" + end))
            .toList();
    private static final AsciiString PROXY = AsciiString.cached("Proxy");
    private static final AsciiString KEEP_ALIVE = AsciiString.cached("Keep-Alive");
    private static final AsciiString PROXY_CONNECTION = AsciiString.cached("Proxy-Connection");

    private RequestFieldFilter() {}

    /**
     * Whether a field is dropped.
     *
     * @param named the fields that {@code Connection} names, in lower case
     * @param chunked whether the body is forwarded in chunks
     * @param trusted whether the client is a trusted proxy
     */
    static boolean isDropped(CharSequence name, Set<String> named, boolean chunked, boolean trusted) {
        return HopByHop.always(name)
                || isReserved(name, trusted)
                || (chunked && HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name))
                || (!named.isEmpty() && named.contains(name.toString().toLowerCase(Locale.ROOT)));
    }

    /**
     * Whether only a proxy may write a field, or it is between the client and the balancer; also one that a server behind CGI takes for
     * such a field, because it cannot tell {@code _} from {@code -} (RFC 3875 §4.1.18), nor {@code Proxy} from the environment variable
     * that names a proxy. Of a trusted proxy's fields only those are dropped that are written anew.
     */
    private static boolean isReserved(CharSequence name, boolean trusted) {
        // The length excludes most fields without a comparison.
        return switch (name.length()) {
            case 0, 1, 2, 3, 4, 7, 8, 11 -> false;
            case 5 -> PROXY.contentEqualsIgnoreCase(name);
            case 6 -> HttpHeaderNames.EXPECT.contentEqualsIgnoreCase(name);
            case 9 -> !trusted && FORWARDED.contentEqualsIgnoreCase(name);
            case 10 -> mimics(KEEP_ALIVE, name);
            case 12 -> startsLike(REQUEST_ID, name);
            case 14 -> mimics(HttpHeaderNames.CONTENT_LENGTH, name) || isForwarded(name, trusted);
            case 16 -> mimics(PROXY_CONNECTION, name) || isForwarded(name, trusted);
            case 17 -> mimics(HttpHeaderNames.TRANSFER_ENCODING, name) || isForwarded(name, trusted);
            case 19 -> mimics(HttpHeaderNames.PROXY_AUTHORIZATION, name) || isForwarded(name, trusted);
            default -> isForwarded(name, trusted);
        };
    }

    private static boolean isForwarded(CharSequence name, boolean trusted) {
        int prefix = X_FORWARDED.length();
        if (name.length() <= prefix || !startsLike(X_FORWARDED, name)) {
            return false;
        }
        return !trusted || !AsciiString.regionMatches(name, true, 0, X_FORWARDED, 0, prefix) || isWritten(name);
    }

    /** Whether an {@code X-Forwarded-} field is one of those that are written with each request. */
    private static boolean isWritten(CharSequence name) {
        return WRITTEN.stream().anyMatch(written -> name.length() == written.length() && startsLike(written, name));
    }

    /** Whether CGI takes a name for another one, though it is not the same. */
    private static boolean mimics(AsciiString other, CharSequence name) {
        return name.length() == other.length() && startsLike(other, name) && !other.contentEqualsIgnoreCase(name);
    }

    /** Whether a name starts as another one does for CGI: in any case, with any separator in the place of a dash. */
    private static boolean startsLike(AsciiString other, CharSequence name) {
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
}
