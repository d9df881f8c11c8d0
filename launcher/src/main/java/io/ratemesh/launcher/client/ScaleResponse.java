package io.ratemesh.launcher.client;

import java.util.Optional;

/**
 * The response to an order for the scaler.
 *
 * @param status 0 without a response
 * @param detail why it was rejected
 */
public record ScaleResponse(int status, String detail) {

    private static final int NOT_FOUND = 404;
    private static final int NO_SCALER = 409;

    static ScaleResponse of(Optional<HttpGet.Response> response) {
        return response.map(got -> new ScaleResponse(got.status(), StatsClient.text(got.body(), "detail")))
                .orElse(new ScaleResponse(0, "the balancer does not respond"));
    }

    /** Whether the scaler carries it out. */
    public boolean isAccepted() {
        return status == 200;
    }

    /** Whether there is no scaler that could. */
    public boolean isWithoutScaler() {
        return status == 0 || status == NOT_FOUND || status == NO_SCALER;
    }
}
