package io.ratemesh.converter.frankfurter;

import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.EntityTag;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/** Responses with the media type that Frankfurter sends, whose charset some clients look for. */
final class FrankfurterResponse {

    static final CharSequence JSON = HttpHeaders.createOptimized("application/json; charset=utf-8");

    private FrankfurterResponse() {}

    /**
     * The response.
     *
     * @param settled whether it can no longer change
     */
    static ApiResponse of(StringBuilder json, boolean settled) {
        Buffer body = Buffer.buffer(json.toString());
        CharSequence kept = settled ? ApiResponse.IMMUTABLE : ApiResponse.NO_CACHE;
        return new ApiResponse(200, JSON, body, kept, EntityTag.of(body), List.of());
    }
}
