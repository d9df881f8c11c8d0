package io.ratemesh.launcher.front;

import java.util.Map;
import java.util.Optional;

/**
 * A node as it announces itself.
 *
 * @param state {@code STARTING}, {@code READY} or {@code DRAINING}
 * @param bookVersion the epoch milliseconds at which its book was made, 0 for none
 * @param cpu fraction of the whole machine, 0 to 1
 */
public record NodeView(
        String id,
        String role,
        String state,
        String host,
        int port,
        long bookVersion,
        int inFlight,
        double cpu,
        long rssBytes) {

    private static final String READY = "READY";

    public boolean isReady() {
        return state.equals(READY);
    }

    /** Empty for an entry without an id. */
    static Optional<NodeView> of(Map<?, ?> json) {
        return json.get("id") instanceof String id
                ? Optional.of(new NodeView(
                        id,
                        text(json, "role"),
                        text(json, "state"),
                        text(json, "host"),
                        number(json, "port").intValue(),
                        number(json, "bookVersion").longValue(),
                        number(json, "inFlight").intValue(),
                        number(json, "cpu").doubleValue(),
                        number(json, "rssBytes").longValue()))
                : Optional.empty();
    }

    private static String text(Map<?, ?> json, String key) {
        return json.get(key) instanceof String text ? text : "?";
    }

    private static Number number(Map<?, ?> json, String key) {
        return json.get(key) instanceof Number number ? number : 0;
    }
}
