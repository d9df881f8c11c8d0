package io.ratemesh.systemtests.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests have the fields that Kubernetes knows, and agree with each other, the image and the settings. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KubernetesManifestsTest {

    private static final Path SETTINGS = KustomizedFolders.BASE.resolve("ratemesh.yaml");

    /** What a node needs beyond the time in which its requests end: to be heard, and to leave the cluster. */
    private static final Duration LEAVING = Duration.ofSeconds(10);

    /** Keys that Kubernetes does not define; all those of labels have a slash. */
    private static final Set<String> FREE_KEYS = Set.of("cpu", "memory", "storage");

    static List<Path> folders() {
        return KustomizedFolders.all();
    }

    static List<Manifest> manifests() {
        return folders().stream()
                .flatMap(folder -> KustomizedFolders.resources(folder).stream())
                .filter(ManifestSchema::knows)
                .toList();
    }

    static List<Manifest> base() {
        return KustomizedFolders.resources(KustomizedFolders.BASE);
    }

    static List<Workload> workloads() {
        return base().stream().filter(Workload::isOne).map(Workload::new).toList();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void a_kustomization_names_all_files_of_its_folder_and_no_other(Path folder) {
        assertThat(KustomizedFolders.named(folder))
                .allMatch(path -> path.toFile().exists())
                .containsAll(KustomizedFolders.filesIn(folder));
    }

    @Test
    void every_object_of_the_base_has_a_schema() {
        assertThat(base()).allMatch(ManifestSchema::knows).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void a_manifest_is_valid(Manifest manifest) {
        assertThat(ManifestSchema.fault(manifest)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void a_misspelt_field_at_any_depth_is_found(Manifest manifest) {
        List<Object> misspelt = new ArrayList<>();
        misspell(manifest.root(), misspelt);
        misspelt.removeIf(root -> !((Map<?, ?>) root).keySet().containsAll(Set.of("apiVersion", "kind")));

        assertThat(misspelt)
                .hasSizeGreaterThan(2)
                .allSatisfy(root -> assertThat(ManifestSchema.fault(new Manifest(manifest.file(), (Map<?, ?>) root)))
                        .as("%s", root)
                        .isPresent());
    }

    @Test
    void a_value_of_the_wrong_type_and_a_missing_one_are_found() {
        Manifest deployment = object("Deployment", "ratemesh-balancer");
        Map<?, ?> spec = deployment.part("spec").root();
        Map<Object, Object> withoutSelector = new LinkedHashMap<>(spec);
        withoutSelector.remove("selector");

        for (Map<?, ?> changed : List.of(with(spec, "replicas", "replicas", "two"), withoutSelector)) {
            Map<?, ?> root = with(deployment.root(), "spec", "spec", changed);
            assertThat(ManifestSchema.fault(new Manifest(deployment.file(), root)))
                    .isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void a_node_accepts_its_settings_and_listens_on_the_ports_of_its_container(Workload workload) {
        Settings settings = workload.settings(SETTINGS);

        Map<String, Integer> listening = new LinkedHashMap<>();
        listening.put("hazelcast", settings.cluster().port());
        switch (workload.role()) {
            case "rates" -> listening.put("http", settings.rates().port());
            case "converter" -> listening.put("http", settings.converter().port());
            default -> {
                listening.put("http", settings.balancer().http().listen().port());
                listening.put("stats", settings.balancer().stats().listen().port());
            }
        }
        assertThat(workload.ports()).containsExactlyInAnyOrderEntriesOf(listening);
        assertThat(settings.cluster().bind()).isEqualTo("10.244.1.7");
        assertThat(settings.node().name()).isPresent();
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void probes_ask_for_the_health_paths_of_a_node_on_a_port_of_it(Workload workload) {
        Map<String, String> probes = Map.of(
                "startupProbe", "/health/startup", "livenessProbe", "/health/live", "readinessProbe", "/health/ready");
        probes.forEach((probe, path) -> {
            Manifest request = workload.container().part(probe + ".httpGet");
            assertThat(request.text("path")).isEqualTo(path);
            assertThat(request.text("port")).isEqualTo("http");
        });
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void a_pod_may_take_as_long_to_end_as_its_node_drains(Workload workload) {
        Settings settings = workload.settings(SETTINGS);
        Duration drain = settings.node().drainTimeout().plus(LEAVING);
        if (workload.role().equals("balancer")) {
            assertThat(settings.balancer().drainDelay()).isPositive();
            drain = drain.plus(settings.balancer().drainDelay());
        }

        assertThat(Duration.ofSeconds(workload.pod().number("terminationGracePeriodSeconds")))
                .isGreaterThanOrEqualTo(drain);
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void a_pod_has_only_the_rights_that_it_needs(Workload workload) {
        int user = workload.pod().number("securityContext.runAsUser");

        assertThat(Workload.dockerfile()).contains("\nUSER " + user + ":" + user + "\n");
        assertThat(workload.pod().at("securityContext.runAsNonRoot")).isEqualTo(true);
        assertThat(workload.pod().text("securityContext.seccompProfile.type")).isEqualTo("RuntimeDefault");
        assertThat(workload.pod().at("automountServiceAccountToken")).isEqualTo(false);
        Manifest container = workload.container().part("securityContext");
        assertThat(container.at("readOnlyRootFilesystem")).isEqualTo(true);
        assertThat(container.at("allowPrivilegeEscalation")).isEqualTo(false);
        assertThat(container.at("capabilities.drop")).isEqualTo(List.of("ALL"));
        assertThat(workload.mounts()).containsEntry("tmp", Path.of("/tmp"));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void no_variables_come_from_service_links_which_would_be_unknown_settings(Workload workload) {
        assertThat(workload.pod().at("enableServiceLinks")).isEqualTo(false);
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void every_volume_that_is_mounted_exists_and_the_settings_are_where_the_node_reads_them(Workload workload) {
        List<String> volumes = Stream.concat(
                        workload.pod().items("volumes").map(volume -> volume.text("name")),
                        workload.manifest().items("spec.volumeClaimTemplates").map(Manifest::name))
                .toList();

        assertThat(workload.mounts().keySet()).containsExactlyInAnyOrderElementsOf(volumes);
        assertThat(workload.container().at("args"))
                .isEqualTo(List.of(
                        workload.role(), "--config", workload.mount("settings") + "/" + SETTINGS.getFileName()));
    }

    @Test
    void a_rates_node_stores_its_data_on_its_volume_and_a_balancer_reads_its_password_from_the_secret() {
        Workload rates = workload("rates");
        Workload balancer = workload("balancer");

        assertThat(rates.settings(SETTINGS).rates().dataDir().startsWith(rates.mount("data")))
                .isTrue();
        assertThat(balancer.settings(SETTINGS).balancer().stats().passwordFile())
                .isEqualTo(balancer.mount("admin").resolve("password"));
    }

    @Test
    void other_pods_do_not_reach_the_stats_port() {
        assertThat(workload("balancer")
                        .settings(SETTINGS)
                        .balancer()
                        .stats()
                        .listen()
                        .bind())
                .isEqualTo("127.0.0.1");
    }

    @Test
    void nodes_find_each_other_by_a_headless_service_over_all_of_them_ready_or_not() {
        for (Workload workload : workloads()) {
            Settings settings = workload.settings(SETTINGS);
            Manifest service = object("Service", settings.cluster().serviceDns().orElseThrow());
            assertThat(service.text("spec.clusterIP")).isEqualTo("None");
            assertThat(service.at("spec.publishNotReadyAddresses")).isEqualTo(true);
            assertThat(service.number("spec.ports.0.port"))
                    .isEqualTo(settings.cluster().port());
            assertThat(workload.isSelectedBy(service.texts("spec.selector"))).isTrue();
        }
        assertThat(workload("rates").manifest().text("spec.serviceName")).isEqualTo("ratemesh-cluster");
    }

    @Test
    void the_front_door_is_the_http_port_of_the_balancers_alone() {
        Manifest door = object("Service", "ratemesh");

        assertThat(workloads().stream()
                        .filter(workload -> workload.isSelectedBy(door.texts("spec.selector")))
                        .map(Workload::role))
                .containsExactly("balancer");
        assertThat(door.items("spec.ports").map(port -> port.text("targetPort")))
                .containsExactly("http");
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void a_workload_selects_its_own_pods_and_one_disruption_budget_does(Workload workload) {
        assertThat(workload.isSelectedBy(workload.manifest().texts("spec.selector.matchLabels")))
                .isTrue();
        assertThat(ofKind("PodDisruptionBudget")
                        .filter(budget -> workload.isSelectedBy(budget.texts("spec.selector.matchLabels"))))
                .singleElement()
                .satisfies(budget ->
                        assertThat(budget.name()).isEqualTo(workload.manifest().name()));
        assertThat(workload.labels()).containsEntry("app.kubernetes.io/component", workload.role());
    }

    @Test
    void a_deployment_never_has_fewer_ready_pods_than_it_should() {
        assertThat(ofKind("Deployment")).hasSize(2).allSatisfy(deployment -> {
            assertThat(deployment.number("spec.strategy.rollingUpdate.maxUnavailable"))
                    .isZero();
            assertThat(deployment.number("spec.strategy.rollingUpdate.maxSurge"))
                    .isPositive();
        });
    }

    @Test
    void the_autoscaler_owns_the_number_of_converters() {
        Manifest autoscaler = object("HorizontalPodAutoscaler", "ratemesh-converter");
        Manifest target =
                object(autoscaler.text("spec.scaleTargetRef.kind"), autoscaler.text("spec.scaleTargetRef.name"));

        assertThat(new Workload(target).role()).isEqualTo("converter");
        assertThat(target.find("spec.replicas")).isEmpty();
        assertThat(autoscaler.number("spec.minReplicas")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void only_nodes_reach_hazelcast_only_balancers_reach_converters_and_everybody_reaches_the_front_door() {
        assertThat(sources("rates", 5701)).containsExactly(Set.of("rates", "converter", "balancer"));
        assertThat(sources("converter", 5701)).containsExactly(Set.of("rates", "converter", "balancer"));
        assertThat(sources("balancer", 5701)).containsExactly(Set.of("rates", "converter", "balancer"));
        assertThat(sources("converter", 8080)).containsExactly(Set.of("balancer"));
        assertThat(sources("rates", 8080)).isEmpty();
        assertThat(sources("balancer", 8404)).isEmpty();
        assertThat(sources("balancer", 8080)).containsExactly(Set.of());
    }

    /** The roles that each rule lets connect to a port of a role; an empty set for everybody. */
    private static List<Set<String>> sources(String role, int port) {
        List<Set<String>> sources = new ArrayList<>();
        ofKind("NetworkPolicy")
                .filter(policy -> workload(role).isSelectedBy(policy.texts("spec.podSelector.matchLabels")))
                .flatMap(policy -> policy.items("spec.ingress"))
                .filter(rule -> rule.items("ports").anyMatch(range -> covers(range, port)))
                .forEach(rule -> {
                    Set<String> roles = new TreeSet<>();
                    rule.items("from")
                            .forEach(peer -> workloads().stream()
                                    .filter(other -> other.isSelectedBy(peer.texts("podSelector.matchLabels")))
                                    .forEach(other -> roles.add(other.role())));
                    sources.add(roles);
                });
        return sources;
    }

    private static boolean covers(Manifest range, int port) {
        int from = range.number("port");
        return from <= port
                && port <= range.find("endPort").map(to -> (Integer) to).orElse(from);
    }

    private static Workload workload(String role) {
        return workloads().stream()
                .filter(workload -> workload.role().equals(role))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Manifest> ofKind(String kind) {
        return base().stream().filter(manifest -> manifest.kind().equals(kind));
    }

    private static Manifest object(String kind, String name) {
        return ofKind(kind)
                .filter(manifest -> manifest.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    /** Copies of a value, each with one key changed somewhere. */
    private static void misspell(Object value, List<Object> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, child) -> {
                if (!FREE_KEYS.contains(String.valueOf(key))
                        && !String.valueOf(key).contains("/")) {
                    into.add(with(map, key, key + "x", child));
                }
                List<Object> children = new ArrayList<>();
                misspell(child, children);
                children.forEach(changed -> into.add(with(map, key, key, changed)));
            });
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                List<Object> children = new ArrayList<>();
                misspell(list.get(i), children);
                for (Object changed : children) {
                    List<Object> copy = new ArrayList<>(list);
                    copy.set(i, changed);
                    into.add(copy);
                }
            }
        }
    }

    private static Map<?, ?> with(Map<?, ?> map, Object key, Object newKey, Object value) {
        Map<Object, Object> copy = new LinkedHashMap<>(map);
        copy.remove(key);
        copy.put(newKey, value);
        return copy;
    }
}
