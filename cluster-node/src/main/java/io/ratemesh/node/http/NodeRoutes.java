package io.ratemesh.node.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.CheckResult;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code /health} and {@code /metrics}, the same on every node. */
public final class NodeRoutes {

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private NodeRoutes() {}

    /** Adds {@code /health}, {@code /health/live}, {@code /health/ready} and {@code /health/startup}. */
    public static void health(Router router, NodeHealth health) {
        router.get("/health").handler(ask -> answer(ask, health.ready()));
        router.get("/health/ready").handler(ask -> answer(ask, health.ready()));
        router.get("/health/live").handler(ask -> answer(ask, health.live()));
        router.get("/health/startup").handler(ask -> answer(ask, health.startup()));
    }

    /** Adds {@code /metrics}. */
    public static void metrics(Router router, PrometheusMeterRegistry meters) {
        router.get("/metrics")
                .handler(ask -> ask.response()
                        .putHeader("Content-Type", PROMETHEUS_TEXT)
                        .putHeader("Cache-Control", "no-store")
                        .end(meters.scrape()));
    }

    private static void answer(RoutingContext ask, HealthChecks checks) {
        checks.checkStatus()
                .onSuccess(result -> ask.response()
                        .setStatusCode(CheckResult.isUp(result) ? 200 : 503)
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Cache-Control", "no-store")
                        .end(json(result).toBuffer()))
                .onFailure(ask::fail);
    }

    private static JsonObject json(CheckResult result) {
        JsonObject json = new JsonObject().put("status", CheckResult.isUp(result) ? "UP" : "DOWN");
        if (result.getChecks() != null) {
            JsonArray checks = new JsonArray();
            result.getChecks().forEach(check -> {
                JsonObject one = new JsonObject().put("id", check.getId()).put("status", check.getUp() ? "UP" : "DOWN");
                checks.add(check.getData() == null ? one : one.put("data", check.getData()));
            });
            json.put("checks", checks);
        }
        return json;
    }
}
