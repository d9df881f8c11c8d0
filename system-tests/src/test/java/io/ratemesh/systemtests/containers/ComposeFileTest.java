package io.ratemesh.systemtests.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The image and the compose file, without Docker. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComposeFileTest {

    private static final Pattern VARIABLE = Pattern.compile("(RATEMESH_[A-Z0-9_]+)=(\\S*)");
    private static final Pattern MODULE = Pattern.compile("<module>(.*)</module>");
    private static final Pattern CONTAINER_PORT = Pattern.compile(":(\\d+)$");

    private final String dockerfile = DeployFile.text("Dockerfile");
    private final Map<String, Object> compose = DeployFile.yaml("docker-compose.yml");

    @ParameterizedTest
    @EnumSource
    void the_environment_of_a_service_is_made_of_settings_with_valid_values(NodeRole role) {
        Map<String, Object> service = service(role);

        Settings settings = settings(role);

        assertThat(service.get("command")).isEqualTo(List.of(role.word()));
        assertThat(settings.cluster().members())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(NodeRole.values()).map(NodeRole::word).toList());
    }

    @ParameterizedTest
    @EnumSource
    void a_service_has_more_time_to_stop_than_its_node_takes(NodeRole role) {
        Duration grace = Duration.parse(
                "PT" + String.valueOf(service(role).get("stop_grace_period")).toUpperCase(Locale.ROOT));

        assertThat(grace).isGreaterThan(settings(role).node().drainTimeout().plusSeconds(10));
    }

    @Test
    void published_and_scraped_ports_are_those_that_the_nodes_listen_on() {
        BalancerSettings balancer = settings(NodeRole.BALANCER).balancer();
        int front = balancer.http().listen().port();
        int stats = balancer.stats().listen().port();

        assertThat(DeployFile.list(service(NodeRole.BALANCER).get("ports")).stream()
                        .map(port -> containerPort(String.valueOf(port))))
                .containsExactly(front, stats);
        assertThat(dockerfile)
                .contains("EXPOSE " + front + " " + stats + " "
                        + settings(NodeRole.BALANCER).cluster().port());
        Map<String, Object> scraped = new TreeMap<>();
        DeployFile.list(DeployFile.yaml("deploy/prometheus/prometheus.yml").get("scrape_configs"))
                .forEach(job -> {
                    Map<String, Object> dns =
                            DeployFile.map(DeployFile.list(DeployFile.map(job).get("dns_sd_configs"))
                                    .get(0));
                    assertThat(dns.get("names"))
                            .isEqualTo(List.of(DeployFile.map(job).get("job_name")));
                    scraped.put(String.valueOf(DeployFile.map(job).get("job_name")), dns.get("port"));
                });
        assertThat(scraped)
                .isEqualTo(Map.of(
                        "rates", settings(NodeRole.RATES).rates().port(),
                        "converter", settings(NodeRole.CONVERTER).converter().port(),
                        "balancer", stats));
    }

    @Test
    void the_image_is_built_once_and_from_every_module_that_the_build_needs() {
        List<String> building = Stream.of(NodeRole.values())
                .filter(role -> service(role).containsKey("build"))
                .map(NodeRole::word)
                .toList();
        assertThat(building).containsExactly("rates");
        assertThat(Stream.of(NodeRole.values())
                        .map(role -> service(role).get("image"))
                        .distinct())
                .hasSize(1);

        assertThat(MODULE.matcher(DeployFile.text("pom.xml")).results().map(match -> match.group(1)))
                .isNotEmpty()
                .allSatisfy(module -> assertThat(dockerfile)
                        .containsPattern("COPY " + module + "(/pom.xml " + module + "/| " + module + ")\n"));
    }

    @Test
    void every_folder_that_is_mounted_is_there() {
        Stream.of("prometheus", "grafana")
                .flatMap(name ->
                        DeployFile.list(DeployFile.map(DeployFile.map(compose.get("services"))
                                                .get(name))
                                        .get("volumes"))
                                .stream())
                .map(String::valueOf)
                .filter(volume -> volume.startsWith("./"))
                .map(volume -> volume.substring(2, volume.indexOf(':')))
                .forEach(folder -> assertThat(DeployFile.below(folder, "")).hasSizeGreaterThan(1));
    }

    private Map<String, Object> service(NodeRole role) {
        return DeployFile.map(DeployFile.map(compose.get("services")).get(role.word()));
    }

    private Settings settings(NodeRole role) {
        Map<String, String> environment = new TreeMap<>();
        VARIABLE.matcher(dockerfile).results().forEach(each -> environment.put(each.group(1), each.group(2)));
        DeployFile.map(service(role).get("environment"))
                .forEach((name, value) -> environment.put(name, String.valueOf(value)));
        environment.put("RATEMESH_JAVA_OPTS", "");
        return Settings.load(Optional.empty(), List.of(), environment);
    }

    private static int containerPort(String published) {
        return CONTAINER_PORT
                .matcher(published)
                .results()
                .map(MatchResult::group)
                .map(port -> Integer.valueOf(port.substring(1)))
                .findFirst()
                .orElseThrow();
    }
}
