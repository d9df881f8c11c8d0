package io.ratemesh.node.book;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one feed is doing, as the leading rates node sees it; published on {@link #ADDRESS} as {@code {"leader": id,
 * "feeds": [...]}} on every change and every few seconds, so that nobody has to ask.
 *
 * @param name which feed
 * @param lastTry when it was last asked
 * @param lastSuccess when it last answered with rates
 * @param nextTry when it is asked next
 * @param lastError what was wrong the last time, gone with the next success; never a secret
 * @param currencies how many currencies its last good answer had
 * @param circuit whether it is asked in its rhythm or left alone after many failures
 * @param doubts what of its answers was not believed
 */
public record FeedStatusReport(
        String name,
        Optional<Instant> lastTry,
        Optional<Instant> lastSuccess,
        Optional<Instant> nextTry,
        Optional<String> lastError,
        int currencies,
        CircuitState circuit,
        QuoteRejections doubts) {

    /** Where the leader tells how the feeds are. */
    public static final String ADDRESS = "rates.feeds";

    /** A feed nobody doubts. */
    public FeedStatusReport(
            String name,
            Optional<Instant> lastTry,
            Optional<Instant> lastSuccess,
            Optional<Instant> nextTry,
            Optional<String> lastError,
            int currencies) {
        this(name, lastTry, lastSuccess, nextTry, lastError, currencies, CircuitState.CLOSED, QuoteRejections.NONE);
    }

    /** The same with what of its answers was not believed. */
    public FeedStatusReport with(QuoteRejections known) {
        return new FeedStatusReport(name, lastTry, lastSuccess, nextTry, lastError, currencies, circuit, known);
    }

    /** The message, and the feed in {@code /api/v1/status}: what is unknown is null. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("name", name)
                .put("lastTry", text(lastTry))
                .put("lastSuccess", text(lastSuccess))
                .put("nextTry", text(nextTry))
                .put("lastError", lastError.orElse(null))
                .put("currencies", currencies)
                .put("circuit", circuit.word());
        doubts.put(json);
        return json;
    }

    private static @Nullable String text(Optional<Instant> instant) {
        return instant.map(Instant::toString).orElse(null);
    }
}
