package io.ratemesh.balancer.admin;

import io.vertx.ext.web.Router;

/** Puts the operators' routes together: first the login, then what is shown and what is changed. */
final class StatsRouter {

    private StatsRouter() {}

    static Router routes(Router router, Login login, StatsRoutes shown, AdminApi changed) {
        router.route().handler(login);
        shown.addTo(router);
        changed.addTo(router);
        router.errorHandler(400, ask -> StatsProblem.BAD_REQUEST.send(ask, "The body or the target cannot be read."));
        router.errorHandler(404, ask -> StatsProblem.NOT_FOUND.send(ask, "Nothing is here."));
        router.errorHandler(
                405, ask -> StatsProblem.METHOD_NOT_ALLOWED.send(ask, "GET, or POST where something changes."));
        router.errorHandler(413, AdminApi::tooLarge);
        router.errorHandler(500, ask -> StatsProblem.INTERNAL.send(ask, "The log of the balancer says more."));
        return router;
    }
}
