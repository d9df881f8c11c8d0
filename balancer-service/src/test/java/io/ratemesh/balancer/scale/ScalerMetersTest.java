package io.ratemesh.balancer.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ratemesh.balancer.scale.ScalingDecision.Direction;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalerMetersTest {

    private static final String DESIRED = "ratemesh_scaler_desired_converters";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicReference<JsonObject> status = new AtomicReference<>(
            new JsonObject().put("acting", "balancer-1").put("desired", 3).put("current", 2));
    private final ScalerMeters meters = new ScalerMeters(registry, status::get, "balancer-1");

    @Test
    void the_number_that_autoscalers_follow_has_the_name_that_the_documents_give_it() {
        assertThat(registry.scrape().lines())
                .contains(DESIRED + " 3.0", "ratemesh_scaler_current_converters 2.0", "ratemesh_scaler_acting 1.0");
    }

    @Test
    void an_unknown_number_is_not_zero_which_would_stop_all_converters() {
        status.set(new JsonObject());

        assertThat(registry.scrape().lines()).contains(DESIRED + " NaN");
    }

    @Test
    void decisions_and_failed_launches_are_counted() {
        meters.decided(Direction.OUT);
        meters.decided(Direction.HOLD);
        meters.launchFailed();

        assertThat(registry.scrape().lines())
                .contains(
                        "ratemesh_scaler_decisions_total{direction=\"out\"} 1.0",
                        "ratemesh_scaler_decisions_total{direction=\"in\"} 0.0",
                        "ratemesh_scaler_launches_failed_total 1.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"scaler/horizontal-pod-autoscaler.yaml", "scaler/kustomization.yaml", "keda/scaled-object.yaml"})
    void the_autoscalers_of_kubernetes_ask_for_this_name(String file) throws IOException {
        assertThat(Files.readString(Path.of("../deploy/kubernetes/components", file)))
                .containsPattern("\\b" + DESIRED + "\\b");
    }
}
