package io.ratemesh.converter.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.converter.http.ApiResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Map;

/** The document and the page drawn from it: the same bytes for everyone. */
public final class ApiPages {

    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence HTML = HttpHeaders.createOptimized("text/html; charset=utf-8");
    private static final int PERMANENT_REDIRECT = 308;

    private final ApiResponse document;
    private final ApiResponse page;
    private final ApiResponse redirect = new ApiResponse(
            PERMANENT_REDIRECT,
            null,
            Buffer.buffer(0),
            ApiResponse.NO_CACHE,
            null,
            List.of(field("Location", "/api/")));

    /**
     * Reads what the build has packed.
     *
     * @param settings the values of the settings that the document names
     */
    public ApiPages(Map<String, Integer> settings) {
        this.document = answer(JSON, Packed.text("openapi.json", settings), List.of());
        this.page = answer(HTML, Packed.text("page.html", settings), pageFields());
    }

    /** {@code /api/v1/openapi.json}. */
    public ApiResponse document() {
        return document;
    }

    /** {@code /api/}. */
    public ApiResponse page() {
        return page;
    }

    /** {@code /api}: leads to the page. */
    public ApiResponse redirect() {
        return redirect;
    }

    /** The page's own style and script by their hashes; nothing may frame it, and no sink of script takes a string. */
    private static List<ApiResponse.Field> pageFields() {
        String policy = "default-src 'none'; script-src '" + Digest.source(Packed.text("page.js"))
                + "'; style-src '" + Digest.source(Packed.text("page.css"))
                + "'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
                + "require-trusted-types-for 'script'; trusted-types 'none'";
        return List.of(
                field("Content-Security-Policy", policy),
                field("Referrer-Policy", "no-referrer"),
                field("X-Content-Type-Options", "nosniff"),
                field("Cross-Origin-Opener-Policy", "same-origin"));
    }

    private static ApiResponse.Field field(String name, String value) {
        return new ApiResponse.Field(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value));
    }

    private static ApiResponse answer(CharSequence mediaType, String text, List<ApiResponse.Field> fields) {
        String tag = '"' + Digest.hex(text) + '"';
        return new ApiResponse(200, mediaType, Buffer.buffer(text.getBytes(UTF_8)), ApiResponse.NO_CACHE, tag, fields);
    }
}
