package io.ratemesh.balancer.admin;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** What may go wrong at the operators' port, as problem JSON (RFC 9457). */
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

    /** Its stable word. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Answers with it. */
    void send(RoutingContext ask, String detail) {
        JsonObject problem = new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("code", code());
        ask.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Cache-Control", "no-store")
                .end(problem.toBuffer());
    }
}
