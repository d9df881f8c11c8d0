package io.ratemesh.node.book;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rejected quotes of a feed. Contains only our own reasons and ISO 4217 codes, never text of a provider.
 *
 * @param refused how many quotes were rejected since this node leads, by reason
 * @param last the last rejection, even if the feed has recovered since
 * @param held the currencies whose newest quote of this feed is held back now, with the reason
 */
public record QuoteRejections(Map<String, Long> refused, Optional<LastRefusal> last, Map<String, String> held) {

    /** No rejections. */
    public static final QuoteRejections NONE = new QuoteRejections(Map.of(), Optional.empty(), Map.of());

    public QuoteRejections {
        refused = Map.copyOf(refused);
        held = Map.copyOf(held);
    }

    /** One rejection, with a short description. */
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
