package io.ratemesh.systemtests.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The alerts of Prometheus and the dashboards of Grafana, without either. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MonitoringFilesTest {

    private static final String DASHBOARDS = "deploy/grafana/dashboards";
    private static final Pattern METRIC = Pattern.compile("\\b(?:ratemesh|jvm|process|system|vertx)_[a-z0-9_]+\\b");
    private static final Pattern ROW = Pattern.compile("^\\| `ratemesh_[^|]*", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`([a-z0-9_]+)[^`]*`");
    private static final Pattern FAMILY = Pattern.compile("_(bucket|count|sum)$");

    @Test
    void every_alert_has_an_expression_a_severity_and_a_summary() {
        List<Map<String, Object>> rules = rules();

        assertThat(rules).hasSizeGreaterThan(15).allSatisfy(rule -> {
            assertThat(rule).containsKeys("alert", "expr");
            assertThat(DeployFile.map(rule.getOrDefault("labels", Map.of())).get("severity"))
                    .isIn("page", "ticket");
            assertThat(String.valueOf(DeployFile.map(rule.getOrDefault("annotations", Map.of()))
                            .get("summary")))
                    .isNotBlank();
        });
        assertThat(rules.stream().map(rule -> rule.get("alert"))).doesNotHaveDuplicates();
    }

    @Test
    void every_panel_of_a_dashboard_asks_the_provisioned_source() {
        Object source = DeployFile.map(
                        DeployFile.list(DeployFile.yaml("deploy/grafana/provisioning/datasources/prometheus.yml")
                                        .get("datasources"))
                                .get(0))
                .get("uid");

        assertThat(panels())
                .hasSizeGreaterThan(15)
                .allSatisfy(panel -> assertThat(panel.getJsonArray("targets"))
                        .isNotEmpty()
                        .allSatisfy(target -> assertThat(((JsonObject) target)
                                        .getJsonObject("datasource")
                                        .getString("uid"))
                                .isEqualTo(source)));
    }

    @Test
    void the_dashboards_are_mounted_where_grafana_looks_for_them() {
        Map<String, Object> provider =
                DeployFile.map(DeployFile.list(DeployFile.yaml("deploy/grafana/provisioning/dashboards/files.yml")
                                .get("providers"))
                        .get(0));
        Object path = DeployFile.map(provider.getOrDefault("options", Map.of())).get("path");

        assertThat(DeployFile.text("docker-compose.yml"))
                .contains("./" + DASHBOARDS + ":" + path + ":ro")
                .contains("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: " + path + "/ratemesh.json");
    }

    @Test
    void every_metric_of_an_alert_or_a_panel_is_one_of_the_nodes() {
        Set<String> known = documented();
        known.addAll(ofEveryJvm());
        Set<String> used = new TreeSet<>();
        expressions()
                .forEach(expression -> METRIC.matcher(expression)
                        .results()
                        .map(match -> FAMILY.matcher(match.group()).replaceFirst(""))
                        .forEach(used::add));

        assertThat(used).hasSizeGreaterThan(30);
        assertThat(known).containsAll(used);
    }

    private static Stream<String> expressions() {
        Stream<String> alerts = rules().stream().map(rule -> String.valueOf(rule.get("expr")));
        Stream<String> targets = panels().stream()
                .flatMap(panel -> panel.getJsonArray("targets").stream())
                .map(target -> ((JsonObject) target).getString("expr"));
        return Stream.concat(alerts, targets);
    }

    private static List<Map<String, Object>> rules() {
        List<Map<String, Object>> rules = new ArrayList<>();
        DeployFile.list(DeployFile.yaml("deploy/prometheus/alerts.yml").get("groups"))
                .forEach(group -> DeployFile.list(DeployFile.map(group).get("rules"))
                        .forEach(rule -> rules.add(DeployFile.map(rule))));
        return rules;
    }

    /** The panels of all dashboards except headings. */
    private static List<JsonObject> panels() {
        return DeployFile.below(DASHBOARDS, ".json").stream()
                .flatMap(file -> new JsonObject(DeployFile.text(file)).getJsonArray("panels").stream())
                .map(panel -> (JsonObject) panel)
                .filter(panel -> !panel.getString("type").equals("row"))
                .toList();
    }

    /** The metrics that docs/operations.md lists. A name that begins with {@code _} continues the begin of the first in its row. */
    private static Set<String> documented() {
        Set<String> names = new TreeSet<>();
        ROW.matcher(DeployFile.text("docs/operations.md")).results().forEach(row -> {
            List<String> written = CODE.matcher(row.group())
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            String[] first = written.get(0).split("_");
            for (String name : written) {
                String prefix = name.startsWith("_" + first[1] + "_") ? first[0] : first[0] + "_" + first[1];
                names.add(name.startsWith("_") ? prefix + name : name);
            }
        });
        return names;
    }

    /** The metrics that Vert.x registers in every node, and their families. */
    private static Set<String> ofEveryJvm() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (JvmGcMetrics collections = new JvmGcMetrics()) {
            collections.bindTo(registry);
            new JvmMemoryMetrics().bindTo(registry);
            new ProcessorMetrics().bindTo(registry);
            await().until(() -> {
                System.gc();
                return registry.scrape().contains("jvm_gc_pause_seconds");
            });
        }
        Set<String> names = new TreeSet<>();
        METRIC.matcher(registry.scrape())
                .results()
                .map(match -> FAMILY.matcher(match.group()).replaceFirst(""))
                .forEach(names::add);
        return names;
    }
}
