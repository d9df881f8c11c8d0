package io.ratemesh.balancer.http;

import io.ratemesh.balancer.http.ProblemResponse.Format;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/** Why the balancer responds by itself instead of an upstream. */
public enum ProxyFailure {
    BAD_REQUEST(
            400,
            "bad-request",
            "Bad request",
            "The request target or Host is not valid. Use a path without dot segments, and one host."),
    CONTENT_TOO_LARGE(
            413, "content-too-large", "Content too large", "The body of the request is larger than allowed here."),
    UPSTREAM_BROKE(502, "upstream-broke", "Bad gateway", "The upstream failed before it responded. Please try again."),
    NONE_AVAILABLE(503, "none-available", "Unavailable", "No upstream is available right now. Please try again."),
    UPSTREAM_SLOW(504, "upstream-slow", "Gateway timeout", "The upstream did not respond in time. Please try again.");

    private static final int RETRY_AFTER_SECONDS = 1;

    private final int status;
    private final String code;
    private final String title;
    private final String detail;

    ProxyFailure(int status, String code, String title, String detail) {
        this.status = status;
        this.code = code;
        this.title = title;
        this.detail = detail;
    }

    public int status() {
        return status;
    }

    /** Responds in the format that the client can read; returns the bytes of the body that are sent. */
    public int send(HttpServerRequest request) {
        return send(request, ErrorPages.NONE);
    }

    /** Responds in the format that the client can read, to browsers with the operator's own page if there is one. */
    public int send(HttpServerRequest request, ErrorPages pages) {
        Format format = Format.of(request);
        byte[] page = format == Format.PAGE ? pages.page(status) : null;
        ProblemResponse response = page == null ? problem(request, format) : ProblemResponse.ownPage(status, page);
        return (this == NONE_AVAILABLE ? response.withRetryAfter(RETRY_AFTER_SECONDS) : response).send(request);
    }

    private ProblemResponse problem(HttpServerRequest request, Format format) {
        String path = request.path();
        return ProblemResponse.of(
                ProblemDetail.documented(status, code, title, detail),
                format,
                path == null ? Map.of() : Map.of("instance", path));
    }
}
