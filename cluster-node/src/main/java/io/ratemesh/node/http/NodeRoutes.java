package io.ratemesh.node.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
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
        read(router, "/health", ask -> answer(ask, health.ready()));
        read(router, "/health/ready", ask -> answer(ask, health.ready()));
        read(router, "/health/live", ask -> answer(ask, health.live()));
        read(router, "/health/startup", ask -> answer(ask, health.startup()));
    }

    /** Adds {@code /metrics}. */
    public static void metrics(Router router, PrometheusMeterRegistry meters) {
        read(router, "/metrics", ask -> {
            ask.response().putHeader("Content-Type", PROMETHEUS_TEXT);
            end(ask, Buffer.buffer(meters.scrape()));
        });
    }

    private static void answer(RoutingContext ask, HealthChecks checks) {
        checks.checkStatus()
                .onSuccess(result -> {
                    ask.response()
                            .setStatusCode(CheckResult.isUp(result) ? 200 : 503)
                            .putHeader("Content-Type", "application/json");
                    end(ask, json(result).toBuffer());
                })
                .onFailure(ask::fail);
    }

    private static void read(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
    }

    /** HEAD is answered as GET is, without the body (RFC 9110 §9.3.2). */
    private static void end(RoutingContext ask, Buffer body) {
        ask.response()
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Length", Integer.toString(body.length()));
        if (ask.request().method().equals(HttpMethod.HEAD)) {
            ask.response().end();
        } else {
            ask.response().end(body);
        }
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
