package io.ratemesh.benchmarks.contender;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContenderConfigTest {

    private static final List<Integer> UPSTREAMS = List.of(9101, 9102);

    @ParameterizedTest
    @EnumSource(names = {"HTTP", "HTTP_BARE"})
    void haproxy_balances_by_least_connections_on_one_thread(Haproxy.Mode mode) {
        assertThat(new Haproxy(mode, UPSTREAMS).config(8080, 8404).lines())
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
    void haproxy_has_the_features_of_the_balancer_or_none() {
        List<String> features =
                List.of("option httplog", "option forwardfor", "set-header X-Request-Id", "bind 127.0.0.1:8404");
        String bare = new Haproxy(Haproxy.Mode.HTTP_BARE, UPSTREAMS).config(8080, 8404);

        assertThat(new Haproxy(Haproxy.Mode.HTTP, UPSTREAMS).config(8080, 8404)).contains(features);
        assertThat(features).noneMatch(bare::contains);
    }

    @Test
    void haproxy_has_the_keep_alive_time_of_the_benchmark() {
        assertThat(new Haproxy(Haproxy.Mode.HTTP, UPSTREAMS).config(8080, 8404).lines())
                .contains("  maxconn 8192", "  timeout client 60s", "  timeout http-keep-alive 60s");
        assertThat(new Haproxy(Haproxy.Mode.HTTP, UPSTREAMS, 11_100, Duration.ofHours(1))
                        .config(8080, 8404)
                        .lines())
                .contains("  maxconn 11100", "  timeout client 3600s", "  timeout http-keep-alive 3600s");
    }

    @Test
    void tcp_mode_has_the_same_upstreams_in_both() {
        assertThat(new Haproxy(Haproxy.Mode.TCP, UPSTREAMS).config(8080, 8404).lines())
                .contains(
                        "  nbthread 1",
                        "  mode tcp",
                        "  bind 127.0.0.1:8080",
                        "  balance leastconn",
                        "  default-server inter 2s rise 2 fall 3",
                        "  server u9101 127.0.0.1:9101 check",
                        "  server u9102 127.0.0.1:9102 check");
        assertThat(RatemeshBalancer.tcp(services(), 1, UPSTREAMS).settings(8080))
                .contains("enabled: false", "port: 8080", "servers: [\"127.0.0.1:9101\", \"127.0.0.1:9102\"]")
                .contains("algorithm: least-connections", "check: {interval: 2s, timeout: 1s, rise: 2, fall: 3}");
    }

    @Test
    void tls_is_the_same_in_all() {
        TlsListener listener = new TlsListener(8443, Path.of("/run/server.pem"));

        assertThat(Haproxy.tls(UPSTREAMS, listener).config(8080, 8404))
                .contains("  bind 127.0.0.1:8443 ssl crt /run/server.pem alpn h2,http/1.1 ssl-min-ver TLSv1.3"
                        + " ciphersuites TLS_AES_256_GCM_SHA384\n")
                .contains("set-header X-Forwarded-Proto https");
        assertThat(Nginx.tls(UPSTREAMS, listener).http(8080))
                .contains("listen 127.0.0.1:8443 ssl http2 ", "ssl_certificate_key /run/server.pem.key;")
                .contains("ssl_protocols TLSv1.3;", "ssl_conf_command Ciphersuites TLS_AES_256_GCM_SHA384;");
        assertThat(RatemeshBalancer.tls(services(), 1, UPSTREAMS, listener).settings(8080))
                .contains("cert: /run/server.pem\n", "key: /run/server.pem.key\n", "port: 8443\n")
                .contains("min-version: TLSv1.3\n");
    }

    @Test
    void without_tls_no_placeholder_is_left() {
        assertThat(List.of(
                        new Haproxy(Haproxy.Mode.HTTP, UPSTREAMS).config(8080, 8404),
                        Nginx.proxy(UPSTREAMS).http(8080),
                        RatemeshBalancer.proxy(services(), 1, UPSTREAMS).settings(8080)))
                .noneMatch(config -> config.contains("{{") || config.contains("TLSv1.3"));
    }

    @Test
    void nginx_is_a_proxy_of_an_application_or_a_server_of_streams() {
        assertThat(Nginx.app(Path.of("/run/flask"), "app.sock").http(8080))
                .contains(
                        "server unix:/run/flask/app.sock ",
                        "location /static/ { root /run/flask; }",
                        "127.0.0.1:8080 ");
        assertThat(Nginx.nchan().http(8080))
                .contains("listen 127.0.0.1:8080 ", "nchan_publisher;", "nchan_subscriber eventsource;");
        assertThat(Nginx.config("load_module nchan.so;\n", "", Path.of("/run/here"), true))
                .startsWith("load_module nchan.so;\nuser root;\ndaemon off;")
                .contains("worker_connections 16384;");
    }

    @Test
    void nginx_keeps_its_upstream_connections() {
        assertThat(Nginx.proxy(UPSTREAMS).http(8080))
                .contains("least_conn;", "server 127.0.0.1:9101 ", "server 127.0.0.1:9102 ", "keepalive 1024;")
                .contains("proxy_http_version 1.1;", "proxy_set_header Connection \"\";", "listen 127.0.0.1:8080 ");
    }

    @Test
    void nginx_writes_only_in_its_folder() {
        String config = Nginx.config("", "access_log off;\n", Path.of("/run/here"), false);

        assertThat(config.lines().filter(line -> line.contains("_temp_path") || line.startsWith("pid")))
                .hasSize(6)
                .allMatch(line -> line.contains(" /run/here/"));
        assertThat(config).contains("  access_log off;\n").doesNotContain("user ");
    }

    @Test
    void nginx_runs_as_root_if_only_root_can_read_its_folder() {
        assertThat(Nginx.config("", "", Path.of("/run/here"), true)).startsWith("user root;\n");
    }

    @Test
    void each_upstream_has_the_same_body_of_119_bytes() {
        assertThat(StubUpstreams.BODY.getBytes(StandardCharsets.UTF_8)).hasSize(119);
        assertThat(StubUpstreams.http(UPSTREAMS, Path.of("/run/here")))
                .contains(
                        "listen 127.0.0.1:9101 ", "listen 127.0.0.1:9102 ", "return 200 '" + StubUpstreams.BODY + "';")
                .contains("root /run/here;", "proxy_pass http://127.0.0.1:9102;");
    }

    @Test
    void ratemesh_has_the_same_upstreams_and_no_cluster() {
        RatemeshBalancer balancer = RatemeshBalancer.proxy(services(), 1, UPSTREAMS, "/shop/");

        assertThat(balancer.settings(8080))
                .contains("enabled: false", "servers: [\"127.0.0.1:9101\", \"127.0.0.1:9102\"]")
                .contains("algorithm: least-connections", "path: /health", "- {path: /shop/, pool: web}");
    }

    @Test
    void settings_of_the_command_line_come_last() {
        assertThat(RatemeshBalancer.proxy(services(), 2, UPSTREAMS, "/shop/")
                        .arguments(Path.of("/run/here"), 8080, 8404))
                .contains("balancer.event-loops=2", "balancer.http.port=8080", "balancer.stats.port=8404")
                .endsWith("balancer.pools.web.pipelining=64");
    }

    private static ServiceBuild services() {
        return new ServiceBuild(
                Path.of("/project"), List.of(), List.of(), List.of(), List.of("balancer.pools.web.pipelining=64"));
    }
}
