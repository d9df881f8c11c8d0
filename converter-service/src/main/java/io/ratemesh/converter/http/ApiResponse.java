package io.ratemesh.converter.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A response.
 *
 * @param mediaType of the body; null when there is none
 * @param entityTag strong, with its quotes; null when the response is not cacheable
 * @param fields other header fields
 */
public record ApiResponse(
        int status,
        @Nullable CharSequence mediaType,
        Buffer body,
        CharSequence cacheControl,
        @Nullable String entityTag,
        List<Field> fields) {

    /** May be stored, and is validated before each use. */
    public static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");

    /** Must not be stored. */
    public static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    /** For a past day, whose response does not change (RFC 8246). */
    public static final CharSequence IMMUTABLE = HttpHeaders.createOptimized("public, max-age=86400, immutable");

    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final Buffer NOTHING = Buffer.buffer(0);
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    public record Field(CharSequence name, CharSequence value) {}

    /** JSON that is current until the next book. */
    public static ApiResponse current(Buffer json, String entityTag) {
        return new ApiResponse(200, JSON, json, NO_CACHE, entityTag, List.of());
    }

    /**
     * JSON of a past day.
     *
     * @param settled whether it can no longer change
     */
    public static ApiResponse past(Buffer json, boolean settled) {
        return new ApiResponse(200, JSON, json, settled ? IMMUTABLE : NO_CACHE, EntityTag.of(json), List.of());
    }

    /** JSON that is current for a moment. */
    public static ApiResponse momentary(Buffer json) {
        return new ApiResponse(200, JSON, json, NO_STORE, null, List.of());
    }

    /** A response without content. */
    public static ApiResponse empty(List<Field> fields) {
        return new ApiResponse(NO_CONTENT, null, NOTHING, NO_CACHE, null, fields);
    }

    /** The same response with other header fields. */
    public ApiResponse with(List<Field> others) {
        return new ApiResponse(status, mediaType, body, cacheControl, entityTag, others);
    }

    /** The response to a client that has it already (RFC 9110 §15.4.5). */
    public ApiResponse notModified() {
        return new ApiResponse(NOT_MODIFIED, null, NOTHING, cacheControl, entityTag, fields);
    }
}
