package io.ratemesh.systemtests.kubernetes;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.ScalerSettings;
import io.ratemesh.systemtests.process.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kubectl kustomize} makes of the base with overlay and components. Skipped where there is no kubectl. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KustomizeTest {

    @BeforeAll
    static void kubectl_is_installed() {
        boolean installed = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
        assumeTrue(installed, "kubectl is missing, which kustomizes the manifests; install it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base",
                "overlays/example",
                "base components/monitoring",
                "base components/monitoring components/scaler",
                "base components/monitoring components/keda"
            })
    void all_objects_are_valid(String folders) throws Exception {
        List<Manifest> objects = kustomize(folders);

        assertThat(objects).hasSizeGreaterThan(12);
        assertThat(objects)
                .filteredOn(ManifestSchema::knows)
                .hasSizeGreaterThan(12)
                .allSatisfy(object -> assertThat(ManifestSchema.fault(object)).isEmpty());
    }

    @Test
    void for_a_metric_of_the_scaler_the_autoscaler_has_no_other() throws Exception {
        Manifest autoscaler =
                only(kustomize("base components/monitoring components/scaler"), "HorizontalPodAutoscaler");

        assertThat(autoscaler.items("spec.metrics")).singleElement().satisfies(metric -> {
            assertThat(metric.text("external.metric.name")).isEqualTo("ratemesh_scaler_desired_converters");
            assertThat(metric.text("external.target.averageValue")).isEqualTo("1");
        });
    }

    @Test
    void with_keda_there_is_one_autoscaler_and_it_is_of_keda() throws Exception {
        List<Manifest> objects = kustomize("base components/monitoring components/keda");
        Manifest scaled = only(objects, "ScaledObject");

        assertThat(objects).noneMatch(object -> object.kind().equals("HorizontalPodAutoscaler"));
        assertThat(objects)
                .filteredOn(object -> object.kind().equals(scaled.text("spec.scaleTargetRef.kind")))
                .extracting(Manifest::name)
                .contains(scaled.text("spec.scaleTargetRef.name"));
    }

    @ParameterizedTest
    @CsvSource({
        "components/scaler, HorizontalPodAutoscaler, spec.minReplicas, spec.maxReplicas",
        "components/keda, ScaledObject, spec.minReplicaCount, spec.maxReplicaCount"
    })
    void the_scaler_that_an_autoscaler_follows_is_on_and_has_the_same_limits(
            String component, String kind, String min, String max) throws Exception {
        List<Manifest> objects = kustomize("base components/monitoring " + component);
        Manifest autoscaler = only(objects, kind);
        ScalerSettings scaler = balancer(objects).scaler();

        assertThat(scaler.enabled()).isTrue();
        assertThat(scaler.min()).isEqualTo(autoscaler.number(min));
        assertThat(scaler.max()).isEqualTo(autoscaler.number(max));
    }

    @Test
    void monitoring_opens_the_stats_port_to_a_user_who_can_only_read() throws Exception {
        List<Manifest> objects = kustomize("base components/monitoring");
        Path viewer = balancerWorkload(objects).mount("viewer");
        BalancerSettings.Stats stats = balancer(objects).stats();

        assertThat(stats.listen().bind()).isEqualTo("0.0.0.0");
        assertThat(stats.viewerPasswordFile()).contains(viewer.resolve("password"));
    }

    private static BalancerSettings balancer(List<Manifest> objects) {
        return balancerWorkload(objects)
                .settings(KustomizedFolders.BASE.resolve("ratemesh.yaml"))
                .balancer();
    }

    private static Workload balancerWorkload(List<Manifest> objects) {
        return objects.stream()
                .filter(Workload::isOne)
                .map(Workload::new)
                .filter(workload -> workload.role().equals("balancer"))
                .findFirst()
                .orElseThrow();
    }

    private static Manifest only(List<Manifest> objects, String kind) {
        return objects.stream()
                .filter(object -> object.kind().equals(kind))
                .reduce((one, other) -> {
                    throw new AssertionError("more than one " + kind);
                })
                .orElseThrow();
    }

    /** The objects of one folder, or of the first with the others as components. */
    private static List<Manifest> kustomize(String folders) throws IOException, InterruptedException {
        Path combined = Files.createTempDirectory(Workspace.target(), "kustomize");
        List<Path> paths = Stream.of(folders.split(" "))
                .map(folder -> combined.relativize(KustomizedFolders.ROOT.resolve(folder)))
                .toList();
        Files.writeString(
                combined.resolve("kustomization.yaml"),
                paths.stream()
                        .skip(1)
                        .map(path -> "  - " + path + "\n")
                        .collect(joining("", "resources:\n  - " + paths.get(0) + "\ncomponents:\n", "")));
        Path rendered = combined.resolve("rendered.yaml");
        Process kubectl = new ProcessBuilder("kubectl", "kustomize", combined.toString())
                .redirectOutput(rendered.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(kubectl.waitFor()).as("kubectl kustomize of " + folders).isZero();
        return Manifest.read(rendered);
    }
}
