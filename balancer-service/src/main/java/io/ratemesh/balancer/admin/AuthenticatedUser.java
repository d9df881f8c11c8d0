package io.ratemesh.balancer.admin;

import io.ratemesh.balancer.admin.Account.Role;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;

/** Who asks, after the login. */
record AuthenticatedUser(String user, Role role, String address) {

    private static final String KEY = "visitor";

    static AuthenticatedUser of(RoutingContext ask) {
        return Objects.requireNonNull(ask.get(KEY), "behind the login");
    }

    void keep(RoutingContext ask) {
        ask.put(KEY, this);
    }
}
