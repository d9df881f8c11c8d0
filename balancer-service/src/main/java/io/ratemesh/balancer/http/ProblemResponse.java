package io.ratemesh.balancer.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.ratemesh.assets.PageHeaders;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A response that the balancer itself makes because a request failed or is rejected: problem JSON (RFC 9457) for programs, a small
 * page for browsers. It is immutable, and can be sent through Vert.x or as bytes of HTTP/1.1. Caches never store it.
 */
public final class ProblemResponse {

    /** The representation of a problem. */
    public enum Format {
        PAGE,
        JSON,
        /** JSON with the detail as {@code message} too: the only member that clients of Frankfurter read. */
        JSON_WITH_MESSAGE;

        /** The format that the client of a request can read: by the path, else by {@code Accept}. */
        public static Format of(HttpServerRequest request) {
            String target = request.uri();
            if (RequestPaths.isFrankfurter(target)) {
                return JSON_WITH_MESSAGE;
            }
            return RequestPaths.isApi(target) || prefersJson(request) ? JSON : PAGE;
        }

        private static boolean prefersJson(HttpServerRequest request) {
            String accept = request.getHeader(HttpHeaders.ACCEPT);
            return accept != null && accept.contains("json") && !accept.contains("html");
        }
    }

    private static final String PAGE = """
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>%1$s</title><h1>%1$s</h1><p>%2$s</p></html>
            """;

    private final int status;
    private final List<Map.Entry<String, String>> fields;
    private final byte[] body;

    private ProblemResponse(int status, List<Map.Entry<String, String>> fields, byte[] body) {
        this.status = status;
        this.fields = fields;
        this.body = body;
    }

    /** The problem in a format, for any origin. */
    public static ProblemResponse of(ProblemDetail problem, Format format) {
        return of(problem, format, Map.of());
    }

    /**
     * The problem in a format, for any origin.
     *
     * @param members further members of the JSON (RFC 9457 §3.2)
     */
    public static ProblemResponse of(ProblemDetail problem, Format format, Map<String, String> members) {
        if (format == Format.PAGE) {
            return page(problem.status(), PAGE.formatted(problem.title(), problem.detail()));
        }
        JsonObject json = members(problem);
        members.forEach(json::put);
        if (format == Format.JSON_WITH_MESSAGE) {
            json.put("message", problem.detail());
        }
        return json(problem.status(), json).forAnyOrigin();
    }

    /** The problem as JSON for pages of the same origin only. */
    public static ProblemResponse ofSameOrigin(ProblemDetail problem) {
        return json(problem.status(), members(problem));
    }

    /** A page of this HTML. */
    public static ProblemResponse page(int status, String html) {
        ProblemResponse response = bodiless(status).withBody("text/html; charset=utf-8", html.getBytes(UTF_8));
        PageHeaders.page().forEach((name, value) -> response.fields.add(Map.entry(name, value)));
        return response;
    }

    /** A page of the operator, in UTF-8. What it may load is not restricted. */
    static ProblemResponse ownPage(int status, byte[] html) {
        return bodiless(status).withBody("text/html; charset=utf-8", html);
    }

    /** A status and fields alone, where nothing is known of the request. */
    public static ProblemResponse bodiless(int status) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        fields.add(Map.entry("Cache-Control", "no-store"));
        return new ProblemResponse(status, fields, new byte[0]);
    }

    public int status() {
        return status;
    }

    /** This response with one field more. */
    public ProblemResponse with(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(fields);
        more.add(Map.entry(name, value));
        return new ProblemResponse(status, more, body);
    }

    /** This response with the time after which the client may try again (RFC 9110 §10.2.3). */
    public ProblemResponse withRetryAfter(long seconds) {
        return with("Retry-After", String.valueOf(seconds));
    }

    /** This response for scripts of any origin. */
    public ProblemResponse forAnyOrigin() {
        return with("Access-Control-Allow-Origin", "*").with("Access-Control-Expose-Headers", "Retry-After");
    }

    /** Sends it, without its body to HEAD; returns the bytes of the body that are sent. */
    public int send(HttpServerRequest request) {
        HttpServerResponse response = request.response().setStatusCode(status);
        fields.forEach(field -> response.putHeader(field.getKey(), field.getValue()));
        // Over HTTP/2, Vert.x sends a body to HEAD as well.
        response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
            return 0;
        }
        response.end(Buffer.buffer(body));
        return body.length;
    }

    /**
     * The bytes of it as the last response of an HTTP/1.1 connection.
     *
     * @param withBody false for HEAD
     */
    public byte[] toHttp1(boolean withBody) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + HttpResponseStatus.valueOf(status) + "\r\n");
        head.append("Connection: close\r\nContent-Length: ").append(body.length).append("\r\n");
        fields.forEach(field -> head.append(field.getKey())
                .append(": ")
                .append(field.getValue())
                .append("\r\n"));
        Buffer bytes = Buffer.buffer(head.append("\r\n").toString());
        return (withBody ? bytes.appendBytes(body) : bytes).getBytes();
    }

    private static JsonObject members(ProblemDetail problem) {
        return new JsonObject()
                .put("type", problem.type())
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", problem.detail())
                .put("code", problem.code());
    }

    private static ProblemResponse json(int status, JsonObject json) {
        return bodiless(status)
                .withBody("application/problem+json", json.toBuffer().getBytes());
    }

    private ProblemResponse withBody(String type, byte[] content) {
        ProblemResponse typed = with("Content-Type", type);
        return new ProblemResponse(status, typed.fields, content);
    }
}
