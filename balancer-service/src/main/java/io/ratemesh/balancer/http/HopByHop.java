package io.ratemesh.balancer.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The fields that are for the next hop only and not forwarded (RFC 9110 §7.6.1, §11.7): a fixed list, and those that {@code Connection}
 * names. {@code Trailer} is not among them: with it recipients see which trailers were lost on the way (§6.6.2).
 */
public final class HopByHop {

    private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
    private static final AsciiString PROXY_CONNECTION = AsciiString.cached("proxy-connection");

    /** Options of {@code Connection} that are not names of fields to remove. */
    private static final Set<String> OPTIONS = Set.of("close", "keep-alive");

    /**
     * Fields that {@code Connection} cannot remove, because they are for all recipients (RFC 9110 §7.6.1). Without a length, for example,
     * the next server would read a body as a request.
     */
    private static final Set<String> END_TO_END = Set.of(
            "age",
            "allow",
            "authorization",
            "cache-control",
            "cookie",
            "date",
            "etag",
            "expect",
            "expires",
            "forwarded",
            "from",
            "host",
            "last-modified",
            "link",
            "location",
            "max-forwards",
            "origin",
            "pragma",
            "range",
            "referer",
            "retry-after",
            "server",
            "set-cookie",
            "user-agent",
            "vary",
            "via",
            "www-authenticate");

    private static final List<String> END_TO_END_PREFIXES =
            List.of("accept", "access-control-", "content-", "if-", "sec-", "x-forwarded-");

    private HopByHop() {}

    /** Whether a field is never forwarded; {@code name} in any case. */
    public static boolean always(CharSequence name) {
        // The length excludes nearly every field.
        return switch (name.length()) {
            case 2 -> is(HttpHeaderNames.TE, name);
            case 7 -> is(HttpHeaderNames.UPGRADE, name);
            case 10 -> is(HttpHeaderNames.CONNECTION, name) || is(KEEP_ALIVE, name);
            case 16 -> is(PROXY_CONNECTION, name);
            case 17 -> is(HttpHeaderNames.TRANSFER_ENCODING, name);
            case 18 -> is(HttpHeaderNames.PROXY_AUTHENTICATE, name);
            case 19 -> is(HttpHeaderNames.PROXY_AUTHORIZATION, name);
            default -> false;
        };
    }

    /**
     * The fields that the {@code Connection} fields of a message name, except end-to-end ones.
     *
     * @param connection the values of all its {@code Connection} fields
     * @return lower-case names, empty for nearly every message
     */
    public static Set<String> named(List<String> connection) {
        Set<String> named = Set.of();
        for (String value : connection) {
            if (OPTIONS.contains(value)) {
                continue;
            }
            for (String option : value.split(",", -1)) {
                String name = option.strip().toLowerCase(Locale.ROOT);
                if (!name.isEmpty() && !OPTIONS.contains(name) && !isEndToEnd(name)) {
                    named = named.isEmpty() ? new HashSet<>() : named;
                    named.add(name);
                }
            }
        }
        return named;
    }

    private static boolean isEndToEnd(String name) {
        return END_TO_END.contains(name) || END_TO_END_PREFIXES.stream().anyMatch(name::startsWith);
    }

    private static boolean is(AsciiString expected, CharSequence name) {
        return expected.contentEqualsIgnoreCase(name);
    }
}
