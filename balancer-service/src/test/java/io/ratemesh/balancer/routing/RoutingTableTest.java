package io.ratemesh.balancer.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.settings.RouteSettings;
import java.util.List;
import java.util.function.Function;
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
    })
    void the_longest_path_that_fits_decides(String target, String pool) {
        RoutingTable<String> routes = routes(
                new RouteSettings("/", "web"),
                new RouteSettings("/api/", "converters"),
                new RouteSettings("/api/admin", "admin"));

        assertThat(routes.find(target)).isEqualTo(pool);
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
        return RoutingTable.of(List.of(settings), Function.identity());
    }
}
