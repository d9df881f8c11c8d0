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
        addRoute(router, "/health", context -> respond(context, health.ready()));
        addRoute(router, "/health/ready", context -> respond(context, health.ready()));
        addRoute(router, "/health/live", context -> respond(context, health.live()));
        addRoute(router, "/health/startup", context -> respond(context, health.startup()));
    }

    /** Adds {@code /metrics}. */
    public static void metrics(Router router, PrometheusMeterRegistry meters) {
        addRoute(router, "/metrics", context -> {
            context.response().putHeader("Content-Type", PROMETHEUS_TEXT);
            end(context, Buffer.buffer(meters.scrape()));
        });
    }

    private static void respond(RoutingContext context, HealthChecks checks) {
        checks.checkStatus()
                .onSuccess(result -> {
                    context.response()
                            .setStatusCode(CheckResult.isUp(result) ? 200 : 503)
                            .putHeader("Content-Type", "application/json");
                    end(context, json(result).toBuffer());
                })
                .onFailure(context::fail);
    }

    private static void addRoute(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
    }

    /** The response to HEAD has the fields of GET and no body (RFC 9110 §9.3.2). */
    private static void end(RoutingContext context, Buffer body) {
        context.response()
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Length", Integer.toString(body.length()));
        if (context.request().method().equals(HttpMethod.HEAD)) {
            context.response().end();
        } else {
            context.response().end(body);
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
