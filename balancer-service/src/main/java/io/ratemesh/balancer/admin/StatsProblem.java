package io.ratemesh.balancer.admin;

import io.ratemesh.balancer.http.ProblemDetail;
import io.ratemesh.balancer.http.ProblemResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** The problems of the stats port, as problem JSON (RFC 9457). */
enum StatsProblem {
    BAD_REQUEST(400, "Bad request"),
    UNAUTHORIZED(401, "Authentication required"),
    FORBIDDEN(403, "Forbidden"),
    CROSS_SITE(403, "Cross-site request"),
    NOT_FOUND(404, "Not found"),
    METHOD_NOT_ALLOWED(405, "Method not allowed"),
    NO_SCALER(409, "No scaler"),
    CONTENT_TOO_LARGE(413, "Content too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
    RELOAD_REJECTED(422, "The settings were rejected"),
    TOO_MANY_FAILED_LOGINS(429, "Too many failed logins"),
    INTERNAL(500, "Internal error"),
    TOO_MANY_STREAMS(503, "Too many streams");

    private final int status;
    private final String title;

    StatsProblem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** A stable identifier for programs. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Sends it as the response. */
    void send(RoutingContext context, String detail) {
        ProblemResponse.ofSameOrigin(new ProblemDetail(status, "about:blank", title, detail, code()))
                .send(context.request());
    }
}
