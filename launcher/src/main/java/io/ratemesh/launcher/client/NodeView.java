package io.ratemesh.launcher.client;

import java.util.Map;
import java.util.Optional;

/**
 * A node in {@code /stats.json}.
 *
 * @param state {@code STARTING}, {@code READY} or {@code DRAINING}
 * @param bookVersion the version of its book, in milliseconds since 1970; 0 for none
 * @param cpu fraction of the whole machine, 0 to 1
 * @param build the release, and its commit if the build knew it
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
        long rssBytes,
        String build) {

    private static final String READY = "READY";

    public boolean isReady() {
        return state.equals(READY);
    }

    /** Its address with its port. */
    public String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Reads an entry; empty without an id. */
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
                        number(json, "rssBytes").longValue(),
                        text(json, "build")))
                : Optional.empty();
    }

    private static String text(Map<?, ?> json, String key) {
        return json.get(key) instanceof String text ? text : "?";
    }

    private static Number number(Map<?, ?> json, String key) {
        return json.get(key) instanceof Number number ? number : 0;
    }
}
