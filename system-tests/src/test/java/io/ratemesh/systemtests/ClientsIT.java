package io.ratemesh.systemtests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import io.ratemesh.systemtests.browser.Chromium;
import io.ratemesh.systemtests.client.Http2Bodies;
import io.ratemesh.systemtests.client.Program;
import io.ratemesh.systemtests.client.RecordingRelay;
import io.ratemesh.systemtests.cluster.ClusterUnderTest;
import io.ratemesh.systemtests.cluster.Feeds;
import io.ratemesh.systemtests.process.PortBlock;
import io.ratemesh.systemtests.process.RefusingPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The clients and proxies that people use, in front of a default cluster: each gets every body whole, byte for byte. Some hundred
 * requests each in every build, or as many as {@code -Dratemesh.requests=N} sets.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(1800)
class ClientsIT {

    private static final int REQUESTS = Integer.getInteger("ratemesh.requests", 200);

    /** What a client that sends requests one after the other cycles through: chunked, with a length, small and large. */
    private static final List<String> TARGETS = List.of(
            "/api/v1/convert?from=EUR&to=USD&amount=100",
            "/api/v1/currencies",
            "/api/v1/openapi.json",
            "/",
            "/api/v1/history/USD/JPY?from=1999-01-04&to=2026-04-13");

    /** A client that sends one request again and again gets the one in chunks. */
    private static final String LARGE = "/api/v1/openapi.json";

    private static final Program CURL = new Program("curl", "curl");
    private static final Program WGET = new Program("wget", "wget");
    private static final Program AB = new Program("ab", "apache2-utils");
    private static final Program H2LOAD = new Program("h2load", "nghttp2-client");
    private static final Program NGINX = new Program("nginx", "nginx");
    private static final Program HAPROXY = new Program("haproxy", "haproxy");

    private static final RefusingPort NOWHERE = new RefusingPort();
    private static final PortBlock PORTS = PortBlock.find();
    private static final int H2C_PORT = PORTS.next();
    private static final ClusterUnderTest CLUSTER = new ClusterUnderTest("clients", Feeds.unreachable(NOWHERE))
            .with("balancer.h2c.bind", "127.0.0.1")
            .with("balancer.h2c.port", String.valueOf(H2C_PORT));
    private static final Map<String, byte[]> EXPECTED = new LinkedHashMap<>();

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void start() throws Exception {
        CLUSTER.rates();
        CLUSTER.balancer();
        CLUSTER.awaitServing(CLUSTER.converterWithPort());
        CLUSTER.awaitServing(CLUSTER.converter());
        for (String target : TARGETS) {
            // The expected responses come from a converter, that of the page from the balancer.
            URI source = target.startsWith("/api/")
                    ? CLUSTER.converterApi().uri(target)
                    : CLUSTER.api().uri(target);
            HttpResponse<byte[]> response = client().send(request(source), BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).as(target).isEqualTo(200);
            EXPECTED.put(target, response.body());
        }
    }

    @AfterAll
    static void end() {
        CLUSTER.close();
        NOWHERE.close();
    }

    @Test
    void curl_of_HTTP_1_0() throws Exception {
        Path urls = Files.write(
                folder.resolve("curl.config"),
                cycle().stream()
                        .map(target -> "url = \"" + CLUSTER.api().uri(target) + "\"")
                        .toList());

        assertThatOutputIsTheBodies(
                CURL, "--http1.0", "--silent", "--show-error", "--fail", "--config", urls.toString());
    }

    @Test
    void wget() throws Exception {
        Path urls = Files.write(
                folder.resolve("urls"),
                cycle().stream()
                        .map(target -> CLUSTER.api().uri(target).toString())
                        .toList());

        assertThatOutputIsTheBodies(WGET, "--quiet", "--output-document=-", "--input-file=" + urls);
    }

    /** The output of a program is the bodies in order; it may be too large to keep. */
    private void assertThatOutputIsTheBodies(Program program, String... arguments) throws Exception {
        assumeInstalled(program);
        Process process = program.start(folder.resolve("errors"), arguments);
        int number = 0;
        try (InputStream out = process.getInputStream()) {
            for (String target : cycle()) {
                byte[] expected = expected(target);
                byte[] body = out.readNBytes(expected.length);
                assertThat(Arrays.equals(body, expected))
                        .as("body %d, %s: %d of %d bytes, or others", number, target, body.length, expected.length)
                        .isTrue();
                number++;
            }
            assertThat(out.read()).as("nothing follows").isEqualTo(-1);
            // The output ends before the program does, which must not be destroyed in between.
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroy();
        }
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("errors")))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {LARGE, "/api/v1/convert?from=EUR&to=USD&amount=100"})
    void ab_which_speaks_HTTP_1_0(String target) throws Exception {
        assumeInstalled(AB);
        AtomicInteger whole = new AtomicInteger();
        List<String> broken = new ArrayList<>();
        try (RecordingRelay relay = new RecordingRelay(CLUSTER.uri().getPort(), connection -> {
            if (Arrays.equals(bodyOfHttp10(connection), expected(target))) {
                whole.incrementAndGet();
            } else {
                synchronized (broken) {
                    broken.add(connection.length + " bytes");
                }
            }
        })) {
            String report = run(AB, "-q", "-n", String.valueOf(REQUESTS), "-c", "8", at(relay.port(), target));

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(whole.get())
                            .as("whole bodies; others: %s", broken)
                            .isEqualTo(REQUESTS));
            assertThat(report)
                    .containsPattern("Complete requests: +" + REQUESTS)
                    .containsPattern("Failed requests: +0\\b");
        }
    }

    /** RFC 1945 §7: to a client of HTTP/1.0 the body ends with the connection, and chunks are unknown. */
    private static byte[] bodyOfHttp10(byte[] connection) {
        String text = new String(connection, ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        return end < 0 || text.substring(0, end).toLowerCase(Locale.ROOT).contains("transfer-encoding")
                ? new byte[0]
                : text.substring(end + 4).getBytes(ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(strings = {LARGE, "/api/v1/convert?from=EUR&to=USD&amount=100", "/"})
    void h2load_over_HTTP_2(String target) throws Exception {
        assumeInstalled(H2LOAD);
        List<Integer> others = new ArrayList<>();
        AtomicInteger whole = new AtomicInteger();
        try (RecordingRelay relay = new RecordingRelay(H2C_PORT, connection -> {
            for (byte[] body : Http2Bodies.whole(connection)) {
                if (Arrays.equals(body, expected(target))) {
                    whole.incrementAndGet();
                } else {
                    synchronized (others) {
                        others.add(body.length);
                    }
                }
            }
        })) {
            String report = run(H2LOAD, "-n", String.valueOf(REQUESTS), "-c", "4", "-m", "8", at(relay.port(), target));

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(whole.get())
                            .as("whole bodies; sizes of others: %s", others)
                            .isEqualTo(REQUESTS));
            assertThat(report).contains(REQUESTS + " succeeded, 0 failed, 0 errored, 0 timeout");
        }
    }

    @Test
    void nginx_in_front_with_its_default_proxy_pass_of_HTTP_1_0() throws Exception {
        int port = PORTS.next();
        Path config = Files.writeString(folder.resolve("nginx.conf"), """
                %1$sdaemon off;
                pid %2$s/nginx.pid;
                events { }
                http {
                  access_log off;
                  client_body_temp_path %2$s/body;
                  proxy_temp_path %2$s/proxy;
                  fastcgi_temp_path %2$s/fastcgi;
                  uwsgi_temp_path %2$s/uwsgi;
                  scgi_temp_path %2$s/scgi;
                  server {
                    listen 127.0.0.1:%3$d;
                    location / { proxy_pass %4$s; }
                  }
                }
                """.formatted(
                System.getProperty("user.name").equals("root") ? "user root;\n" : "", folder, port, CLUSTER.uri()));

        assertThatBodiesComeThrough(
                NGINX,
                port,
                "-p",
                folder.toString(),
                "-c",
                config.toString(),
                "-e",
                folder.resolve("log").toString());
    }

    @Test
    void HAProxy_in_front() throws Exception {
        int port = PORTS.next();
        Path config = Files.writeString(
                folder.resolve("haproxy.cfg"), """
                defaults
                  mode http
                  timeout connect 5s
                  timeout client 60s
                  timeout server 60s
                listen front
                  bind 127.0.0.1:%d
                  server ratemesh %s
                """.formatted(port, CLUSTER.uri().getAuthority()));

        assertThatBodiesComeThrough(HAPROXY, port, "-q", "-db", "-f", config.toString());
    }

    private void assertThatBodiesComeThrough(Program proxy, int port, String... arguments) throws Exception {
        assumeInstalled(proxy);
        Process process = proxy.start(folder.resolve("errors"), arguments);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        HttpClient client = client();
        try {
            await(proxy.name())
                    .atMost(Duration.ofSeconds(10))
                    .ignoreExceptions()
                    .until(() -> client.send(request(URI.create(at(port, "/"))), BodyHandlers.discarding())
                                    .statusCode()
                            == 200);
            List<Future<String>> results = new ArrayList<>();
            for (String target : cycle()) {
                results.add(threads.submit(() -> {
                    HttpResponse<byte[]> response =
                            client.send(request(URI.create(at(port, target))), BodyHandlers.ofByteArray());
                    return response.statusCode() == 200 && Arrays.equals(response.body(), expected(target))
                            ? "whole"
                            : target + " " + response.statusCode() + " " + response.body().length + " bytes";
                }));
            }
            for (Future<String> result : results) {
                assertThat(result.get()).isEqualTo("whole");
            }
        } finally {
            threads.shutdownNow();
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    void a_browser() throws Exception {
        Map<String, String> digests = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> each : EXPECTED.entrySet()) {
            digests.put(
                    each.getKey(),
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(each.getValue())));
        }
        try (Chromium chromium = new Chromium()) {
            Page page = chromium.browser().newPage();
            page.setDefaultTimeout(20 * 60_000);
            page.navigate(CLUSTER.api().uri("/").toString());

            assertThat(page.evaluate("""
                    async ([targets, digests]) => {
                      const wrong = [];
                      let next = 0;
                      const hex = bytes => [...new Uint8Array(bytes)].map(b => b.toString(16).padStart(2, '0')).join('');
                      const client = async () => {
                        while (next < targets.length) {
                          const target = targets[next++];
                          const response = await fetch(target, {cache: 'no-store'}).catch(error => error);
                          const body = response instanceof Error ? response
                            : await response.arrayBuffer().catch(error => error);
                          const digest = body instanceof Error ? `${body}`
                            : hex(await crypto.subtle.digest('SHA-256', body));
                          if (digest !== digests[target]) {
                            wrong.push(`${target}: ${digest}`);
                          }
                        }
                      };
                      await Promise.all(Array.from({length: 6}, client));
                      return wrong;
                    }
                    """, List.of(cycle(), digests))).isEqualTo(List.of());
        }
    }

    private String run(Program program, String... arguments) throws IOException, InterruptedException {
        Process process = program.start(folder.resolve("errors"), arguments);
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor())
                .as("%s%n%s", out, Files.readString(folder.resolve("errors")))
                .isZero();
        return out;
    }

    private static void assumeInstalled(Program program) {
        assumeThat(program.find()).as(program.advice()).isPresent();
    }

    private static List<String> cycle() {
        return IntStream.range(0, REQUESTS)
                .mapToObj(i -> TARGETS.get(i % TARGETS.size()))
                .collect(Collectors.toList());
    }

    private static byte[] expected(String target) {
        return EXPECTED.getOrDefault(target, new byte[0]);
    }

    private static String at(int port, String target) {
        return "http://127.0.0.1:" + port + target;
    }

    private static HttpRequest request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }
}
