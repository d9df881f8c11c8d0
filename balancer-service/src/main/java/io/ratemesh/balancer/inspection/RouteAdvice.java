package io.ratemesh.balancer.inspection;

import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.RouteMatch;
import io.ratemesh.node.settings.RouteSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Warns of routes and pools that get no request, and of requests without a route. */
final class RouteAdvice {

    /** RFC 3986 §3.3: other characters are percent-encoded in a request, and compared as they are written. */
    private static final Pattern SENT = Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*");

    private static final Pattern DOT_SEGMENT = Pattern.compile(".*/\\.{1,2}(?:/.*)?");

    private RouteAdvice() {}

    static void add(BalancerSettings balancer, SettingsWarnings warnings) {
        addUnreachable(balancer.routes(), warnings);
        addUnusedPools(balancer, warnings);
        boolean servesFiles =
                balancer.statics().page() || balancer.statics().dir().isPresent();
        boolean hasDefault =
                balancer.routes().stream().anyMatch(route -> route.match().equals(RouteMatch.below("/")));
        warnings.addIf(
                !balancer.routes().isEmpty() && !hasDefault && !servesFiles,
                "balancer.routes",
                "no route has the path /, so requests for other paths get 404",
                "add a route with path: /, if that is not intended");
    }

    private static void addUnreachable(List<RouteSettings> routes, SettingsWarnings warnings) {
        for (int i = 0; i < routes.size(); i++) {
            RouteMatch match = routes.get(i).match();
            String path = match.path();
            warnings.addIf(
                    !SENT.matcher(path).matches() || DOT_SEGMENT.matcher(path).matches(),
                    "balancer.routes[" + i + "]." + (match.exact() ? "exact" : "path"),
                    "\"" + path + "\" matches no request: clients send such a path encoded or resolved",
                    "write it as it is sent, such as /a%20b");
        }
    }

    private static void addUnusedPools(BalancerSettings balancer, SettingsWarnings warnings) {
        Set<String> used = new HashSet<>();
        balancer.routes().forEach(route -> route.pool().ifPresent(used::add));
        balancer.pools().stream()
                // Every cluster has it, asked for or not.
                .filter(pool -> !pool.name().equals(BalancerSettings.CONVERTERS))
                .filter(pool -> !used.contains(pool.name()))
                .forEach(pool -> warnings.add(
                        "balancer.pools." + pool.name(), "no route uses this pool", "add a route, or remove the pool"));
    }
}
