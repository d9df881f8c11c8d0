package io.ratemesh.balancer.admin;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** What may go wrong at the operators' port, as problem JSON (RFC 9457). */
enum StatsProblem {
    BAD_REQUEST(400, "The request is not understood"),
    NOT_LOGGED_IN(401, "Not logged in"),
    NOT_ALLOWED(403, "Not allowed"),
    CROSS_SITE(403, "Another site asked"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "Not with this method"),
    NO_SCALER(409, "There is no scaler"),
    TOO_LARGE(413, "The body is too large"),
    NOT_JSON(415, "The body is not JSON"),
    NOT_RELOADED(422, "The settings were not taken over"),
    TOO_MANY_FAILURES(429, "Too many wrong passwords"),
    FAILED(500, "It failed"),
    TOO_MANY_READERS(503, "Too many readers");

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
