package io.ratemesh.balancer.cache;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which responses are stored (RFC 9111 §3), stricter than the RFC where it leaves a choice: only those with an explicit lifetime, none that
 * sets a cookie, and none that could never be used without asking the server.
 */
final class StoragePolicy {

    private static final Set<Integer> STATUSES = Set.of(200, 203, 204, 300, 301, 302, 307, 308, 404, 410);
    private static final String EVENT_STREAM = "text/event-stream";

    private StoragePolicy() {}

    /**
     * Whether a response to GET may be stored.
     *
     * @param request the directives of the request
     * @param response those of the response
     * @param authorized whether the request has credentials
     */
    static boolean allows(
            int status,
            HttpHeaders head,
            CacheControl request,
            CacheControl response,
            boolean authorized,
            Freshness freshness) {
        return STATUSES.contains(status)
                && freshness.isEverUsable()
                && !request.has("no-store")
                && !response.has("no-store")
                && !response.has("no-cache")
                && !response.has("private")
                && (!authorized || isForAll(response))
                && !head.contains(HttpHeaderNames.SET_COOKIE)
                && !head.contains(HttpHeaderNames.CONTENT_RANGE)
                && !isEventStream(head.get(HttpHeaderNames.CONTENT_TYPE))
                && Vary.names(head).isPresent();
    }

    /** RFC 9111 §3.5. */
    private static boolean isForAll(CacheControl response) {
        return response.has("public") || response.has("s-maxage") || response.has("must-revalidate");
    }

    private static boolean isEventStream(@Nullable String contentType) {
        return contentType != null
                && contentType.strip().toLowerCase(Locale.ROOT).startsWith(EVENT_STREAM);
    }
}
