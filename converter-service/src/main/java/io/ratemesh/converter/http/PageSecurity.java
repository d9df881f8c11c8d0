package io.ratemesh.converter.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpHeaders;
import java.util.Base64;
import java.util.List;

/** The header fields that protect a page: it may use its own inline style and script, and nothing may frame it. */
public final class PageSecurity {

    private PageSecurity() {}

    /** The fields of a page without a script. */
    public static List<ApiResponse.Field> fields(String style) {
        return withPolicy("style-src '" + source(style) + "'; img-src 'self'");
    }

    /** The fields of a page with a script, which may call the API. */
    public static List<ApiResponse.Field> fields(String style, String script) {
        return withPolicy("script-src '" + source(script) + "'; style-src '" + source(style)
                + "'; img-src 'self'; connect-src 'self'");
    }

    private static List<ApiResponse.Field> withPolicy(String sources) {
        return List.of(
                field(
                        "Content-Security-Policy",
                        "default-src 'none'; " + sources
                                + "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
                                + "require-trusted-types-for 'script'; trusted-types 'none'"),
                field("Referrer-Policy", "no-referrer"),
                field("X-Content-Type-Options", "nosniff"),
                field("Cross-Origin-Opener-Policy", "same-origin"));
    }

    /** The source expression of an inline style or script (CSP3 §2.3.1). */
    private static String source(String text) {
        return "sha256-" + Base64.getEncoder().encodeToString(Sha256Hash.of(text.getBytes(UTF_8)));
    }

    private static ApiResponse.Field field(String name, String value) {
        return new ApiResponse.Field(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value));
    }
}
