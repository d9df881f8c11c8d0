package io.ratemesh.balancer.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.settings.RouteSettings;
import io.ratemesh.node.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteCachesTest {

    private static final String CACHED = "{path: /a/, pool: web, cache: {max-size: 1MiB}}";
    private static final String PLAIN = "{path: /, pool: web}";

    private final RouteCaches caches = new RouteCaches();

    @Test
    void without_a_cache_routes_have_nothing_to_do_with_them() {
        assertThat(caches.use(routes(PLAIN))).isEmpty();
        assertThat(caches.snapshots()).isEmpty();
    }

    @Test
    void a_reload_keeps_the_caches_of_routes_that_do_not_change() {
        ResponseCache first = own(caches.use(routes(PLAIN, CACHED)), CACHED);
        ResponseCache kept = own(caches.use(routes(CACHED)), CACHED);
        String larger = CACHED.replace("1MiB", "2MiB");
        ResponseCache changed = own(caches.use(routes(larger)), larger);

        assertThat(kept).isSameAs(first);
        assertThat(changed).isNotSameAs(first);
        assertThat(caches.snapshots()).extracting(CacheSnapshot::route).containsExactly("/a/");
        assertThat(caches.use(List.of())).isEmpty();
    }

    @Test
    void routes_without_a_cache_invalidate_those_of_others() {
        Map<RouteSettings, RouteCaching> caching = caches.use(routes(PLAIN, CACHED));

        RouteCaching plain = Objects.requireNonNull(caching.get(routes(PLAIN).get(0)));
        assertThat(plain.own()).isNull();
        assertThat(plain.all()).containsExactly(own(caching, CACHED));
    }

    @Test
    void fields_that_another_server_writes_are_part_of_the_key() {
        String asked = CACHED.replace(
                "pool: web", "pool: web, forward-auth: {url: 'http://a/', copy-headers: [Remote-User, Groups]}");

        RouteCaching caching = Objects.requireNonNull(
                caches.use(routes(asked)).get(routes(asked).get(0)));
        assertThat(caching.copied()).containsExactly("groups", "remote-user");
    }

    private static ResponseCache own(Map<RouteSettings, RouteCaching> caching, String route) {
        RouteCaching of = Objects.requireNonNull(caching.get(routes(route).get(0)));
        return Objects.requireNonNull(of.own());
    }

    private static List<RouteSettings> routes(String... routes) {
        return Settings.load(
                        Optional.empty(),
                        List.of(
                                "balancer.pools.web.servers=[\"a:1\"]",
                                "balancer.routes=[" + String.join(", ", routes) + "]"),
                        Map.of())
                .balancer()
                .routes();
    }
}
