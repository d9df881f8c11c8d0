package io.ratemesh.balancer.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.cache.CacheResult;
import io.ratemesh.balancer.http.TrustedProxies;
import io.ratemesh.node.settings.RouteSettings;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests through the cache of a route, to a server in this JVM and to nginx. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CachedResponsesTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final CacheFixture front = new CacheFixture();

    @BeforeEach
    void reset() {
        front.reset();
    }

    @AfterAll
    void close() {
        front.close();
    }

    @Test
    void a_fresh_response_is_sent_from_the_store_to_GET_and_HEAD() {
        front.serve("/fresh", "content", "Cache-Control", "max-age=60", "X-A", "1", "X-A", "2");

        HttpResponse<String> first = front.get("/fresh");
        front.skip(Duration.ofSeconds(5));
        HttpResponse<String> second = front.get("/fresh");
        HttpResponse<String> head = front.send("HEAD", "/fresh");

        assertThat(front.received()).containsExactly("GET /fresh -");
        assertThat(CacheFixture.status(first)).isEqualTo("ratemesh; fwd=miss; stored");
        assertThat(first.headers().firstValue("Age")).isEmpty();
        assertThat(second.body()).isEqualTo("content");
        assertThat(second.headers().allValues("X-A")).containsExactly("1", "2");
        assertThat(second.headers().firstValue("Age")).hasValue("5");
        assertThat(second.headers().firstValue("Date")).isPresent();
        assertThat(CacheFixture.status(second)).isEqualTo("ratemesh; hit; ttl=55");
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length")).hasValue("7");
        assertThat(front.count(CacheResult.HIT)).isEqualTo(2);
        assertThat(front.count(CacheResult.MISS)).isEqualTo(1);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(front.ended)
                        .filteredOn(end -> end.startsWith("/fresh "))
                        .containsExactlyInAnyOrder("/fresh -- 200 7", "/fresh LR 200 7", "/fresh LR 200 0"));
    }

    @Test
    void another_query_or_host_is_another_resource() {
        front.serve("/a", "content", "Cache-Control", "max-age=60");
        front.get("/a?1");
        front.get("/a?2");

        assertThat(front.received()).containsExactly("GET /a?1 -", "GET /a?2 -");
        assertThat(raw("GET /a?1 HTTP/1.1\r\nHost: other\r\nConnection: close\r\n\r\n"))
                .contains("fwd=miss");
    }

    @Test
    void long_content_is_stored_up_to_the_limit_and_relayed_beyond_it() {
        String stored = "x".repeat(CacheFixture.MAX_ENTRY);
        front.serve("/stored", stored, "Cache-Control", "max-age=60");
        front.serve("/long", stored + "y", "Cache-Control", "max-age=60");
        front.script(
                "/chunked",
                request -> request.response()
                        .setChunked(true)
                        .putHeader("Cache-Control", "max-age=60")
                        .end(stored + "y"));

        for (int i = 0; i < 2; i++) {
            assertThat(front.get("/stored").body()).isEqualTo(stored);
            assertThat(front.get("/long").body()).isEqualTo(stored + "y");
            assertThat(front.get("/chunked").body()).isEqualTo(stored + "y");
        }

        assertThat(front.received())
                .containsExactly("GET /stored -", "GET /long -", "GET /chunked -", "GET /long -", "GET /chunked -");
        assertThat(front.cache.snapshot().entries()).isEqualTo(1);
    }

    @Test
    void chunked_content_gets_a_length_when_it_is_sent_from_the_store() throws IOException {
        front.script(
                "/a",
                request -> request.response()
                        .setChunked(true)
                        .putHeader("Cache-Control", "max-age=60")
                        .end("content"));
        front.get("/a");

        assertThat(front.get("/a").headers().firstValue("Content-Length")).hasValue("7");
        assertThat(raw("GET /a HTTP/1.0\r\nHost: 127.0.0.1:" + front.port() + "\r\n\r\n"))
                .containsIgnoringCase("content-length: 7\r\n")
                .contains("; hit; ")
                .endsWith("\r\n\r\ncontent");
    }

    @Test
    void a_client_that_has_the_response_gets_304() {
        front.serve("/a", "content", "Cache-Control", "max-age=60", "ETag", "\"1\"", "Content-Type", "text/css");
        front.get("/a");

        HttpResponse<String> same = front.get("/a", "If-None-Match", "\"1\"");
        HttpResponse<String> other = front.get("/a", "If-None-Match", "\"2\"");

        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.headers().firstValue("ETag")).hasValue("\"1\"");
        assertThat(same.headers().firstValue("Content-Type")).isEmpty();
        assertThat(same.headers().firstValue("Content-Length")).isEmpty();
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(front.received()).hasSize(1);
    }

    @Test
    void conditions_go_to_the_server_where_nothing_is_stored() {
        front.script("/a", request -> request.response().setStatusCode(304).end());

        assertThat(front.get("/a", "If-None-Match", "\"1\"").statusCode()).isEqualTo(304);
        assertThat(front.received()).containsExactly("GET /a \"1\"");
        assertThat(front.cache.snapshot().entries()).isZero();
    }

    @Test
    void a_stale_response_is_validated_and_used_again() {
        versioned("/a", "\"1\"", "max-age=60");
        front.get("/a");
        front.skip(Duration.ofSeconds(61));

        HttpResponse<String> validated = front.get("/a", "If-None-Match", "\"0\"");
        HttpResponse<String> again = front.get("/a");
        front.skip(Duration.ofSeconds(61));
        HttpResponse<String> notModified = front.get("/a", "If-None-Match", "\"1\"");

        assertThat(front.received()).containsExactly("GET /a -", "GET /a \"1\"", "GET /a \"1\"");
        assertThat(validated.statusCode()).isEqualTo(200);
        assertThat(validated.body()).isEqualTo("version \"1\"");
        assertThat(CacheFixture.status(validated)).isEqualTo("ratemesh; fwd=stale; fwd-status=304");
        assertThat(validated.headers().firstValue("Age")).hasValue("0");
        assertThat(CacheFixture.status(again)).startsWith("ratemesh; hit");
        assertThat(notModified.statusCode()).isEqualTo(304);
        assertThat(front.count(CacheResult.VALIDATED)).isEqualTo(2);
    }

    @Test
    void a_stale_response_is_replaced_by_another_version() {
        versioned("/a", "\"1\"", "max-age=60");
        front.get("/a");
        versioned("/a", "\"2\"", "max-age=60");
        front.skip(Duration.ofSeconds(61));

        assertThat(front.get("/a").body()).isEqualTo("version \"2\"");
        assertThat(front.get("/a").body()).isEqualTo("version \"2\"");
        assertThat(front.received()).containsExactly("GET /a -", "GET /a \"1\"");
    }

    @Test
    void over_HTTP_2_a_response_is_stored_and_validated_too() throws Exception {
        versioned("/a", "\"1\"", "max-age=60");
        List<String> statuses = new ArrayList<>();
        var client = front.vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        for (int i = 0; i < 3; i++) {
            Buffer content = ProxyFixture.await(client.request(HttpMethod.GET, front.port(), "127.0.0.1", "/a")
                    .compose(request ->
                            request.putHeader("If-None-Match", "\"0\"").send())
                    .compose(response -> {
                        statuses.add(response.getHeader("Cache-Status"));
                        return response.body();
                    }));
            assertThat(content.toString()).isEqualTo("version \"1\"");
            front.skip(Duration.ofSeconds(i == 0 ? 0 : 61));
        }

        assertThat(statuses)
                .satisfiesExactly(
                        first -> assertThat(first).contains("fwd=miss; stored"),
                        second -> assertThat(second).contains("hit"),
                        third -> assertThat(third).contains("fwd-status=304"));
        assertThat(front.received()).containsExactly("GET /a \"0\"", "GET /a \"1\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cache-Control | no-store | X-A | 1",
                "Set-Cookie | a=b | X-A | 1",
                "X-A | 1 | Authorization | Basic YTpi",
                "X-A | 1 | Range | bytes=0-1",
                "X-A | 1 | Cache-Control | no-store",
                "X-A | 1 | If-Match | \"1\"",
            })
    void what_may_not_be_stored_is_not(String name, String value, String field, String fieldValue) {
        front.serve("/a", "content", "Cache-Control", "max-age=60", name, value);

        HttpResponse<String> response = front.get("/a", field, fieldValue);

        assertThat(response.body()).isEqualTo("content");
        assertThat(CacheFixture.status(response)).doesNotContain("stored").contains("fwd=");
        assertThat(front.cache.snapshot().entries()).isZero();
    }

    @Test
    void an_incomplete_response_is_not_stored() throws Exception {
        front.script(
                "/a",
                request -> request.response()
                        .putHeader("Cache-Control", "max-age=60")
                        .putHeader("Content-Length", "10")
                        .write("half")
                        .onComplete(ignored -> request.connection().close()));

        assertThat(raw("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")).endsWith("\r\n\r\nhalf");
        assertThat(front.cache.snapshot().entries()).isZero();
    }

    @Test
    void only_if_cached_never_reaches_the_server() {
        front.serve("/a", "content", "Cache-Control", "max-age=60");

        assertThat(front.get("/a", "Cache-Control", "only-if-cached").statusCode())
                .isEqualTo(504);
        front.get("/a");
        assertThat(front.get("/a", "Cache-Control", "only-if-cached").body()).isEqualTo("content");
        assertThat(front.received()).hasSize(1);
    }

    @Test
    void a_reload_asks_the_server() {
        versioned("/a", "\"1\"", "max-age=60");
        front.get("/a");
        front.get("/a", "Cache-Control", "no-cache");

        HttpResponse<String> validated = front.get("/a", "Cache-Control", "no-cache");
        assertThat(CacheFixture.status(validated)).isEqualTo("ratemesh; fwd=request; fwd-status=304");
        assertThat(front.received()).containsExactly("GET /a -", "GET /a \"1\"", "GET /a \"1\"");
    }

    @Test
    void an_unsafe_request_that_succeeds_invalidates_what_is_stored() {
        front.script(
                "/a",
                request -> request.response()
                        .setStatusCode(request.method().equals(HttpMethod.DELETE) ? 404 : 200)
                        .putHeader("Cache-Control", "max-age=60")
                        .end());
        front.get("/a");
        front.send("DELETE", "/a");
        assertThat(CacheFixture.status(front.get("/a"))).contains("hit");
        front.send("PUT", "/a");
        assertThat(CacheFixture.status(front.get("/a"))).contains("fwd=miss");
    }

    @Test
    void while_a_stale_response_is_used_it_is_validated_in_the_background() {
        versioned("/a", "\"1\"", "max-age=60, stale-while-revalidate=60");
        front.get("/a");
        front.skip(Duration.ofSeconds(70));
        versioned("/a", "\"2\"", "max-age=60, stale-while-revalidate=60");

        HttpResponse<String> stale = front.get("/a", "If-None-Match", "\"0\"");

        assertThat(stale.body()).isEqualTo("version \"1\"");
        assertThat(CacheFixture.status(stale)).isEqualTo("ratemesh; hit; ttl=-10");
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(front.get("/a").body()).isEqualTo("version \"2\""));
        assertThat(front.received()).containsExactly("GET /a -", "GET /a \"1\"");
        assertThat(front.count(CacheResult.STALE)).isPositive();
    }

    @Test
    void a_background_validation_that_fails_leaves_the_stale_response() {
        front.serve("/a", "content", "Cache-Control", "max-age=60, stale-while-revalidate=60");
        front.get("/a");
        front.skip(Duration.ofSeconds(70));
        front.received();
        front.script("/a", request -> request.connection().close());

        assertThat(front.get("/a").body()).isEqualTo("content");
        await().atMost(SOON).until(() -> front.receivedCount() > 0);
        front.serve("/a", "next", "Cache-Control", "max-age=60");
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(front.get("/a").body()).isEqualTo("next"));
    }

    @Test
    void an_error_of_the_server_is_hidden_by_a_stale_response_where_it_allows_that() {
        versioned("/a", "\"1\"", "max-age=60, stale-if-error=60");
        front.get("/a");
        front.skip(Duration.ofSeconds(70));
        front.script("/a", request -> request.response().setStatusCode(503).end("busy"));
        HttpResponse<String> instead = front.get("/a");
        front.script("/a", request -> request.connection().close());
        HttpResponse<String> insteadOfNothing = front.get("/a", "If-None-Match", "\"1\"");
        front.skip(Duration.ofSeconds(60));
        HttpResponse<String> tooOld = front.get("/a");

        assertThat(instead.statusCode()).isEqualTo(200);
        assertThat(instead.body()).isEqualTo("version \"1\"");
        assertThat(CacheFixture.status(instead)).isEqualTo("ratemesh; hit; ttl=-10");
        assertThat(insteadOfNothing.statusCode()).isEqualTo(304);
        assertThat(tooOld.statusCode()).isEqualTo(502);
    }

    @Test
    void equal_requests_at_the_same_time_reach_the_server_once() throws Exception {
        Queue<HttpServerRequest> held = hold("/a");
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            responses.add(front.getLater("/a"));
        }
        front.awaitWaiting(7);
        await().atMost(SOON).until(() -> held.size() == 1);
        held.remove().response().putHeader("Cache-Control", "max-age=60").end("content");

        List<String> statuses = new ArrayList<>();
        for (CompletableFuture<HttpResponse<String>> response : responses) {
            assertThat(get(response).body()).isEqualTo("content");
            statuses.add(CacheFixture.status(get(response)));
        }
        assertThat(statuses).filteredOn(status -> status.contains("stored")).hasSize(1);
        assertThat(statuses).filteredOn(status -> status.contains("collapsed")).hasSize(7);
        assertThat(front.received()).hasSize(1);
        assertThat(front.cache.snapshot().waiting()).isZero();
    }

    @Test
    void those_that_wait_for_a_server_that_fails_get_the_stale_response() throws Exception {
        front.serve("/a", "content", "Cache-Control", "max-age=60, stale-if-error=60");
        front.get("/a");
        front.skip(Duration.ofSeconds(70));
        Queue<HttpServerRequest> held = hold("/a");
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            responses.add(front.getLater("/a"));
        }
        front.awaitWaiting(3);
        await().atMost(SOON).until(() -> held.size() == 1);
        held.remove().response().setStatusCode(500).end();

        for (CompletableFuture<HttpResponse<String>> response : responses) {
            assertThat(get(response).body()).isEqualTo("content");
        }
        assertThat(front.received()).hasSize(2);
    }

    @Test
    void the_wait_for_an_equal_request_is_limited() throws Exception {
        try (CacheFixture impatient = new CacheFixture(null, null, Duration.ofMillis(50))) {
            Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
            impatient.script("/a", held::add);
            List<CompletableFuture<HttpResponse<String>>> responses =
                    List.of(impatient.getLater("/a"), impatient.getLater("/a"));
            await().atMost(SOON).until(() -> held.size() == 2);
            assertThat(impatient.cache.snapshot().waiting()).isZero();
            held.forEach(request -> request.response().end("content"));

            for (CompletableFuture<HttpResponse<String>> response : responses) {
                assertThat(get(response).body()).isEqualTo("content");
            }
        }
    }

    @Test
    void each_request_goes_to_the_server_where_the_response_may_not_be_stored() throws Exception {
        Queue<HttpServerRequest> held = hold("/a");
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            responses.add(front.getLater("/a"));
        }
        front.awaitWaiting(3);
        await().atMost(SOON).until(() -> held.size() == 1);
        held.remove().response().end("for one");
        await().atMost(SOON).until(() -> held.size() == 3);
        // Now that it is known, the next one does not wait either.
        responses.add(front.getLater("/a"));
        await().atMost(SOON).until(() -> held.size() == 4);
        held.forEach(request -> request.response().end("for one"));

        for (CompletableFuture<HttpResponse<String>> response : responses) {
            assertThat(get(response).body()).isEqualTo("for one");
        }
    }

    @Test
    void a_client_that_leaves_costs_those_that_wait_nothing() throws Exception {
        Queue<HttpServerRequest> held = hold("/a");
        String request = "GET /a HTTP/1.1\r\nHost: 127.0.0.1:" + front.port() + "\r\n\r\n";
        CompletableFuture<HttpResponse<String>> stays;
        try (Socket leader = new Socket("127.0.0.1", front.port())) {
            leader.getOutputStream().write(request.getBytes(ISO_8859_1));
            await().atMost(SOON).until(() -> held.size() == 1);
            try (Socket leaving = new Socket("127.0.0.1", front.port())) {
                leaving.getOutputStream().write(request.getBytes(ISO_8859_1));
                front.awaitWaiting(1);
            }
            front.awaitWaiting(0);
            stays = front.getLater("/a");
            front.awaitWaiting(1);
            held.remove();
        }
        await().atMost(SOON).until(() -> held.size() == 1);
        held.remove().response().putHeader("Cache-Control", "max-age=60").end("content");

        assertThat(get(stays).body()).isEqualTo("content");
        assertThat(CacheFixture.status(front.get("/a"))).contains("hit");
    }

    @Test
    void content_is_stored_as_the_server_sent_it_and_compressed_for_each_client() throws Exception {
        String content = "rates ".repeat(50_000);
        front.serve("/a", content, "Cache-Control", "max-age=60", "ETag", "\"1\"", "Content-Type", "text/plain");
        for (int i = 0; i < 2; i++) {
            Buffer coded = ProxyFixture.await(front.vertx
                    .createHttpClient()
                    .request(HttpMethod.GET, front.port(), "127.0.0.1", "/a")
                    .compose(request ->
                            request.putHeader("Accept-Encoding", "gzip").send())
                    .compose(response -> {
                        assertThat(response.getHeader("ETag")).isEqualTo("W/\"1\"");
                        assertThat(response.getHeader("Vary")).isEqualTo("Accept-Encoding");
                        return response.body();
                    }));
            assertThat(new String(
                            new GZIPInputStream(new ByteArrayInputStream(coded.getBytes())).readAllBytes(), UTF_8))
                    .isEqualTo(content);
            HttpResponse<String> plain = front.get("/a");
            assertThat(plain.body()).isEqualTo(content);
            assertThat(plain.headers().firstValue("ETag")).hasValue("\"1\"");
            HttpResponse<String> same = front.get("/a", "If-None-Match", "W/\"1\"");
            assertThat(same.statusCode()).isEqualTo(304);
            assertThat(same.headers().firstValue("ETag")).hasValue("W/\"1\"");
        }
        assertThat(front.received()).hasSize(1);
    }

    @Test
    void a_client_that_reads_slowly_gets_all_of_a_stored_response() throws Exception {
        String content = "x".repeat(CacheFixture.MAX_ENTRY);
        front.serve("/a", content, "Cache-Control", "max-age=60");
        front.get("/a");
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.connect(new java.net.InetSocketAddress("127.0.0.1", front.port()));
            slow.getOutputStream()
                    .write(("GET /a HTTP/1.1\r\nHost: 127.0.0.1:" + front.port() + "\r\nConnection: close\r\n\r\n")
                            .getBytes(ISO_8859_1));
            assertThat(front.get("/a").body()).isEqualTo(content);
            String response = new String(slow.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(response).endsWith("\r\n\r\n" + content).contains("; hit;");
        }
    }

    @Test
    void what_a_route_writes_into_requests_is_part_of_the_key() {
        RouteSettings route = Settings.load(
                        Optional.empty(),
                        List.of(
                                "balancer.pools.web.servers=[\"a:1\"]",
                                "balancer.routes=[{path: /, pool: web, cache: {max-size: 1MiB}, request-headers: {set:"
                                        + " {X-Scheme: \"${scheme} ${method}\"}, remove: [Authorization]},"
                                        + " response-headers: {set: {X-Id: \"${request.id}\"}, remove: [Server]}}]"),
                        Map.of())
                .balancer()
                .routes()
                .get(0);
        RouteChanges changes =
                new RouteChanges((RouteSettings.Forward) route.action(), route.responseHeaders(), TrustedProxies.NONE);
        try (CacheFixture changed = new CacheFixture(changes, null, Duration.ZERO)) {
            changed.serve("/a", "content", "Cache-Control", "max-age=60", "Server", "x");

            HttpResponse<String> first = changed.get("/a", "Authorization", "Basic YTpi");
            HttpResponse<String> second = changed.get("/a", "X-Request-Id", "mine");
            HttpResponse<String> head = changed.send("HEAD", "/a");

            assertThat(CacheFixture.status(first)).contains("stored");
            assertThat(CacheFixture.status(second)).contains("hit");
            assertThat(second.headers().firstValue("X-Id")).hasValue("mine");
            assertThat(second.headers().firstValue("Server")).isEmpty();
            assertThat(CacheFixture.status(head)).contains("fwd=miss");
        }
    }

    @Test
    void files_of_nginx_are_stored_by_coding_and_validated(@TempDir Path folder) throws Exception {
        String content = "{\"day\": \"2026-07-06\"}\n".repeat(100);
        // The worker of nginx is another user where the test is root.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("day.json"), content);
        int port = ServerProgram.freePort();
        try (ServerProgram nginx = ServerProgram.nginx(folder, port, """
                        types { application/json json; }
                        gzip on; gzip_types application/json; gzip_proxied any; gzip_vary on;
                        server { listen 127.0.0.1:%d; root %s; expires 60s; }
                        """.formatted(port, folder));
                CacheFixture cached = new CacheFixture(null, port, Duration.ZERO)) {
            assertThat(cached.get("/day.json").body()).isEqualTo(content);
            HttpResponse<String> hit = cached.get("/day.json");
            assertThat(hit.body()).isEqualTo(content);
            assertThat(CacheFixture.status(hit)).contains("; hit;");
            HttpResponse<String> coded = cached.get("/day.json", "Accept-Encoding", "gzip");
            assertThat(CacheFixture.status(coded)).contains("fwd=miss; stored");
            assertThat(coded.headers().firstValue("Content-Encoding")).hasValue("gzip");
            assertThat(cached.cache.snapshot().entries()).isEqualTo(2);

            cached.skip(Duration.ofSeconds(61));
            HttpResponse<String> validated = cached.get("/day.json");
            assertThat(validated.body()).isEqualTo(content);
            assertThat(CacheFixture.status(validated)).contains("fwd-status=304");

            Files.writeString(folder.resolve("day.json"), "[]\n");
            cached.skip(Duration.ofSeconds(61));
            assertThat(cached.get("/day.json").body()).isEqualTo("[]\n");
            assertThat(cached.get("/missing").statusCode()).isEqualTo(404);
            nginx.kill();
        }
    }

    /** The server has a version with an entity tag, and validates it. */
    private void versioned(String path, String tag, String cacheControl) {
        front.script(path, request -> {
            request.response().putHeader("ETag", tag).putHeader("Cache-Control", cacheControl);
            if (tag.equals(request.getHeader("If-None-Match"))) {
                request.response().setStatusCode(304).end();
            } else {
                request.response().end("version " + tag);
            }
        });
    }

    /** The server keeps the requests, for the test to respond to. */
    private Queue<HttpServerRequest> hold(String path) {
        Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
        front.script(path, held::add);
        return held;
    }

    private static HttpResponse<String> get(CompletableFuture<HttpResponse<String>> response) throws Exception {
        return response.get(15, TimeUnit.SECONDS);
    }

    /** Everything until the proxy closes the connection. */
    private String raw(String request) {
        try (Socket socket = new Socket("127.0.0.1", front.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
