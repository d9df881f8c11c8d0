package io.ratemesh.balancer.admin;

import io.vertx.ext.web.Router;

/** Combines the routes of the stats port behind the login. */
final class StatsRouter {

    private StatsRouter() {}

    static Router routes(Router router, Login login, StatsRoutes readRoutes, AdminApi adminRoutes) {
        router.route().handler(login);
        readRoutes.addTo(router);
        adminRoutes.addTo(router);
        router.errorHandler(
                400, context -> StatsProblem.BAD_REQUEST.send(context, "The body or the target is malformed."));
        router.errorHandler(404, context -> StatsProblem.NOT_FOUND.send(context, "There is nothing at this path."));
        router.errorHandler(
                405,
                context ->
                        StatsProblem.METHOD_NOT_ALLOWED.send(context, "Use GET to read and POST to change something."));
        router.errorHandler(413, AdminApi::rejectLargeBody);
        router.errorHandler(500, context -> StatsProblem.INTERNAL.send(context, "See the log of the balancer."));
        return router;
    }
}
