package io.ratemesh.converter.http;

import io.ratemesh.converter.json.JsonText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/**
 * Why a request is not answered as asked (RFC 9457).
 *
 * @param code what kind
 * @param detail what was wrong here, and what was expected
 * @param fields header fields that go with it, as {@code Allow}
 */
public record Problem(ProblemCode code, String detail, List<ApiResponse.Field> fields) {

    private static final CharSequence MEDIA_TYPE = HttpHeaders.createOptimized("application/problem+json");
    private static final int MAX_SHOWN = 64;
    private static final String RETRY_SECONDS = "2";

    /** A problem without further header fields. */
    public static Problem of(ProblemCode code, String detail) {
        return new Problem(code, detail, List.of());
    }

    /** A parameter that does not read. */
    public static Problem parameter(String name, String given, String expected) {
        return of(ProblemCode.BAD_PARAMETER, name + ": " + shown(given) + " (expected: " + expected + ")");
    }

    /** Something this node cannot do now, and may be able to do soon. */
    public static Problem later(ProblemCode code, String detail) {
        return new Problem(code, detail, List.of(new ApiResponse.Field(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)));
    }

    /** A method that the path does not take (RFC 9110 §15.5.6 asks for Allow). */
    public static Problem method(String method, String allowed) {
        return new Problem(
                ProblemCode.METHOD_NOT_ALLOWED,
                shown(method) + " (expected: " + allowed + ")",
                List.of(new ApiResponse.Field(HttpHeaders.ALLOW, allowed)));
    }

    /** To be thrown where the answer is not made. */
    public ProblemException refusal() {
        return new ProblemException(this);
    }

    /**
     * The answer.
     *
     * @param path what was asked for, without its query
     */
    public ApiResponse answer(String path) {
        return new ApiResponse(
                code.status(), MEDIA_TYPE, Buffer.buffer(json(path)), ApiResponse.NO_STORE, null, fields);
    }

    /**
     * Its JSON.
     *
     * @param path what was asked for, without its query
     */
    public String json(String path) {
        StringBuilder json = new StringBuilder(256).append('{');
        JsonText.field(json, "type", code.type()).append(',');
        JsonText.field(json, "title", code.title()).append(",\"status\":").append(code.status());
        JsonText.field(json.append(','), "detail", detail);
        JsonText.field(json.append(','), "instance", path);
        return JsonText.field(json.append(','), "code", code.word()).append('}').toString();
    }

    /** What a user wrote, cut where it is long. */
    public static String shown(String given) {
        return '"' + (given.length() > MAX_SHOWN ? given.substring(0, MAX_SHOWN) + "…" : given) + '"';
    }
}
