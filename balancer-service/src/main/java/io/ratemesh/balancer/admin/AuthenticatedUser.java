package io.ratemesh.balancer.admin;

import io.ratemesh.balancer.admin.Account.Role;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;

/** The user that a request was authenticated as. */
record AuthenticatedUser(String user, Role role, String address) {

    private static final String KEY = "authenticated-user";

    static AuthenticatedUser of(RoutingContext context) {
        return Objects.requireNonNull(context.get(KEY), "set by Login");
    }

    void putInto(RoutingContext context) {
        context.put(KEY, this);
    }
}
