package io.ratemesh.node.announce;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What a node announces about itself.
 *
 * @param id unique in the cluster
 * @param member the UUID of its Hazelcast member
 * @param role of the node
 * @param host the address of its HTTP
 * @param port of its HTTP; 0 before it listens
 * @param state in its lifecycle
 * @param bookVersion the version of its newest book; 0 for none
 * @param load of its process
 * @param build its release
 * @param startedAt when its process started
 */
public record Announcement(
        String id,
        String member,
        NodeRole role,
        String host,
        int port,
        NodeState state,
        long bookVersion,
        Load load,
        String build,
        Instant startedAt) {

    Announcement withPort(int newPort) {
        return new Announcement(id, member, role, host, newPort, state, bookVersion, load, build, startedAt);
    }

    Announcement withState(NodeState newState) {
        return new Announcement(id, member, role, host, port, newState, bookVersion, load, build, startedAt);
    }

    Announcement withBookVersion(long newBookVersion) {
        return new Announcement(id, member, role, host, port, state, newBookVersion, load, build, startedAt);
    }

    Announcement withLoad(Load newLoad) {
        return new Announcement(id, member, role, host, port, state, bookVersion, newLoad, build, startedAt);
    }

    /** The message on the event bus and the node in {@code /stats.json}. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("id", id)
                .put("member", member)
                .put("role", role.word())
                .put("host", host)
                .put("port", port)
                .put("state", state.name())
                .put("bookVersion", bookVersion)
                .put("inFlight", load.inFlight())
                .put("streams", load.streams())
                .put("cpu", load.cpu())
                .put("loopLagMillis", load.loopLagMillis())
                .put("heapBytes", load.heapBytes())
                .put("rssBytes", load.rssBytes())
                .put("processors", load.processors())
                .put("converterRequests", load.converterRequests())
                .put("build", build)
                .put("startedAt", startedAt.toString());
    }

    /**
     * Parses a message. Unknown fields are ignored, and a state that a later release has added counts as STARTING: the node is
     * present, and gets no requests.
     *
     * @return empty if this release cannot read the message
     */
    public static Optional<Announcement> fromJson(JsonObject json) {
        try {
            String id = json.getString("id");
            String member = json.getString("member");
            String host = json.getString("host");
            String state = json.getString("state");
            if (id == null || member == null || host == null || state == null) {
                return Optional.empty();
            }
            Load load = new Load(
                    (int) number(json, "inFlight"),
                    (int) number(json, "streams"),
                    json.getValue("cpu") == null ? 0 : json.getDouble("cpu"),
                    number(json, "loopLagMillis"),
                    number(json, "heapBytes"),
                    number(json, "rssBytes"),
                    (int) number(json, "processors"),
                    (int) number(json, "converterRequests"));
            return NodeRole.of(text(json, "role"))
                    .map(role -> new Announcement(
                            id,
                            member,
                            role,
                            host,
                            (int) number(json, "port"),
                            NodeState.of(state),
                            number(json, "bookVersion"),
                            load,
                            text(json, "build"),
                            Instant.parse(text(json, "startedAt"))));
        } catch (ClassCastException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The number; zero if it is missing or null. */
    private static long number(JsonObject json, String field) {
        Long value = json.getLong(field);
        return value == null ? 0 : value;
    }

    private static String text(JsonObject json, String field) {
        String value = json.getString(field);
        return value == null ? "" : value;
    }
}
