package io.ratemesh.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.cluster.Services;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerConfigTest {

    private static final List<Integer> UPSTREAMS = List.of(9101, 9102);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void haproxy_balances_by_least_connections_on_one_thread(boolean same) {
        assertThat(new Haproxy(UPSTREAMS, same).config(8080, 8404).lines())
                .contains(
                        "  nbthread 1",
                        "  bind 127.0.0.1:8080",
                        "  balance leastconn",
                        "  option httpchk GET /health",
                        "  option redispatch",
                        "  retries 3",
                        "  timeout check 1s",
                        "  server u9101 127.0.0.1:9101 check",
                        "  server u9102 127.0.0.1:9102 check");
    }

    @Test
    void haproxy_does_what_our_front_door_does_or_nothing_of_it() {
        List<String> asOurs =
                List.of("option httplog", "option forwardfor", "set-header X-Request-Id", "bind 127.0.0.1:8404");
        String bare = new Haproxy(UPSTREAMS, false).config(8080, 8404);

        assertThat(new Haproxy(UPSTREAMS, true).config(8080, 8404)).contains(asOurs);
        assertThat(asOurs).noneMatch(bare::contains);
    }

    @Test
    void haproxy_waits_as_long_as_it_is_told() {
        assertThat(new Haproxy(UPSTREAMS, true).config(8080, 8404).lines())
                .contains("  maxconn 8192", "  timeout client 60s", "  timeout http-keep-alive 60s");
        assertThat(new Haproxy(UPSTREAMS, true, 11_100, Duration.ofHours(1))
                        .config(8080, 8404)
                        .lines())
                .contains("  maxconn 11100", "  timeout client 3600s", "  timeout http-keep-alive 3600s");
    }

    @Test
    void both_pass_connections_on_to_the_same_upstreams() {
        assertThat(new HaproxyTcp(UPSTREAMS).config(8080).lines())
                .contains(
                        "  nbthread 1",
                        "  mode tcp",
                        "  bind 127.0.0.1:8080",
                        "  balance leastconn",
                        "  default-server inter 2s rise 2 fall 3",
                        "  server u9101 127.0.0.1:9101 check",
                        "  server u9102 127.0.0.1:9102 check");
        assertThat(new RatemeshTcp(services(), 1, UPSTREAMS).settings(8080))
                .contains("enabled: false", "port: 8080", "servers: [\"127.0.0.1:9101\", \"127.0.0.1:9102\"]")
                .contains("algorithm: least-connections", "check: {interval: 2s, timeout: 1s, rise: 2, fall: 3}");
    }

    @Test
    void nginx_keeps_its_upstream_connections() {
        assertThat(new NginxProxy(UPSTREAMS).http(8080))
                .contains("least_conn;", "server 127.0.0.1:9101 ", "server 127.0.0.1:9102 ", "keepalive 1024;")
                .contains("proxy_http_version 1.1;", "proxy_set_header Connection \"\";", "listen 127.0.0.1:8080 ");
    }

    @Test
    void nginx_leaves_nothing_outside_its_folder() {
        String config = Nginx.config("access_log off;\n", Path.of("/run/here"), false);

        assertThat(config.lines().filter(line -> line.contains("_temp_path") || line.startsWith("pid")))
                .hasSize(6)
                .allMatch(line -> line.contains(" /run/here/"));
        assertThat(config).contains("  access_log off;\n").doesNotContain("user ");
    }

    @Test
    void nginx_stays_root_where_its_folder_is_roots() {
        assertThat(Nginx.config("", Path.of("/run/here"), true)).startsWith("user root;\n");
    }

    @Test
    void every_upstream_gives_the_same_answer_of119_bytes() {
        assertThat(Stubs.ANSWER.getBytes(StandardCharsets.UTF_8)).hasSize(119);
        assertThat(Stubs.http(UPSTREAMS, Path.of("/run/here")))
                .contains("listen 127.0.0.1:9101 ", "listen 127.0.0.1:9102 ", "return 200 '" + Stubs.ANSWER + "';")
                .contains("root /run/here;", "proxy_pass http://127.0.0.1:9102;");
    }

    @Test
    void our_front_door_stands_alone_in_front_of_the_same_upstreams() {
        RatemeshBalancer door = RatemeshBalancer.proxy(services(), 1, UPSTREAMS, "/shop/");

        assertThat(door.settings())
                .contains("enabled: false", "servers: [\"127.0.0.1:9101\", \"127.0.0.1:9102\"]")
                .contains("algorithm: least-connections", "path: /health", "- {path: /shop/, pool: web}");
    }

    @Test
    void what_is_set_on_the_command_line_comes_last() {
        assertThat(RatemeshBalancer.proxy(services(), 2, UPSTREAMS, "/shop/")
                        .arguments(Path.of("/run/here"), 8080, 8404))
                .contains("balancer.event-loops=2", "balancer.http.port=8080", "balancer.stats.port=8404")
                .endsWith("balancer.pools.web.pipelining=64");
    }

    private static Services services() {
        return new Services(Path.of("/project"), List.of(), List.of(), List.of("balancer.pools.web.pipelining=64"));
    }
}
