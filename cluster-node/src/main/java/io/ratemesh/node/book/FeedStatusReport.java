package io.ratemesh.node.book;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The status of one feed on the leading rates node, which publishes it on {@link #ADDRESS} as {@code {"leader": id,
 * "feeds": [...]}} on every change and every few seconds.
 *
 * @param name of the feed
 * @param lastTry when it was last polled
 * @param lastSuccess when a poll last returned rates
 * @param nextTry when it is polled next
 * @param lastError why the last poll failed; empty after a success; never contains a secret
 * @param currencies how many currencies the last good response had
 * @param circuit the circuit breaker
 * @param rejections the rejected quotes
 */
public record FeedStatusReport(
        String name,
        Optional<Instant> lastTry,
        Optional<Instant> lastSuccess,
        Optional<Instant> nextTry,
        Optional<String> lastError,
        int currencies,
        CircuitState circuit,
        QuoteRejections rejections) {

    /** The event-bus address. */
    public static final String ADDRESS = "rates.feeds";

    /** A feed without rejected quotes. */
    public FeedStatusReport(
            String name,
            Optional<Instant> lastTry,
            Optional<Instant> lastSuccess,
            Optional<Instant> nextTry,
            Optional<String> lastError,
            int currencies) {
        this(name, lastTry, lastSuccess, nextTry, lastError, currencies, CircuitState.CLOSED, QuoteRejections.NONE);
    }

    /** This status with other rejections. */
    public FeedStatusReport with(QuoteRejections newRejections) {
        return new FeedStatusReport(name, lastTry, lastSuccess, nextTry, lastError, currencies, circuit, newRejections);
    }

    /** The message, and the feed in {@code /api/v1/status}; an unknown value is null. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("name", name)
                .put("lastTry", text(lastTry))
                .put("lastSuccess", text(lastSuccess))
                .put("nextTry", text(nextTry))
                .put("lastError", lastError.orElse(null))
                .put("currencies", currencies)
                .put("circuit", circuit.word());
        rejections.put(json);
        return json;
    }

    private static @Nullable String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }
}
