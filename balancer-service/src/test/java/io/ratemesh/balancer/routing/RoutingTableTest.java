package io.ratemesh.balancer.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.settings.AccessSettings;
import io.ratemesh.node.settings.HeaderSettings;
import io.ratemesh.node.settings.RouteMatch;
import io.ratemesh.node.settings.RouteSettings;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingTableTest {

    @ParameterizedTest
    @CsvSource({
        "/api/v1/convert?from=EUR, converters",
        "/api/, converters",
        "/api, converters",
        "/api?x=1, converters",
        "/apis, web",
        "/api/admin, admin",
        "/api/admin/users?x, admin",
        "/api/administrator, converters",
        "/API/, web",
        "/, web",
        "/?q, web",
        "/shop, web",
        "*, web",
        "//api/x, converters",
        "/%61pi/x, converters",
        "/api%2fadmin, admin",
        "/api//admin?x=%2f, admin",
        "/ap%3Fi/x, web",
    })
    void the_longest_path_that_fits_decides(String target, String pool) {
        RoutingTable<String> routes = routes(
                new RouteSettings("/", "web"),
                new RouteSettings("/api/", "converters"),
                new RouteSettings("/api/admin", "admin"));

        assertThat(routes.find(target)).isEqualTo(pool);
    }

    @ParameterizedTest
    @CsvSource({
        "/, GET, shop.example.com, , host",
        "/a/b, GET, SHOP.example.com.:8443, , host",
        "/a/b, GET, www.shop.example.com, , deep-wildcard",
        "/a/b, GET, news.example.com, , wildcard",
        "/a/b, GET, example.com, , any",
        "/a/b, GET, evilexample.com, , any",
        "/a/b, GET, [::1]:8080, , ipv6",
        "/a/b, GET, , , any",
        "/api/x, GET, other.org, , api",
        "/api/x, POST, other.org, , api-post",
        "/api/x, GET, other.org, 1, api-beta",
        "/api/x, POST, other.org, 1, api-beta-post",
        "/api/x, GET, other.org, 2, api",
        "/api/exact, GET, other.org, , exact",
        "/api/exact?q=1, GET, other.org, , exact",
        "/api/exact/, GET, other.org, , api",
        "/api/exactly, GET, other.org, , api",
    })
    void the_most_specific_route_decides_whatever_the_order(
            String target, String method, @Nullable String host, @Nullable String beta, String pool) {
        List<RouteSettings> settings = new ArrayList<>(List.of(
                route("any", "", "/", false, "", ""),
                route("host", "shop.example.com", "/", false, "", ""),
                route("wildcard", "*.example.com", "/", false, "", ""),
                route("deep-wildcard", "*.shop.example.com", "/", false, "", ""),
                route("ipv6", "[::1]", "/", false, "", ""),
                route("api", "", "/api/", false, "", ""),
                route("api-post", "", "/api/", false, "POST", ""),
                route("api-beta", "", "/api/", false, "", "1"),
                route("api-beta-post", "", "/api/", false, "POST", "1"),
                route("exact", "", "/api/exact", true, "", "")));
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        if (beta != null) {
            headers.add("X-Beta", beta);
        }
        for (int i = 0; i < settings.size(); i++) {
            Collections.rotate(settings, 1);
            RoutingTable<String> routes = routes(settings.toArray(RouteSettings[]::new));

            assertThat(routes.find(target, new RoutingTable.Traits(method, host, headers)))
                    .isEqualTo(pool);
        }
    }

    @Test
    void conditions_are_looked_at_only_where_a_route_has_some() {
        assertThat(routes(new RouteSettings("/", "web"), route("exact", "", "/a", true, "", ""))
                        .isByPathAlone())
                .isTrue();
        assertThat(routes(route("host", "a.org", "/", false, "", "")).isByPathAlone())
                .isFalse();
        assertThat(routes(route("method", "", "/", false, "GET", "")).isByPathAlone())
                .isFalse();
    }

    @Test
    void where_no_route_fits_there_is_no_pool() {
        RoutingTable<String> routes = routes(new RouteSettings("/api/", "converters"));

        assertThat(routes.find("/")).isNull();
        assertThat(routes.find("/index.html")).isNull();
        assertThat(routes.find("*")).isNull();
        assertThat(routes().find("/")).isNull();
    }

    @Test
    void a_path_is_named_where_a_route_is_for_it_and_not_for_more() {
        assertThat(routes(new RouteSettings("/health", "web")).hasRouteWithin("/health"))
                .isTrue();
        assertThat(routes(new RouteSettings("/health/web/", "web")).hasRouteWithin("/health"))
                .isTrue();
        assertThat(routes(new RouteSettings("/", "web"), new RouteSettings("/healthy", "web"))
                        .hasRouteWithin("/health"))
                .isFalse();
    }

    private static RoutingTable<String> routes(RouteSettings... settings) {
        return RoutingTable.of(List.of(settings), route -> route.pool().orElseThrow());
    }

    private static RouteSettings route(
            String pool, String host, String path, boolean exact, String method, String field) {
        RouteMatch match = new RouteMatch(
                Optional.of(host).filter(text -> !text.isEmpty()),
                path,
                exact,
                method.isEmpty() ? List.of() : List.of(method),
                field.isEmpty() ? Map.of() : Map.of("x-beta", field));
        return new RouteSettings(match, new RouteSettings("/", pool).action(), HeaderSettings.NONE, AccessSettings.ALL);
    }
}
