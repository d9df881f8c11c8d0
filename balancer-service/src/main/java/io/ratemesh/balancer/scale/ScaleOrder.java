package io.ratemesh.balancer.scale;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/**
 * An order of an operator to the scaler. Of two orders the later one counts.
 *
 * @param converters to run, of {@link Mode#MANUAL}; otherwise 0
 * @param at when it was given, in milliseconds since 1970; 0 for the initial one, which no operator gave
 * @param by who gave it
 */
record ScaleOrder(Mode mode, int converters, long at, String by) {

    static final ScaleOrder INITIAL = new ScaleOrder(Mode.AUTO, 0, 0, "the settings");

    /** Who decides the number of converters. */
    enum Mode {
        /** Nobody. */
        OFF,
        /** The scaler. */
        AUTO,
        /** The operator. */
        MANUAL;

        /** Its name in JSON. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    String encode() {
        return new JsonObject()
                .put("mode", mode.name())
                .put("converters", converters)
                .put("at", at)
                .put("by", by)
                .encode();
    }

    /** The reverse of {@link #encode}; empty for what this release cannot read. */
    static Optional<ScaleOrder> decode(String text) {
        try {
            JsonObject json = new JsonObject(text);
            return Optional.of(new ScaleOrder(
                    Mode.valueOf(json.getString("mode", "")),
                    json.getInteger("converters", 0),
                    json.getLong("at", 0L),
                    json.getString("by", "")));
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
