package io.ratemesh.balancer.admin;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.stats.Stats;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.node.ops.OpsEvents;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What operators change: by HAProxy's form, and as JSON. Who asks has logged in. */
final class AdminApi {

    private static final int MOST_BODY = 16 * 1024;
    private static final int MOST_CONVERTERS = 1000;
    private static final int SEE_OTHER = 303;
    private static final String TOKEN_FIELD = "X-CSRF-Token";
    private static final String TOKEN_IN_FORM = "csrf";

    private final Stats stats;
    private final CsrfTokens tokens;
    private final OpsEvents ops;
    private final Optional<ScaleControl> scaling;
    private final Supplier<Future<Void>> reload;

    AdminApi(
            Stats stats,
            CsrfTokens tokens,
            OpsEvents ops,
            Optional<ScaleControl> scaling,
            Supplier<Future<Void>> reload) {
        this.stats = stats;
        this.tokens = tokens;
        this.ops = ops;
        this.scaling = scaling;
        this.reload = reload;
    }

    /** Adds its routes, behind the login. */
    void addTo(Router router) {
        BodyHandler body = BodyHandler.create(false).setHandleFileUploads(false).setBodyLimit(MOST_BODY);
        router.get("/stats/token").handler(this::token);
        router.post("/stats").handler(body).handler(this::form);
        router.post("/admin/*").handler(this::mayChange);
        router.post("/admin/*").handler(body);
        router.post("/admin/pools/:pool/servers/:server").handler(this::server);
        router.post("/admin/scale").handler(this::scale);
        router.post("/admin/reload").handler(this::reload);
    }

    private void token(RoutingContext ask) {
        ask.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(new JsonObject()
                        .put("token", tokens.of(AuthenticatedUser.of(ask).user()))
                        .toBuffer());
    }

    /** HAProxy answers each form with the way back to its page, and how it went. */
    private void form(RoutingContext ask) {
        ServerForm.Outcome outcome = ServerForm.Outcome.DENY;
        MultiMap form = ask.request().formAttributes();
        if (AuthenticatedUser.of(ask).role() == Account.Role.ADMIN && fromOurPage(ask, form.get(TOKEN_IN_FORM))) {
            outcome = ServerForm.apply(form, stats, (server, order) -> tell(ask, form.get("b"), server, order));
        }
        back(ask, outcome);
    }

    /** A body is larger than what is read. */
    static void tooLarge(RoutingContext ask) {
        if ("/stats".equals(ask.request().path())) {
            back(ask, ServerForm.Outcome.EXCD);
        } else {
            StatsProblem.CONTENT_TOO_LARGE.send(ask, "body (expected: at most " + MOST_BODY + " bytes)");
        }
    }

    private static void back(RoutingContext ask, ServerForm.Outcome outcome) {
        ask.response()
                .setStatusCode(outcome == ServerForm.Outcome.DENY ? 403 : SEE_OTHER)
                .putHeader("Location", "/stats;st=" + outcome)
                .putHeader("Cache-Control", "no-store")
                .end();
    }

    private void mayChange(RoutingContext ask) {
        if (AuthenticatedUser.of(ask).role() != Account.Role.ADMIN) {
            StatsProblem.FORBIDDEN.send(ask, "This user may read only.");
        } else if (!isJson(ask.request().getHeader("Content-Type"))) {
            StatsProblem.UNSUPPORTED_MEDIA_TYPE.send(ask, "Content-Type (expected: application/json)");
        } else if (!fromOurPage(ask, ask.request().getHeader(TOKEN_FIELD))) {
            String why = RequestOrigin.foreign(ask.request().headers(), address(ask))
                    .orElse(TOKEN_FIELD + " (expected of a browser: the token of GET /stats/token)");
            StatsProblem.CROSS_SITE.send(ask, why);
        } else {
            ask.next();
        }
    }

    /** No form of another site can send JSON, and no script of it may without our leave; still, both signs must agree. */
    private boolean fromOurPage(RoutingContext ask, @Nullable String token) {
        MultiMap fields = ask.request().headers();
        return RequestOrigin.foreign(fields, address(ask)).isEmpty()
                && (!RequestOrigin.browser(fields)
                        || (token != null
                                && tokens.fits(AuthenticatedUser.of(ask).user(), token)));
    }

    private static String address(RoutingContext ask) {
        HostAndPort address = ask.request().authority();
        return address == null ? "" : address.toString();
    }

    private static boolean isJson(@Nullable String type) {
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }

    private void server(RoutingContext ask) {
        String poolName = ask.pathParam("pool");
        String serverName = ask.pathParam("server");
        Optional<Pool> pool = stats.pool(poolName);
        Optional<Upstream> server = pool.flatMap(each -> each.find(serverName));
        if (server.isEmpty()) {
            StatsProblem.NOT_FOUND.send(ask, pool.isEmpty() ? "No pool has this name." : "No server has this name.");
            return;
        }
        try {
            ServerCommand order = ServerCommand.read(ask.body().buffer());
            order.apply(server.get());
            tell(ask, poolName, server.get(), order);
            answer(
                    ask,
                    new JsonObject()
                            .put("pool", poolName)
                            .put("server", serverName)
                            .put("state", server.get().state().name()));
        } catch (IllegalArgumentException e) {
            StatsProblem.BAD_REQUEST.send(ask, String.valueOf(e.getMessage()));
        }
    }

    private void scale(RoutingContext ask) {
        try {
            Map<String, Object> body =
                    StrictBody.read(ask.body().buffer(), new TreeSet<>(Set.of("auto", "converters")));
            if (body.size() != 1) {
                throw new IllegalArgumentException("body (expected: converters or auto)");
            }
            Object auto = body.get("auto");
            Object count = body.get("converters");
            if (auto != null && !(auto instanceof Boolean)) {
                throw new IllegalArgumentException("auto (expected: true or false)");
            }
            if (count != null && !(count instanceof Integer number && number >= 0 && number <= MOST_CONVERTERS)) {
                throw new IllegalArgumentException("converters (expected: 0 to " + MOST_CONVERTERS + ")");
            }
            if (scaling.isEmpty()) {
                StatsProblem.NO_SCALER.send(ask, "This balancer cannot start converters: ./ratemesh scale N does.");
                return;
            }
            Future<Void> done = auto instanceof Boolean on
                    ? scaling.get().auto(on)
                    : scaling.get().converters(count instanceof Integer number ? number : 0);
            done.onSuccess(ignored -> answer(ask, new JsonObject(body)))
                    .onFailure(cause -> StatsProblem.INTERNAL.send(ask, String.valueOf(cause.getMessage())));
        } catch (IllegalArgumentException e) {
            StatsProblem.BAD_REQUEST.send(ask, String.valueOf(e.getMessage()));
        }
    }

    private void reload(RoutingContext ask) {
        try {
            if (ask.body().length() > 0) {
                StrictBody.read(ask.body().buffer(), Set.of());
            }
        } catch (IllegalArgumentException e) {
            StatsProblem.BAD_REQUEST.send(ask, String.valueOf(e.getMessage()));
            return;
        }
        reload.get()
                .onSuccess(ignored -> answer(ask, new JsonObject().put("reloaded", true)))
                .onFailure(cause -> StatsProblem.RELOAD_REJECTED.send(
                        ask, "The previous settings stay in use: " + cause.getMessage()));
    }

    private void tell(RoutingContext ask, @Nullable String pool, Upstream server, ServerCommand order) {
        AuthenticatedUser who = AuthenticatedUser.of(ask);
        ops.publish(
                order.eventType(),
                server.id(),
                order.words() + " in pool " + pool + ", by " + who.user() + " at " + who.address());
    }

    private static void answer(RoutingContext ask, JsonObject body) {
        ask.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(body.toBuffer());
    }
}
