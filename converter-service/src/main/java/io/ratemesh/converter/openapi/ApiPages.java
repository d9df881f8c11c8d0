package io.ratemesh.converter.openapi;

import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.EntityTag;
import io.ratemesh.converter.http.PageSecurity;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Map;

/** The OpenAPI document and the reference page, as responses. */
public final class ApiPages {

    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence HTML = HttpHeaders.createOptimized("text/html; charset=utf-8");

    private final ApiResponse document;
    private final ApiResponse page;

    /**
     * Reads what the build has packed.
     *
     * @param settings the values of the settings that the document names
     */
    public ApiPages(Map<String, Integer> settings) {
        this.document = response(JSON, Packed.text("openapi.json", settings), List.of());
        this.page = response(
                HTML,
                Packed.text("page.html", settings),
                PageSecurity.fields(Packed.text("page.css"), Packed.text("page.js")));
    }

    /** {@code /api/v1/openapi.json}. */
    public ApiResponse document() {
        return document;
    }

    /** {@code /api/}. */
    public ApiResponse page() {
        return page;
    }

    /** {@code /api}: redirects to the page. */
    public ApiResponse redirect() {
        List<ApiResponse.Field> location = List.of(new ApiResponse.Field(HttpHeaders.LOCATION, "/api/"));
        return new ApiResponse(308, null, Buffer.buffer(), ApiResponse.NO_CACHE, null, location);
    }

    private static ApiResponse response(CharSequence mediaType, String text, List<ApiResponse.Field> fields) {
        Buffer body = Buffer.buffer(text);
        return new ApiResponse(200, mediaType, body, ApiResponse.NO_CACHE, EntityTag.of(body), fields);
    }
}
