package io.ratemesh.launcher.client;

import io.ratemesh.launcher.state.ClusterSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Requests to the stats port of the balancer. */
public final class StatsClient {

    private static final String PASSWORD = "RATEMESH_BALANCER_STATS_PASSWORD";

    private final ClusterSnapshot snapshot;
    private final Map<String, String> environment;

    public StatsClient(ClusterSnapshot snapshot, Map<String, String> environment) {
        this.snapshot = snapshot;
        this.environment = environment;
    }

    /** All nodes of the cluster; empty without a response or if the password is wrong. */
    public Optional<List<NodeView>> nodes() {
        return HttpGet.send(snapshot.stats().uri("/stats.json"), credentials())
                .filter(response -> response.status() == 200)
                .map(response -> parse(response.body()));
    }

    /** The number of nodes of a role that are READY. */
    public long ready(String role) {
        return nodes().orElse(List.of()).stream()
                .filter(node -> node.role().equals(role) && node.isReady())
                .count();
    }

    public boolean isReady(String id) {
        return findReady(id).isPresent();
    }

    /** A node, if it is READY. */
    public Optional<NodeView> findReady(String id) {
        return nodes().orElse(List.of()).stream()
                .filter(node -> node.id().equals(id) && node.isReady())
                .findAny();
    }

    /** Orders a number of converters, or automatic scaling if it is empty. */
    public ScaleResponse scale(OptionalInt converters) {
        String order = converters.isPresent() ? "{\"converters\":" + converters.getAsInt() + "}" : "{\"auto\":true}";
        return ScaleResponse.of(HttpPost.send(snapshot.stats().uri("/admin/scale"), credentials(), order));
    }

    // The balancer generates the password at its first start, so it is read for each request.
    private Optional<String> credentials() {
        return Optional.ofNullable(environment.get(PASSWORD))
                .or(() -> read(snapshot.passwordFile()))
                .map(password -> snapshot.statsUser() + ":" + password);
    }

    private static Optional<String> read(Path passwordFile) {
        try {
            return Optional.of(Files.readString(passwordFile).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static List<NodeView> parse(String body) {
        return object(body).get("nodes") instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .map(node -> NodeView.of((Map<?, ?>) node))
                        .flatMap(Optional::stream)
                        .toList()
                : List.of();
    }

    /** The field of a JSON object; empty text without one. */
    static String text(String body, String field) {
        return object(body).get(field) instanceof String text ? text : "";
    }

    /** JSON is a subset of YAML 1.2, so the YAML parser reads it. */
    private static Map<?, ?> object(String body) {
        try {
            Object root = new Load(LoadSettings.builder().build()).loadFromString(body);
            return root instanceof Map<?, ?> map ? map : Map.of();
        } catch (YamlEngineException e) {
            return Map.of();
        }
    }
}
