package io.ratemesh.balancer.admin;

import io.ratemesh.balancer.cache.RouteCaches;
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
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The routes that change something: HAProxy's form, and JSON. Requests are authenticated already. */
final class AdminApi {

    private static final int MAX_BODY_BYTES = 16 * 1024;
    private static final int MAX_CONVERTERS = 1000;
    private static final int SEE_OTHER = 303;
    private static final String TOKEN_FIELD = "X-CSRF-Token";
    private static final String TOKEN_IN_FORM = "csrf";

    private final Stats stats;
    private final RouteCaches caches;
    private final CsrfTokens tokens;
    private final OpsEvents ops;
    private final Optional<ScaleControl> scaling;
    private final Supplier<Future<Void>> reload;

    AdminApi(
            Stats stats,
            RouteCaches caches,
            CsrfTokens tokens,
            OpsEvents ops,
            Optional<ScaleControl> scaling,
            Supplier<Future<Void>> reload) {
        this.stats = stats;
        this.caches = caches;
        this.tokens = tokens;
        this.ops = ops;
        this.scaling = scaling;
        this.reload = reload;
    }

    /** Adds the routes. */
    void addTo(Router router) {
        BodyHandler body = BodyHandler.create(false).setHandleFileUploads(false).setBodyLimit(MAX_BODY_BYTES);
        router.get("/stats/token").handler(this::sendToken);
        router.post("/stats").handler(body).handler(this::applyForm);
        router.post("/admin/*").handler(this::authorize);
        router.post("/admin/*").handler(body);
        router.post("/admin/pools/:pool/servers/:server").handler(this::changeServer);
        router.post("/admin/scale").handler(this::scale);
        router.post("/admin/reload").handler(this::reload);
        router.post("/admin/cache/purge").handler(this::purge);
    }

    private void sendToken(RoutingContext context) {
        context.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(new JsonObject()
                        .put("token", tokens.of(AuthenticatedUser.of(context).user()))
                        .toBuffer());
    }

    /** Redirects to the statistics page with the outcome, as HAProxy does. */
    private void applyForm(RoutingContext context) {
        ServerForm.Outcome outcome = ServerForm.Outcome.DENY;
        MultiMap form = context.request().formAttributes();
        if (AuthenticatedUser.of(context).role() == Account.Role.ADMIN
                && isSameOrigin(context, form.get(TOKEN_IN_FORM))) {
            outcome = ServerForm.apply(
                    form, stats, (server, command) -> publish(context, form.get("b"), server, command));
        }
        redirect(context, outcome);
    }

    /** Rejects a body that is too large. */
    static void rejectLargeBody(RoutingContext context) {
        if ("/stats".equals(context.request().path())) {
            redirect(context, ServerForm.Outcome.EXCD);
        } else {
            StatsProblem.CONTENT_TOO_LARGE.send(
                    context, "The body is too large; at most " + MAX_BODY_BYTES + " bytes are accepted.");
        }
    }

    private static void redirect(RoutingContext context, ServerForm.Outcome outcome) {
        context.response()
                .setStatusCode(outcome == ServerForm.Outcome.DENY ? 403 : SEE_OTHER)
                .putHeader("Location", "/stats;st=" + outcome)
                .putHeader("Cache-Control", "no-store")
                .end();
    }

    private void authorize(RoutingContext context) {
        if (AuthenticatedUser.of(context).role() != Account.Role.ADMIN) {
            StatsProblem.FORBIDDEN.send(context, "This user may only read; use an account with the admin role.");
        } else if (!isJson(context.request().getHeader("Content-Type"))) {
            StatsProblem.UNSUPPORTED_MEDIA_TYPE.send(context, "The Content-Type must be application/json.");
        } else if (!isSameOrigin(context, context.request().getHeader(TOKEN_FIELD))) {
            String why = RequestOrigin.crossSiteReason(context.request().headers(), authority(context))
                    .orElse(TOKEN_FIELD + ": missing or invalid; browsers must send the token of GET /stats/token");
            StatsProblem.CROSS_SITE.send(context, why);
        } else {
            context.next();
        }
    }

    /** Forms of other sites cannot send JSON, and their scripts need CORS for it; origin and token are checked nevertheless. */
    private boolean isSameOrigin(RoutingContext context, @Nullable String token) {
        MultiMap fields = context.request().headers();
        return RequestOrigin.crossSiteReason(fields, authority(context)).isEmpty()
                && (!RequestOrigin.isBrowser(fields)
                        || (token != null
                                && tokens.isValid(AuthenticatedUser.of(context).user(), token)));
    }

    private static String authority(RoutingContext context) {
        HostAndPort authority = context.request().authority();
        return authority == null ? "" : authority.toString();
    }

    private static boolean isJson(@Nullable String type) {
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }

    private void changeServer(RoutingContext context) {
        String poolName = context.pathParam("pool");
        String serverName = context.pathParam("server");
        Optional<Pool> pool = stats.pool(poolName);
        Optional<Upstream> server = pool.flatMap(each -> each.find(serverName));
        if (server.isEmpty()) {
            StatsProblem.NOT_FOUND.send(
                    context,
                    pool.isEmpty() ? "There is no pool of this name." : "The pool has no server of this name.");
            return;
        }
        try {
            ServerCommand command = ServerCommand.read(context.body().buffer());
            command.apply(server.get());
            publish(context, poolName, server.get(), command);
            respond(
                    context,
                    new JsonObject()
                            .put("pool", poolName)
                            .put("server", serverName)
                            .put("state", server.get().state().name()));
        } catch (IllegalArgumentException e) {
            StatsProblem.BAD_REQUEST.send(context, String.valueOf(e.getMessage()));
        }
    }

    private void scale(RoutingContext context) {
        try {
            Map<String, Object> body =
                    StrictBody.read(context.body().buffer(), new TreeSet<>(Set.of("auto", "converters")));
            if (body.size() != 1) {
                throw new IllegalArgumentException(
                        "the body must have one of converters and auto; use {\"converters\":4} or {\"auto\":true}");
            }
            Object auto = body.get("auto");
            Object count = body.get("converters");
            if (auto != null && !(auto instanceof Boolean)) {
                throw new IllegalArgumentException("auto: must be true or false");
            }
            Optional<ScaleControl> able =
                    scaling.filter(control -> control.unavailable().isEmpty());
            int min = able.map(ScaleControl::min).orElse(1);
            int max = able.map(ScaleControl::max).orElse(MAX_CONVERTERS);
            if (count != null && !(count instanceof Integer number && number >= min && number <= max)) {
                throw new IllegalArgumentException("converters: must be an integer from " + min + " to " + max);
            }
            if (able.isEmpty()) {
                StatsProblem.NO_SCALER.send(context, scalingUnavailable(scaling).orElseThrow());
                return;
            }
            AuthenticatedUser user = AuthenticatedUser.of(context);
            String by = user.user() + " at " + user.address();
            Future<Void> done = auto instanceof Boolean on
                    ? able.get().auto(on, by)
                    : able.get().converters(count instanceof Integer number ? number : min, by);
            done.onSuccess(ignored -> respond(context, new JsonObject(body)))
                    .onFailure(cause -> StatsProblem.INTERNAL.send(context, String.valueOf(cause.getMessage())));
        } catch (IllegalArgumentException e) {
            StatsProblem.BAD_REQUEST.send(context, String.valueOf(e.getMessage()));
        }
    }

    /** Why orders to the scaler cannot be carried out, as a sentence; empty if they can. */
    static Optional<String> scalingUnavailable(Optional<ScaleControl> scaling) {
        return scaling.isEmpty()
                ? Optional.of("A balancer without a cluster has no converters.")
                : scaling.flatMap(ScaleControl::unavailable);
    }

    private void reload(RoutingContext context) {
        try {
            if (context.body().length() > 0) {
                StrictBody.read(context.body().buffer(), Set.of());
            }
        } catch (IllegalArgumentException e) {
            StatsProblem.BAD_REQUEST.send(context, String.valueOf(e.getMessage()));
            return;
        }
        reload.get()
                .onSuccess(ignored -> respond(context, new JsonObject().put("reloaded", true)))
                .onFailure(cause -> StatsProblem.RELOAD_REJECTED.send(
                        context, "The previous settings stay in use: " + cause.getMessage()));
    }

    private void purge(RoutingContext context) {
        try {
            CachePurge purge = CachePurge.read(context.body().buffer());
            OptionalInt purged = purge.apply(caches);
            if (purged.isEmpty()) {
                StatsProblem.NOT_FOUND.send(context, "There is no cache of a route of this name.");
                return;
            }
            AuthenticatedUser user = AuthenticatedUser.of(context);
            ops.publish(
                    "cache-purged",
                    purge.subject(),
                    purged.getAsInt() + " responses, by " + user.user() + " at " + user.address());
            respond(context, new JsonObject().put("purged", purged.getAsInt()));
        } catch (IllegalArgumentException e) {
            StatsProblem.BAD_REQUEST.send(context, String.valueOf(e.getMessage()));
        }
    }

    private void publish(RoutingContext context, @Nullable String pool, Upstream server, ServerCommand command) {
        AuthenticatedUser user = AuthenticatedUser.of(context);
        ops.publish(
                command.eventType(),
                server.id(),
                command.description() + " in pool " + pool + ", by " + user.user() + " at " + user.address());
    }

    private static void respond(RoutingContext context, JsonObject body) {
        context.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(body.toBuffer());
    }
}
