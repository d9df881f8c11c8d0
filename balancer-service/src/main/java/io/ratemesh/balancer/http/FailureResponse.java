package io.ratemesh.balancer.http;

import io.ratemesh.assets.PageHeaders;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** Answers for an upstream that did not: problem JSON (RFC 9457) for programs, a small page for people. */
public final class FailureResponse {

    private static final String RETRY_AFTER_SECONDS = "1";
    private static final String PAGE = """
            <!doctype html>
            <html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>%1$s</title><h1>%1$s</h1><p>%2$s</p></html>
            """;

    private FailureResponse() {}

    /** Sends the answer in the form the request is likely to understand; returns the bytes of its body. */
    public static int send(HttpServerRequest request, ProxyFailure failure) {
        return send(request, failure, isForPrograms(request));
    }

    private static boolean isForPrograms(HttpServerRequest request) {
        String target = request.uri();
        if (target.startsWith("/api/") || isForFrankfurter(target)) {
            return true;
        }
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("json") && !accept.contains("html");
    }

    /** Clients of Frankfurter read {@code message}, and nothing else, of every error. */
    private static boolean isForFrankfurter(String target) {
        return target.startsWith("/v1") && (target.length() == 3 || target.charAt(3) == '/' || target.charAt(3) == '?');
    }

    /** Sends the answer; returns the bytes of its body. */
    public static int send(HttpServerRequest request, ProxyFailure failure, boolean forPrograms) {
        HttpServerResponse response = request.response();
        response.setStatusCode(failure.status());
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (failure == ProxyFailure.NONE_AVAILABLE) {
            response.putHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        Buffer body;
        if (forPrograms) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json");
            response.putHeader("Access-Control-Allow-Origin", "*");
            response.putHeader("Access-Control-Expose-Headers", "Retry-After");
            body = problem(request, failure).toBuffer();
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8");
            PageHeaders.page().forEach(response::putHeader);
            body = Buffer.buffer(PAGE.formatted(failure.title(), failure.detail()));
        }
        // Over HTTP/2 Vert.x would send it to HEAD as well.
        response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
            return 0;
        }
        response.end(body);
        return body.length();
    }

    private static JsonObject problem(HttpServerRequest request, ProxyFailure failure) {
        JsonObject problem = new JsonObject()
                .put("type", "/api/problems/" + failure.code())
                .put("title", failure.title())
                .put("status", failure.status())
                .put("detail", failure.detail())
                .put("code", failure.code());
        if (isForFrankfurter(request.uri())) {
            problem.put("message", failure.detail());
        }
        String path = request.path();
        return path == null ? problem : problem.put("instance", path);
    }
}
