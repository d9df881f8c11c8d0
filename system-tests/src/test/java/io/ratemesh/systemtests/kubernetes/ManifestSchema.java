package io.ratemesh.systemtests.kubernetes;

import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import java.util.Map;
import java.util.Optional;

/**
 * The schemas of Kubernetes, as its Java client has them from the published OpenAPI document: unknown fields, missing ones and wrong types
 * are rejected. Objects of other projects (KEDA, the Prometheus operator) have none here.
 */
final class ManifestSchema {

    private static final Map<String, Class<?>> TYPES = Map.of(
            "v1 ConfigMap", V1ConfigMap.class,
            "v1 Namespace", V1Namespace.class,
            "v1 Service", V1Service.class,
            "apps/v1 Deployment", V1Deployment.class,
            "apps/v1 StatefulSet", V1StatefulSet.class,
            "autoscaling/v2 HorizontalPodAutoscaler", V2HorizontalPodAutoscaler.class,
            "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy.class,
            "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget.class);

    private ManifestSchema() {}

    static boolean knows(Manifest manifest) {
        return TYPES.containsKey(type(manifest));
    }

    /**
     * What is wrong with a manifest; empty if nothing is.
     *
     * @param manifest of a known type
     */
    static Optional<String> fault(Manifest manifest) {
        Class<?> type = Optional.<Class<?>>ofNullable(TYPES.get(type(manifest)))
                .orElseThrow(() -> new AssertionError("no schema for " + manifest));
        try {
            var unused = JSON.getGson().fromJson(JSON.getGson().toJsonTree(manifest.root()), type);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static String type(Manifest manifest) {
        return manifest.text("apiVersion") + " " + manifest.kind();
    }
}
