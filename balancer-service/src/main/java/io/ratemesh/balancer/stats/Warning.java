package io.ratemesh.balancer.stats;

import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * Something that needs a person.
 *
 * @param code a stable name for programs
 * @param subject the name of a pool, feed, file or cluster
 * @param detail one sentence for a person
 */
public record Warning(Severity severity, String code, String subject, String detail) {

    /** How urgent it is. */
    public enum Severity {
        /** Clients get errors, or will soon. */
        CRITICAL,
        /** Nothing fails yet. */
        WARNING
    }

    /** The warning in {@code /stats.json}. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("severity", severity.name().toLowerCase(Locale.ROOT))
                .put("code", code)
                .put("subject", subject)
                .put("detail", detail);
    }
}
