package io.ratemesh.balancer.stats;

import io.ratemesh.balancer.stats.Account.Role;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;

/** Who asks, after the login. */
record Visitor(String user, Role role, String address) {

    private static final String KEY = "visitor";

    static Visitor of(RoutingContext ask) {
        return Objects.requireNonNull(ask.get(KEY), "behind the login");
    }

    void keep(RoutingContext ask) {
        ask.put(KEY, this);
    }
}
