package io.ratemesh.balancer.compression;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.ratemesh.node.settings.CompressionSettings;
import io.vertx.core.MultiMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which responses may be compressed, by their head and the fields of their request. */
final class CompressionRule {

    private static final int PARTIAL_CONTENT = 206;
    private static final String NO_TRANSFORM = "no-transform";
    private static final String ANY_SUBTYPE = "/*";

    /** Digests of the content as it is; Digest and Content-MD5 are obsolete, and in use. */
    private static final List<AsciiString> DIGESTS = List.of(
            AsciiString.cached("repr-digest"),
            AsciiString.cached("content-digest"),
            AsciiString.cached("digest"),
            AsciiString.cached("content-md5"));

    private final CompressionSettings settings;
    private final Set<String> types;

    CompressionRule(CompressionSettings settings) {
        this.settings = settings;
        this.types = new HashSet<>(settings.types());
    }

    /**
     * Whether a response may be compressed for a client that accepts a coding.
     *
     * @param request the fields of the request
     * @param status of the response
     * @param head its fields
     * @param length of its content, or negative where that is unknown
     */
    boolean allows(MultiMap request, int status, HttpHeaders head, long length) {
        // The most frequent reason first.
        if (length >= 0 && length < settings.minSize()) {
            return false;
        }
        return hasType(head.get(HttpHeaderNames.CONTENT_TYPE))
                && status != PARTIAL_CONTENT
                && !head.contains(HttpHeaderNames.CONTENT_RANGE)
                && !isCoded(head)
                && !isSecret(request, head)
                && !forbidsTransformation(head.getAll(HttpHeaderNames.CACHE_CONTROL))
                && !forbidsTransformation(request.getAll(HttpHeaderNames.CACHE_CONTROL))
                && DIGESTS.stream().noneMatch(head::contains);
    }

    private boolean hasType(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int semicolon = contentType.indexOf(';');
        String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
        int slash = type.indexOf('/');
        return !type.equals(CompressionSettings.EVENT_STREAM)
                && (types.contains(type) || (slash > 0 && types.contains(type.substring(0, slash) + ANY_SUBTYPE)));
    }

    private static boolean isCoded(HttpHeaders head) {
        return head.contains(HttpHeaderNames.CONTENT_ENCODING)
                && !head.containsValue(HttpHeaderNames.CONTENT_ENCODING, "identity", true);
    }

    /** Whether the length of the compressed content may betray a secret in it (BREACH). */
    private boolean isSecret(MultiMap request, HttpHeaders head) {
        return !settings.withCookies()
                && (head.contains(HttpHeaderNames.SET_COOKIE)
                        || request.contains(HttpHeaderNames.COOKIE)
                        || request.contains(HttpHeaderNames.AUTHORIZATION));
    }

    private static boolean forbidsTransformation(List<String> cacheControl) {
        for (String value : cacheControl) {
            if (value.toLowerCase(Locale.ROOT).contains(NO_TRANSFORM)) {
                return true;
            }
        }
        return false;
    }
}
