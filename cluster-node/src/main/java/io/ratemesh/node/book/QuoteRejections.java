package io.ratemesh.node.book;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What of a feed's answers was not believed. Only words of ours and codes of ISO 4217, nothing a provider wrote.
 *
 * @param refused how many quotes were refused since the leader began to lead, by reason
 * @param last the last refusal, whether or not the feed has mended since
 * @param held the currencies whose newest quote of this feed is held back now, each with the reason
 */
public record QuoteRejections(Map<String, Long> refused, Optional<LastRefusal> last, Map<String, String> held) {

    /** No doubt at all. */
    public static final QuoteRejections NONE = new QuoteRejections(Map.of(), Optional.empty(), Map.of());

    public QuoteRejections {
        refused = Map.copyOf(refused);
        held = Map.copyOf(held);
    }

    /**
     * One refusal.
     *
     * @param at when
     * @param detail a few words for a person
     */
    public record LastRefusal(Instant at, String detail) {}

    void put(JsonObject report) {
        report.put("refused", sorted(refused))
                .put(
                        "lastRefusal",
                        last.map(refusal -> new JsonObject()
                                        .put("at", refusal.at().toString())
                                        .put("detail", refusal.detail()))
                                .orElse(null))
                .put("held", sorted(held));
    }

    private static JsonObject sorted(Map<String, ?> entries) {
        JsonObject json = new JsonObject();
        new TreeMap<>(entries).forEach(json::put);
        return json;
    }
}
