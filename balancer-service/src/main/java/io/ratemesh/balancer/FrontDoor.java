package io.ratemesh.balancer;

import io.ratemesh.balancer.assets.AssetHandler;
import io.ratemesh.balancer.proxy.FrontDoorCounts;
import io.ratemesh.balancer.proxy.Proxy;
import io.ratemesh.balancer.proxy.Refusal;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/**
 * Where a request goes: the API to the converters, the node's own health, all else to the UI. One event loop owns a front
 * door.
 */
final class FrontDoor implements Handler<HttpServerRequest> {

    private final Proxy converters;
    private final AssetHandler assets;
    private final Handler<HttpServerRequest> health;
    private final FrontDoorCounts counts;

    FrontDoor(Proxy converters, AssetHandler assets, Handler<HttpServerRequest> health, FrontDoorCounts counts) {
        this.converters = converters;
        this.assets = assets;
        this.health = health;
        this.counts = counts;
    }

    @Override
    public void handle(HttpServerRequest request) {
        counts.request();
        String target = request.uri();
        if (Refusal.refuse(request)) {
            counts.refused();
            counts.answered(request.response().getStatusCode(), 0);
        } else if (target.startsWith("/api/") || target.startsWith("/v1/") || target.equals("/api")) {
            converters.handle(request);
        } else if (target.equals("/health") || target.startsWith("/health/")) {
            health.handle(request);
        } else {
            int bytes = assets.handle(request);
            counts.answered(request.response().getStatusCode(), bytes);
        }
    }
}
