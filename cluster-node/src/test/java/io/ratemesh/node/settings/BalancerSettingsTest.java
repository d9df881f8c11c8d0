package io.ratemesh.node.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalancerSettingsTest {

    private final Path folder;

    BalancerSettingsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void a_cluster_has_its_converters_and_the_ways_to_them() {
        BalancerSettings balancer = load("");

        assertThat(balancer.pools()).extracting(PoolSettings::name).containsExactly("converters");
        assertThat(balancer.pools().get(0).discover()).hasValue(NodeRole.CONVERTER);
        assertThat(balancer.pools().get(0).check()).isEqualTo(CheckSettings.OF_OWN_NODES);
        assertThat(balancer.pools().get(0).pipelining()).isPositive();
        assertThat(balancer.routes())
                .containsExactly(new RouteSettings("/api/", "converters"), new RouteSettings("/v1/", "converters"));
    }

    @Test
    void a_balancer_alone_has_what_is_listed_and_nothing_else() {
        BalancerSettings balancer = load("""
            cluster: {enabled: false}
            balancer:
              pools:
                web:
                  servers: ["127.0.0.1:9101", "web.example:9102 weight=2", "[0:0:0:0:0:0:0:1]:9103 backup"]
                  algorithm: round-robin
                  check: {path: /health, interval: 3s, timeout: 2s, rise: 4, fall: 5, expect: 200-299}
                  max-in-flight: 100
                  queue: {limit: 7, timeout: 3s}
                  slow-start: 20s
                  connect-timeout: 1s
                  response-timeout: 0
                  keep-alive: 1m
                  resolve: {min: 1s, max: 10s}
                  outlier: {consecutive-failures: 3, consecutive-broken-responses: 4, base-ejection-time: 5s, max-ejection-time: 2m, max-ejected: 25%}
                  hang: {suspect-after: 1s, suspect-for: 4s}
                  retries: {budget: 10%, min-per-second: 1}
                db: {servers: ["127.0.0.1:9201"]}
              routes: [{path: /shop/, pool: web}]
            """);

        assertThat(balancer.pools()).extracting(PoolSettings::name).containsExactly("web", "db");
        assertThat(balancer.pool("web"))
                .hasValue(new PoolSettings(
                        "web",
                        Optional.empty(),
                        List.of(
                                new ServerSettings("127.0.0.1", 9101, 1, false),
                                new ServerSettings("web.example", 9102, 2, false),
                                new ServerSettings("::1", 9103, 1, true)),
                        Algorithm.ROUND_ROBIN,
                        new CheckSettings(
                                CheckSettings.Kind.HTTP,
                                "/health",
                                new CheckSettings.Statuses(200, 299),
                                Duration.ofSeconds(3),
                                Duration.ofMillis(500),
                                Duration.ofSeconds(2),
                                4,
                                5),
                        100,
                        new PoolSettings.Queue(7, Duration.ofSeconds(3)),
                        Duration.ofSeconds(20),
                        0,
                        new PoolSettings.Timeouts(Duration.ofSeconds(1), Duration.ZERO, Duration.ofMinutes(1)),
                        new PoolSettings.Resolve(Duration.ofSeconds(1), Duration.ofSeconds(10)),
                        new FailureSettings(
                                new FailureSettings.Outlier(3, 4, Duration.ofSeconds(5), Duration.ofMinutes(2), 25),
                                new FailureSettings.Hang(Duration.ofSeconds(1), Duration.ofSeconds(4)),
                                new FailureSettings.Retries(10, 1))));
        assertThat(balancer.pool("db").orElseThrow().failures()).isEqualTo(FailureSettings.DEFAULT);
        assertThat(balancer.pool("db").orElseThrow().timeouts().response()).isEqualTo(Duration.ofMinutes(1));
        assertThat(balancer.pool("db").orElseThrow().check()).isEqualTo(CheckSettings.OF_OTHERS);
        assertThat(balancer.routes()).containsExactly(new RouteSettings("/shop/", "web"));
    }

    @Test
    void a_unix_socket_is_a_server_with_a_path_that_fits_into_its_address() {
        String longest = "unix:/" + "a".repeat(106);

        List<ServerSettings> servers = load("balancer: {pools: {web: {servers: ['unix:/run/app.sock weight=3 backup', '"
                        + longest + "']}}}")
                .pool("web")
                .orElseThrow()
                .servers();

        assertThat(servers)
                .containsExactly(
                        new ServerSettings("unix:/run/app.sock", 0, 3, true), new ServerSettings(longest, 0, 1, false));
        assertThat(servers.get(0).id()).isEqualTo("unix:/run/app.sock");
        assertThatThrownBy(() -> load("balancer: {pools: {web: {servers: ['" + longest + "a']}}}"))
                .hasMessageContaining("of at most 107 bytes");
    }

    @Test
    void a_check_has_a_request_of_its_own() {
        CheckSettings check = load("""
            balancer:
              pools:
                web:
                  servers: ["a:1"]
                  check: {method: POST, host: shop.internal, headers: {X-Probe: "1"}, expect-body: /^ok/}
            """).pool("web").orElseThrow().check();

        assertThat(check.kind()).isEqualTo(CheckSettings.Kind.HTTP);
        assertThat(check.http())
                .isEqualTo(new HttpCheckSettings(
                        "POST",
                        Optional.of("shop.internal"),
                        Map.of("X-Probe", "1"),
                        Optional.of(new HttpCheckSettings.ExpectedBody("^ok", true))));
    }

    @Test
    void any_key_of_TLS_makes_a_pool_use_it_and_certificates_are_verified_by_default() {
        PoolSettings pool = load("balancer: {pools: {web: {servers: ['a:1'], tls: {ca: ca.pem}}}}")
                .pool("web")
                .orElseThrow();

        assertThat(pool.connection().tls())
                .hasValue(new PoolTlsSettings(
                        Optional.of(Path.of("ca.pem")), Optional.empty(), true, Optional.empty(), Optional.empty()));
        assertThat(load("").pool("converters").orElseThrow().connection()).isEqualTo(ConnectionSettings.PLAIN);
        assertThat(load("balancer: {pools: {converters: {http-version: 1.1}}}")
                        .pool("converters")
                        .orElseThrow()
                        .connection())
                .isEqualTo(ConnectionSettings.PLAIN);
    }

    @Test
    void settings_of_the_converters_pool_replace_single_defaults() {
        PoolSettings pool = load("balancer: {pools: {converters: {algorithm: random-two, check: {interval: 5s}}}}")
                .pool("converters")
                .orElseThrow();

        assertThat(pool.algorithm()).isEqualTo(Algorithm.RANDOM_TWO);
        assertThat(pool.check().path()).isEqualTo("/health/ready");
        assertThat(pool.check().interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(pool.discover()).hasValue(NodeRole.CONVERTER);
    }

    @Test
    void by_default_there_is_no_TLS_no_trusted_proxy_and_only_a_limit_of_connections() {
        BalancerSettings balancer = load("");

        assertThat(balancer.tls()).isEmpty();
        assertThat(balancer.trustedProxies()).isEmpty();
        assertThat(balancer.limits()).isEqualTo(LimitSettings.DEFAULT);
        assertThat(balancer.http())
                .isEqualTo(new HttpSettings(new BalancerSettings.Listen("0.0.0.0", 8080), false, false));
    }

    @Test
    void a_certificate_and_its_key_open_the_port_of_TLS() {
        BalancerSettings balancer = load("""
            balancer:
              http: {proxy-protocol: true, to-https: true}
              tls: {cert: /etc/tls/site.pem, key: /etc/tls/site.key, hsts: 4380h}
              trusted-proxies: ["10.0.0.0/8", "192.0.2.7"]
            """);

        assertThat(balancer.tls())
                .hasValue(new TlsSettings(
                        new BalancerSettings.Listen("0.0.0.0", 8443),
                        false,
                        Duration.ofHours(4380),
                        new TlsSettings.Handshake(
                                List.of(new CertificateFiles(
                                        "balancer.tls",
                                        Path.of("/etc/tls/site.pem"),
                                        Path.of("/etc/tls/site.key"),
                                        Optional.empty())),
                                false,
                                List.of("TLSv1.3", "TLSv1.2"),
                                CipherSuites.DEFAULT,
                                Optional.empty())));
        assertThat(balancer.http().toHttps()).isTrue();
        assertThat(balancer.http().proxyProtocol()).isTrue();
        assertThat(balancer.trustedProxies())
                .extracting(AddressRange::toString)
                .containsExactly("10.0.0.0/8", "192.0.2.7");
    }

    @Test
    void by_default_responses_of_discovered_nodes_are_compressed_and_of_no_other_pool() {
        BalancerSettings balancer = load("balancer: {pools: {web: {servers: ['a:1']}}}");

        assertThat(balancer.compression().minSize()).isEqualTo(1024);
        assertThat(balancer.compression().withCookies()).isFalse();
        assertThat(balancer.pools())
                .filteredOn(balancer.compression()::appliesTo)
                .extracting(PoolSettings::name)
                .containsExactly("converters");
    }

    @ParameterizedTest
    @CsvSource({"true, 2", "false, 0", "auto, 1"})
    void compression_is_for_all_pools_or_for_none(String enabled, int pools) {
        BalancerSettings balancer = load("""
            balancer:
              compression: {enabled: %s, min-size: 2KiB, types: [Text/*, application/json], with-cookies: true}
              pools: {web: {servers: ['a:1']}}
            """.formatted(enabled));

        assertThat(balancer.pools())
                .filteredOn(balancer.compression()::appliesTo)
                .hasSize(pools);
        assertThat(balancer.compression().minSize()).isEqualTo(2048);
        assertThat(balancer.compression().types()).containsExactly("text/*", "application/json");
        assertThat(balancer.compression().withCookies()).isTrue();
    }

    @Test
    void handshakes_have_several_certificates_a_minimal_version_and_clients_with_certificates() {
        TlsSettings.Handshake handshake = load("""
            balancer:
              tls:
                certificates: [{cert: a.pem, key: a.key}, {cert: b.pem, key: b.key}]
                strict-sni: true
                min-version: TLSv1.3
                client-ca: clients.pem
            """).tls().orElseThrow().handshake();

        assertThat(handshake.certificates())
                .containsExactly(
                        new CertificateFiles(
                                "balancer.tls.certificates[0]", Path.of("a.pem"), Path.of("a.key"), Optional.empty()),
                        new CertificateFiles(
                                "balancer.tls.certificates[1]", Path.of("b.pem"), Path.of("b.key"), Optional.empty()));
        assertThat(handshake.strictNames()).isTrue();
        assertThat(handshake.versions()).containsExactly("TLSv1.3");
        assertThat(handshake.clients()).hasValue(new ClientAuthentication(Path.of("clients.pem"), true));
    }

    @ParameterizedTest
    @CsvSource({
        "ECDHE-RSA-AES128-GCM-SHA256, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "ecdhe-ecdsa-chacha20-poly1305, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384, TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
    })
    void a_cipher_has_a_name_of_IANA_or_OpenSSL_and_replaces_those_of_its_version_only(String name, String suite) {
        assertThat(load("balancer: {tls: {cert: a, key: b, ciphers: [" + name + "]}}")
                        .tls()
                        .orElseThrow()
                        .handshake()
                        .ciphers())
                .containsExactly(
                        suite, "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
    }

    @Test
    void HTTP_2_without_TLS_has_a_port_where_one_is_named_and_else_none() {
        assertThat(load("").h2c()).isEmpty();
        assertThat(load("balancer: {h2c: {port: 8081}}").h2c())
                .hasValue(new H2cSettings(new BalancerSettings.Listen("0.0.0.0", 8081), false));
        assertThat(load("balancer: {h2c: {bind: 10.0.0.1, port: 0, proxy-protocol: true}}")
                        .h2c())
                .hasValue(new H2cSettings(new BalancerSettings.Listen("10.0.0.1", 0), true));
    }

    @Test
    void ports_of_different_addresses_may_have_the_same_number() {
        assertThat(load("balancer: {http: {bind: 10.0.0.1}, h2c: {bind: 10.0.0.2, port: 8080}}")
                        .h2c())
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "'::', '::'",
        "'[::]', '::'",
        "'[::1]', '::1'",
        "'0:0:0:0:0:0:0:1', '::1'",
        "'::ffff:127.0.0.1', 127.0.0.1"
    })
    void an_address_of_ipv6_to_listen_on_has_brackets_or_none(String written, String bind) {
        BalancerSettings balancer =
                load("balancer: {http: {bind: '%s'}, stats: {bind: '%s'}, h2c: {bind: '%s', port: 1}}"
                        .formatted(written, written, written));

        assertThat(balancer.http().listen().bind()).isEqualTo(bind);
        assertThat(balancer.stats().listen().bind()).isEqualTo(bind);
        assertThat(balancer.h2c().orElseThrow().listen().bind()).isEqualTo(bind);
    }

    @Test
    void the_default_burst_is_the_requests_of_one_second() {
        assertThat(load("balancer: {limits: {requests-per-second: 50}}")
                        .limits()
                        .burst())
                .isEqualTo(50);
        assertThat(load("balancer: {limits: {requests-per-second: 50, burst: 200}}")
                        .limits()
                        .burst())
                .isEqualTo(200);
    }

    @Test
    void pools_can_be_given_on_the_command_line() {
        Settings settings = Settings.load(
                Optional.of(file("")),
                List.of("balancer.pools.web.servers=[\"a:1\"]", "balancer.routes=[{path: /, pool: web}]"),
                Map.of("RATEMESH_BALANCER_POOLS_WEB_MAX_IN_FLIGHT", "9"));

        assertThat(settings.balancer().pools()).extracting(PoolSettings::name).containsExactly("converters", "web");
        assertThat(settings.balancer().pool("web").orElseThrow().maxInFlight()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "balancer: {tls: {cert: a.pem}} | balancer.tls.key: not set; name a PEM file: cert and key belong"
                        + " together",
                "balancer: {tls: {key: a.key}} | balancer.tls.cert: not set; name a PEM file",
                "balancer: {compression: {enabled: maybe}} | balancer.compression.enabled: \"maybe\" is not a valid"
                        + " value; use one of auto, false, true",
                "balancer: {compression: {min-size: 1kB}} | balancer.compression.min-size: \"1kB\" is not a valid"
                        + " size; use a size from 0B to 1GiB, such as 512B, 1KiB or 4MiB",
                "balancer: {compression: {min-size: 2GiB}} | balancer.compression.min-size: \"2GiB\" is not a valid"
                        + " size; use a size from 0B to 1GiB",
                "balancer: {compression: {types: [text/plain, json]}} | balancer.compression.types[1]: \"json\" is not"
                        + " a valid media type; use types such as application/json, or text/* for all of text",
                "balancer: {compression: {types: [text/event-stream]}} | balancer.compression.types[0]:"
                        + " \"text/event-stream\" is never compressed; remove it",
                "balancer: {compression: {with-cookies: 1}} | balancer.compression.with-cookies: \"1\" is not a valid"
                        + " value; use true or false",
                "balancer: {tls: {certificates: [{cert: a.pem}]}} | balancer.tls.certificates[0].key: not set; name a"
                        + " PEM file: cert and key belong together",
                "balancer: {tls: {certificates: [{}]}} | balancer.tls.certificates[0].cert: not set; name a PEM file:"
                        + " cert and key belong together",
                "balancer: {tls: {certificates: [{cert: a, key: b, crl: c}]}} | balancer.tls.certificates[0].crl: ",
                "balancer: {tls: {ocsp: a}} | balancer.tls.cert: not set; an OCSP response is stapled to a certificate",
                "balancer: {tls: {certificates: [{ocsp: a}]}} | balancer.tls.certificates[0].cert: not set; an OCSP",
                "balancer: {tls: {certificates: a.pem}} | balancer.tls.certificates: \"a.pem\" is not a valid list;"
                        + " use a list of maps such as [{cert: a.pem, key: a.key}]",
                "balancer: {tls: {strict-sni: true}} | balancer.tls.cert: not set; name a PEM file, without which"
                        + " there is no TLS",
                "balancer: {tls: {cert: a, key: b, strict-sni: maybe}} | balancer.tls.strict-sni: \"maybe\" is not a"
                        + " valid value; use true or false",
                "balancer: {tls: {cert: a, key: b, min-version: TLSv1.1}} | balancer.tls.min-version: \"TLSv1.1\" is"
                        + " not a valid value; use one of TLSv1.2, TLSv1.3",
                "balancer: {tls: {cert: a, key: b, ciphers: [AES128-SHA]}} | balancer.tls.ciphers[0]: \"AES128-SHA\""
                        + " is not a cipher suite that can be used; use one of TLS_AES_128_GCM_SHA256,"
                        + " TLS_AES_256_GCM_SHA384, TLS_CHACHA20",
                "balancer: {tls: {cert: a, key: b, min-version: TLSv1.3, ciphers: [TLS_AES_128_GCM_SHA256,"
                        + " ECDHE-RSA-AES128-GCM-SHA256]}} | balancer.tls.ciphers[1]: \"ECDHE-RSA-AES128-GCM-SHA256\" is a"
                        + " cipher suite of TLS 1.2, and min-version is TLSv1.3; remove one of them",
                "balancer: {tls: {cert: a, key: b, client-auth: required}} | balancer.tls.client-ca: not set; name a"
                        + " PEM file with the CAs of the clients, or set client-auth: none",
                "balancer: {tls: {cert: a, key: b, client-ca: c, client-auth: always}} | balancer.tls.client-auth:"
                        + " \"always\" is not a valid value; use one of none, optional, required",
                "balancer: {http: {to-https: true}} | balancer.http.to-https: \"true\" needs TLS, and"
                        + " balancer.tls.cert is not set; set it, or use false",
                "balancer: {h2c: {bind: 10.0.0.1}} | balancer.h2c.port: not set; use a number from 0",
                "balancer: {h2c: {port: 70000}} | balancer.h2c.port: \"70000\" is not a valid port; use a number from"
                        + " 0 to 65535",
                "balancer: {h2c: {port: 8080}} | balancer.h2c.port: \"8080\" is also the port of balancer.http; use"
                        + " another port",
                "balancer: {http: {port: 8443}, tls: {cert: a, key: b}} | balancer.tls.port: \"8443\" is also the port"
                        + " of balancer.http; use another port",
                "balancer: {h2c: {bind: 127.0.0.1, port: 8404}} | is also the port of balancer.stats; use another port",
                "balancer: {limits: {connections: 0}} | balancer.limits.connections: \"0\" is not a valid number; use"
                        + " a number from 1",
                "balancer: {limits: {head-time: 500ms}} | balancer.limits.head-time: \"500ms\" is not a valid"
                        + " duration; use a duration from 1s",
                "balancer: {trusted-proxies: [proxy.example]} | balancer.trusted-proxies[0]: \"proxy.example\" is not"
                        + " a valid network; use addresses",
                "balancer: {trusted-proxies: [10.0.0.0/8, 10.0.0.1/8]} | balancer.trusted-proxies[1]: \"10.0.0.1/8\""
                        + " is not a valid network; use addresses",
                "balancer: {pools: {web: {}}} | balancer.pools.web.servers: not set",
                "balancer: {pools: {web: {servers: [a]}}} | balancer.pools.web.servers[0]: \"a\" is not a valid"
                        + " server; use host:port",
                "balancer: {pools: {web: {servers: ['a:0']}}} | balancer.pools.web.servers[0]: \"a:0\" is not a valid"
                        + " server; use host:port",
                "balancer: {pools: {web: {servers: ['::1']}}} | balancer.pools.web.servers[0]: \"::1\" is not a valid"
                        + " server; use host:port, an IPv6 address as [::1]:9101",
                "balancer: {pools: {web: {servers: ['::1:9101']}}} | is not a valid server; use host:port, an IPv6"
                        + " address as [::1]:9101",
                "balancer: {pools: {web: {servers: ['[:::]:9101']}}} | is not a valid server; use host:port",
                "balancer: {pools: {web: {servers: ['[::1]:1', '[0::1]:1']}}} | balancer.pools.web.servers[1]:"
                        + " \"[0::1]:1\" is listed twice; list each server once",
                "balancer: {pools: {web: {servers: ['a:1 weight=0']}}} | is not a valid server; use host:port",
                "balancer: {pools: {web: {servers: ['a:1 weight=257']}}} | is not a valid server; use host:port",
                "balancer: {pools: {web: {servers: ['a:1 slow']}}} | is not a valid server; use host:port",
                "balancer: {pools: {web: {servers: ['unix:app.sock']}}} | balancer.pools.web.servers[0]:"
                        + " \"unix:app.sock\" is not a valid server; use unix: and an absolute path of at most 107 bytes",
                "balancer: {pools: {web: {servers: ['unix:/run/app.sock fast']}}} | \"unix:/run/app.sock fast\" is not"
                        + " a valid server; use unix: and an absolute path",
                "balancer: {pools: {web: {servers: ['a:1', 'a:1 backup']}}} | balancer.pools.web.servers[1]: \"a:1"
                        + " backup\" is listed twice; list each server once",
                "balancer: {pools: {web: {servers: ['a:1'], discover: converter}}} | \"converter\" cannot be combined"
                        + " with servers; remove one of them",
                "balancer: {pools: {web: {servers: ['a:1'], algorithm: best}}} | balancer.pools.web.algorithm:"
                        + " \"best\" is not a valid value; use one of first,",
                "balancer: {pools: {web: {servers: ['a:1'], check: {expect: 600}}}} | balancer.pools.web.check.expect:"
                        + " \"600\" is not a valid status; use a status such as 200",
                "balancer: {pools: {'a b': {servers: ['a:1']}}} | balancer.pools: \"a b\" is not a valid name; use at"
                        + " most 63 letters",
                "balancer: {pools: {web: {servers: ['a:1'], outlier: {base-ejection-time: 20s, max-ejection-time:"
                        + " 5s}}}} | balancer.pools.web.outlier.max-ejection-time: \"5s\" is less than"
                        + " balancer.pools.web.outlier.base-ejection-time; use at least 20s",
                "balancer: {pools: {web: {servers: ['a:1'], outlier: {max-ejected: 101%}}}} |"
                        + " balancer.pools.web.outlier.max-ejected: \"101%\" is not a valid percentage; use a percentage"
                        + " from 0% to 100%, such as 20%",
                "balancer: {pools: {web: {servers: ['a:1'], retries: {budget: 3}}}} |"
                        + " balancer.pools.web.retries.budget: \"3\" is not a valid percentage; use a percentage from 0%"
                        + " to 100%, such as 20%",
                "balancer: {pools: {web: {servers: ['a:1'], resolve: {min: 10s, max: 5s}}}} |"
                        + " balancer.pools.web.resolve.max: \"5s\" is less than balancer.pools.web.resolve.min; use at"
                        + " least 10s",
                "balancer: {pools: {web: {servers: ['a:1'], color: red}}} | balancer.pools.web.color: unknown key",
                "balancer: {pools: {web: {servers: ['a:1'], affinity: {cookie: 'a b'}}}} |"
                        + " balancer.pools.web.affinity.cookie: \"a b\" is not a valid name of a cookie",
                "balancer: {pools: {web: {servers: ['a:1'], affinity: {cookie: A, same-site: none}}}} |"
                        + " balancer.pools.web.affinity.same-site: \"none\" needs a secure cookie; set secure: true",
                "balancer: {pools: {web: {servers: ['a:1'], affinity: {cookie: A, header: B}}}} |"
                        + " balancer.pools.web.affinity.header: \"B\" cannot be combined with cookie",
                "balancer: {pools: {web: {servers: ['a:1'], algorithm: first, affinity: {header: B}}}} |"
                        + " balancer.pools.web.algorithm: \"first\" cannot be combined with affinity.header",
                "balancer: {tcp: [{port: 1, servers: ['a:1'], affinity: {cookie: A}}]} |"
                        + " balancer.tcp[0].affinity.cookie: \"A\" is not supported on a TCP port",
                "balancer: {pools: {web: {servers: ['a:1'], tls: {server-name: 'a b'}}}} |"
                        + " balancer.pools.web.tls.server-name: \"a b\" is not a valid host name; use a name such as"
                        + " shop.internal",
                "balancer: {pools: {web: {servers: ['a:1'], tls: {server-name: 10.0.0.1}}}} |"
                        + " balancer.pools.web.tls.server-name: \"10.0.0.1\" is not a valid host name",
                "balancer: {pools: {web: {servers: ['a:1'], tls: {verify: maybe}}}} | balancer.pools.web.tls.verify:"
                        + " \"maybe\" is not a valid value; use true or false",
                "balancer: {pools: {web: {servers: ['a:1'], tls: {verify: false, ca: ca.pem}}}} |"
                        + " balancer.pools.web.tls.ca: \"ca.pem\" has no effect, because verify is false; remove one of"
                        + " them",
                "balancer: {pools: {web: {servers: ['a:1'], tls: {cert: a.pem}}}} | balancer.pools.web.tls.key: not"
                        + " set; name a PEM file: cert and key belong together",
                "balancer: {tcp: [{port: 1, servers: ['a:1'], tls: {verify: true}}]} | balancer.tcp[0].tls.verify:"
                        + " \"true\" is not supported on a TCP port, which forwards TLS as it is; remove this setting, or"
                        + " use a pool",
                "balancer: {pools: {web: {servers: ['a:1'], http-version: 3}}} | balancer.pools.web.http-version:"
                        + " \"3\" is not a valid value; use one of 1.1, 2, auto",
                "balancer: {tcp: [{port: 1, servers: ['a:1'], http-version: 2}]} | balancer.tcp[0].http-version: \"2\""
                        + " is not supported on a TCP port, which has no HTTP requests; remove this setting",
                "balancer: {pools: {web: {servers: ['a:1'], send-proxy: v3}}} | balancer.pools.web.send-proxy: \"v3\""
                        + " is not a valid value; use one of v1, v2",
                "balancer: {pools: {converters: {send-proxy: v2}}} | balancer.pools.converters.send-proxy: \"v2\""
                        + " names one client for a connection, and with pipelining 64 clients share it; set pipelining: 0",
                "balancer: {pools: {web: {servers: ['a:1'], check: {service: shop}}}} |"
                        + " balancer.pools.web.check.service: \"shop\" needs a gRPC check; set type: grpc",
                "balancer: {pools: {web: {servers: ['a:1'], check: {method: get}}}} | balancer.pools.web.check.method:"
                        + " \"get\" is not a valid value; use one of GET, HEAD, OPTIONS, POST, PUT",
                "balancer: {pools: {web: {servers: ['a:1'], check: {host: 'a b'}}}} | balancer.pools.web.check.host:"
                        + " \"a b\" is not a valid host; use a host name",
                "balancer: {pools: {web: {servers: ['a:1'], check: {expect-body: '/(/'}}}} |"
                        + " balancer.pools.web.check.expect-body: \"/(/\" is not a valid regular expression; use text",
                "balancer: {pools: {web: {servers: ['a:1'], check: {headers: {Content-Length: 7}}}}} |"
                        + " balancer.pools.web.check.headers.Content-Length: \"7\" is the value of a field that a check"
                        + " cannot set; use another name",
                "balancer: {pools: {web: {servers: ['a:1'], check: {headers: {'a b': 7}}}}} |"
                        + " balancer.pools.web.check.headers.a b: \"7\" is the value of a field that a check cannot set",
                "balancer: {routes: [{path: /x/, pool: web}]} | balancer.routes[0].pool: \"web\" is not a pool; use"
                        + " one of the pools converters",
                "balancer: {routes: [{path: x, pool: converters}]} | balancer.routes[0].path: \"x\" is not a valid"
                        + " path; use a path that begins with /",
                "balancer: {routes: [{path: /x, pool: converters}, {path: /x, pool: converters}]} |"
                        + " balancer.routes[1].path: \"/x\" is the path of another route; list each path once",
                "balancer: {routes: [{path: /x}]} | balancer.routes[0].pool: not set; name a pool, or use redirect or respond",
                "balancer: {routes: [/]} | balancer.routes: \"[/]\" is not a valid list; use a list of maps such as"
                        + " [{path: /shop/, pool: web}]",
                "{cluster: {enabled: false}, balancer: {routes: [{path: /, pool: web}]}} | balancer.routes[0].pool:"
                        + " \"web\" is not a pool; define a pool in balancer.pools, which is empty",
                "balancer: {tls: {port: 443}} | balancer.tls.cert: not set; name a PEM file, without which there is no"
                        + " TLS",
                "balancer: {http: {bind: 127.0.0.1, port: 80}, stats: {bind: 0.0.0.0, port: 80}} |"
                        + " balancer.stats.port: \"80\" is also the port of balancer.http; use another port",
                "balancer: {tcp: [{port: 8080, servers: ['a:1']}]} | balancer.tcp[0].port: \"8080\" is also the port"
                        + " of balancer.http; use another port",
                "balancer: {scaler: {min: 5, max: 3}} | balancer.scaler.max: \"3\" is less than balancer.scaler.min;"
                        + " use at least 5",
                "{cluster: {enabled: false}, balancer: {scaler: {enabled: true}}} | balancer.scaler.enabled: \"true\""
                        + " needs a cluster, and cluster.enabled is false; use false",
                "{cluster: {enabled: false}, balancer: {pools: {c: {discover: converter}}}} | \"converter\" needs a"
                        + " cluster, and cluster.enabled is false; list servers",
            })
    void an_invalid_setting_is_reported(String yaml, String fault) {
        assertThatThrownBy(() -> load(yaml)).hasMessageContaining(fault);
    }

    private BalancerSettings load(String yaml) {
        return Settings.load(Optional.of(file(yaml)), List.of(), Map.of()).balancer();
    }

    private Path file(String yaml) {
        try {
            return Files.writeString(folder.resolve("ratemesh.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
