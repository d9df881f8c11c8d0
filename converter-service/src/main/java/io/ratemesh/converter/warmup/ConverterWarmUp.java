package io.ratemesh.converter.warmup;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.ratemesh.converter.api.ApiRoutes;
import io.ratemesh.converter.book.CurrentBook;
import io.ratemesh.converter.book.FeedStatus;
import io.ratemesh.converter.history.CurrentHistory;
import io.ratemesh.converter.http.ServerLimits;
import io.ratemesh.converter.route.ApiHandler;
import io.ratemesh.converter.route.RouteTable;
import io.ratemesh.converter.stream.StreamHub;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.settings.ConverterSettings;
import io.ratemesh.node.warmup.LoopbackConnection;
import io.ratemesh.node.warmup.WarmUpPath;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A second server with the routes of a converter, on a loopback port, with a fixed book that no client can get: requests without the
 * token of this warm-up are not responded to.
 */
public final class ConverterWarmUp implements WarmUpPath {

    private final Node node;
    private final CurrentHistory history;
    private final FeedStatus feeds;
    private final String token =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    private final AtomicLong version = new AtomicLong();

    /** Uses history and feeds only where a route needs them. */
    public ConverterWarmUp(Node node, CurrentHistory history, FeedStatus feeds) {
        this.node = node.withMeters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        this.history = history;
        this.feeds = feeds;
    }

    @Override
    public Future<ConverterRequests> open(Vertx vertx) {
        ConverterSettings settings = node.settings().converter();
        Clock clock = Clock.systemUTC();
        CurrentBook current = new CurrentBook();
        StreamHub streams = new StreamHub(vertx, settings, clock, node.meters());
        current.listen(streams::publish);
        RouteTable routes = ApiRoutes.table(node, history, feeds, streams);
        ApiHandler api = new ApiHandler(
                node, clock, current, routes, request -> request.response().end());
        Runnable publish = () -> current.offer(WarmUpBooks.version(version.incrementAndGet(), clock.instant()));
        publish.run();
        Context loop = vertx.getOrCreateContext();
        return vertx.createHttpServer(ServerLimits.options(LoopbackConnection.ADDRESS, settings)
                        .setPort(0))
                .requestHandler(request -> handle(request, api))
                .listen()
                .map(server -> new ConverterRequests(
                        server.actualPort(), token, () -> loop.runOnContext(ignored -> publish.run())));
    }

    /** The metrics of the warm-up alone. */
    PrometheusMeterRegistry meters() {
        return node.meters();
    }

    private void handle(HttpServerRequest request, ApiHandler api) {
        if (token.equals(request.getHeader(ConverterRequests.TOKEN))) {
            api.handle(request);
        } else {
            request.connection().close();
        }
    }
}
