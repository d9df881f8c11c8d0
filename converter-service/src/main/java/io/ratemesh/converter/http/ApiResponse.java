package io.ratemesh.converter.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request is answered with.
 *
 * @param status the HTTP status
 * @param mediaType of the body; null where there is none
 * @param body empty where there is none
 * @param cacheControl who may keep it
 * @param entityTag strong, with its quotes; null for an answer that cannot be asked for again
 * @param fields further header fields
 */
public record ApiResponse(
        int status,
        @Nullable CharSequence mediaType,
        Buffer body,
        CharSequence cacheControl,
        @Nullable String entityTag,
        List<Field> fields) {

    /** Kept, but asked for again each time. */
    public static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");

    /** Not kept. */
    public static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    /** Kept for a day, or for good: of a past day, whose answer does not change (RFC 8246). */
    public static final CharSequence IMMUTABLE = HttpHeaders.createOptimized("public, max-age=86400, immutable");

    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final Buffer NOTHING = Buffer.buffer(0);
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;

    /** One header field. */
    public record Field(CharSequence name, CharSequence value) {}

    /** JSON that holds until the next book. */
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

    /** JSON of this moment. */
    public static ApiResponse momentary(Buffer json) {
        return new ApiResponse(200, JSON, json, NO_STORE, null, List.of());
    }

    /** Nothing but header fields. */
    public static ApiResponse empty(List<Field> fields) {
        return new ApiResponse(NO_CONTENT, null, NOTHING, NO_CACHE, null, fields);
    }

    /** The same with these fields for its own. */
    public ApiResponse with(List<Field> others) {
        return new ApiResponse(status, mediaType, body, cacheControl, entityTag, others);
    }

    /** What is answered to one who has it already (RFC 9110 §15.4.5). */
    public ApiResponse notModified() {
        return new ApiResponse(NOT_MODIFIED, null, NOTHING, cacheControl, entityTag, fields);
    }
}
