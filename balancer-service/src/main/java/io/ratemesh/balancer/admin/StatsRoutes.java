package io.ratemesh.balancer.admin;

import io.ratemesh.balancer.stats.EventLog;
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

/** What the operators' port shows, behind the login. */
final class StatsRoutes {

    private static final String CSV = "text/plain; charset=utf-8";

    private final Stats stats;
    private final StatsJson json;
    private final RateTracker trends;
    private final EventLog events;
    private final StatsStream stream;

    StatsRoutes(Stats stats, StatsJson json, RateTracker trends, EventLog events, StatsStream stream) {
        this.stats = stats;
        this.json = json;
        this.trends = trends;
        this.events = events;
        this.stream = stream;
    }

    void addTo(Router router) {
        // Until the operations page is there, a browser is shown the same as JSON.
        read(router, "/", ask -> ask.redirect("/stats.json"));
        router.routeWithRegex("/stats(;st=[A-Z]+)?").method(HttpMethod.GET).handler(ask -> ask.redirect("/stats.json"));
        read(router, "/stats.json", send("application/json", this::everything));
        router.get("/stats/events").handler(stream);
        Handler<RoutingContext> csv = send(CSV, () -> Buffer.buffer(StatsCsv.write(stats.snapshot(), trends)));
        read(router, "/;csv", csv);
        router.routeWithRegex("/stats/?;csv(;norefresh)?")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(csv);
        read(router, "/haproxy", ask -> {
            String query = ask.request().query();
            if (query != null && query.startsWith("stats;csv")) {
                csv.handle(ask);
            } else {
                ask.next();
            }
        });
    }

    private Buffer everything() {
        return json.write(stats.snapshot()).put("events", events.toJson()).toBuffer();
    }

    private static void read(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
    }

    private static Handler<RoutingContext> send(String type, Supplier<Buffer> body) {
        return ask -> {
            Buffer all = body.get();
            ask.response()
                    .putHeader("Content-Type", type)
                    .putHeader("Cache-Control", "no-store")
                    .putHeader("Content-Length", Integer.toString(all.length()));
            if (ask.request().method().equals(HttpMethod.HEAD)) {
                ask.response().end();
            } else {
                ask.response().end(all);
            }
        };
    }
}
