package io.ratemesh.balancer.admin;

import io.ratemesh.balancer.assets.AssetHandler;
import io.ratemesh.balancer.stats.RateTracker;
import io.ratemesh.balancer.stats.Stats;
import io.ratemesh.balancer.stats.csv.StatsCsv;
import io.ratemesh.balancer.stats.json.StatsJson;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/** The routes that read statistics. Requests are authenticated already. */
final class StatsRoutes {

    private static final String CSV = "text/plain; charset=utf-8";

    private final Stats stats;
    private final StatsJson json;
    private final RateTracker rates;
    private final StatsStream stream;
    private final OperationsPage page;
    private final AssetHandler assets;

    /**
     * Creates the routes.
     *
     * @param assets of the page
     */
    StatsRoutes(
            Stats stats,
            StatsJson json,
            RateTracker rates,
            StatsStream stream,
            OperationsPage page,
            AssetHandler assets) {
        this.stats = stats;
        this.json = json;
        this.rates = rates;
        this.stream = stream;
        this.page = page;
        this.assets = assets;
    }

    void addTo(Router router) {
        read(router, "/", context -> context.redirect("/stats"));
        router.routeWithRegex("/stats(;norefresh)?(;st=[A-Z]+)?")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(page);
        read(router, "/stats.json", send("application/json", this::statsJson));
        router.get("/stats/events").handler(stream);
        Handler<RoutingContext> csv = send(CSV, () -> Buffer.buffer(StatsCsv.write(stats.snapshot(), rates)));
        read(router, "/;csv", csv);
        router.routeWithRegex("/stats/?;csv(;norefresh)?")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(csv);
        read(router, "/haproxy", context -> {
            String query = context.request().query();
            if (query != null && query.startsWith("stats;csv")) {
                csv.handle(context);
            } else {
                context.next();
            }
        });
        router.route().method(HttpMethod.GET).method(HttpMethod.HEAD).handler(context -> {
            if (assets.mayHave(context.request().path())) {
                assets.handle(context.request());
            } else {
                context.next();
            }
        });
    }

    private Buffer statsJson() {
        return json.complete(stats.snapshot()).toBuffer();
    }

    private static void read(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
    }

    private static Handler<RoutingContext> send(String type, Supplier<Buffer> body) {
        return context -> {
            Buffer all = body.get();
            context.response()
                    .putHeader("Content-Type", type)
                    .putHeader("Cache-Control", "no-store")
                    .putHeader("Content-Length", Integer.toString(all.length()));
            if (context.request().method().equals(HttpMethod.HEAD)) {
                context.response().end();
            } else {
                context.response().end(all);
            }
        };
    }
}
