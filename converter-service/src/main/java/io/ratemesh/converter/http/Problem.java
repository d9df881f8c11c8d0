package io.ratemesh.converter.http;

import io.ratemesh.converter.json.JsonText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/**
 * Why a request is rejected or fails (RFC 9457).
 *
 * @param detail what was wrong, what is accepted and what to do
 * @param fields header fields of the response, such as {@code Allow}
 */
public record Problem(ProblemCode code, String detail, List<ApiResponse.Field> fields) {

    private static final CharSequence MEDIA_TYPE = HttpHeaders.createOptimized("application/problem+json");
    private static final int MAX_SHOWN = 64;
    private static final String RETRY_SECONDS = "2";

    /** A problem without header fields of its own. */
    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, List.of());
    }

    /**
     * A parameter with a value that is not valid.
     *
     * @param kind what the value should be
     * @param expected which values are valid
     */
    public static Problem parameter(String name, String value, String kind, String expected) {
        return of(
                ProblemCode.BAD_PARAMETER,
                name + ": " + shown(value) + " is not a valid " + kind + "; use " + expected);
    }

    /** A failure that a client may retry, with {@code Retry-After}. */
    public static Problem later(ProblemCode code, String detail) {
        return new Problem(code, detail, List.of(new ApiResponse.Field(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)));
    }

    /** An exception that carries this problem. */
    public ProblemException exception() {
        return new ProblemException(this);
    }

    /**
     * The response.
     *
     * @param path of the request, without its query
     */
    public ApiResponse response(String path) {
        return new ApiResponse(
                code.status(), MEDIA_TYPE, Buffer.buffer(json(path)), ApiResponse.NO_STORE, null, fields);
    }

    /**
     * The problem as JSON.
     *
     * @param path of the request, without its query
     */
    public String json(String path) {
        StringBuilder json = new StringBuilder(256).append('{');
        JsonText.field(json, "type", code.type()).append(',');
        JsonText.field(json, "title", code.title()).append(",\"status\":").append(code.status());
        JsonText.field(json.append(','), "detail", detail);
        JsonText.field(json.append(','), "instance", path);
        return JsonText.field(json.append(','), "code", code.word()).append('}').toString();
    }

    /** A value in quotes, cut after 64 characters. */
    public static String shown(String value) {
        return '"' + (value.length() > MAX_SHOWN ? value.substring(0, MAX_SHOWN) + "…" : value) + '"';
    }
}
