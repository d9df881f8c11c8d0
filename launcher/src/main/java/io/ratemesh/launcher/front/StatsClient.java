package io.ratemesh.launcher.front;

import io.ratemesh.launcher.state.ClusterSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The operators' port of the balancer. */
public final class StatsClient {

    private static final String PASSWORD = "RATEMESH_BALANCER_STATS_PASSWORD";

    private final ClusterSnapshot facts;
    private final Map<String, String> environment;

    public StatsClient(ClusterSnapshot facts, Map<String, String> environment) {
        this.facts = facts;
        this.environment = environment;
    }

    /** All nodes of the cluster, whoever started them; empty where the balancer does not answer or lets nobody in. */
    public Optional<List<NodeView>> nodes() {
        return HttpGet.ask(facts.stats().uri("/stats.json"), credentials())
                .filter(answer -> answer.status() == 200)
                .map(answer -> parse(answer.body()));
    }

    /** How many nodes of a role are READY. */
    public long ready(String role) {
        return nodes().orElse(List.of()).stream()
                .filter(node -> node.role().equals(role) && node.isReady())
                .count();
    }

    public boolean isReady(String id) {
        return nodes().orElse(List.of()).stream().anyMatch(node -> node.id().equals(id) && node.isReady());
    }

    // The balancer makes the password when it starts, so it is read again for each question.
    private Optional<String> credentials() {
        return Optional.ofNullable(environment.get(PASSWORD))
                .or(() -> read(facts.passwordFile()))
                .map(password -> facts.statsUser() + ":" + password);
    }

    private static Optional<String> read(Path passwordFile) {
        try {
            return Optional.of(Files.readString(passwordFile).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** JSON is YAML 1.2, so the reader of the settings reads it too. */
    static List<NodeView> parse(String body) {
        try {
            Object root = new Load(LoadSettings.builder().build()).loadFromString(body);
            Object nodes = root instanceof Map<?, ?> map ? map.get("nodes") : null;
            return nodes instanceof List<?> list
                    ? list.stream()
                            .filter(Map.class::isInstance)
                            .map(node -> NodeView.of((Map<?, ?>) node))
                            .flatMap(Optional::stream)
                            .toList()
                    : List.of();
        } catch (YamlEngineException e) {
            return List.of();
        }
    }
}
