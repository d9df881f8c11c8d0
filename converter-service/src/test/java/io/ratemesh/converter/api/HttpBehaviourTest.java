package io.ratemesh.converter.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.RawConnection;
import io.ratemesh.converter.TestBooks;
import io.ratemesh.converter.TestConverter;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpBehaviourTest {

    private static final String CONVERT = "/api/v1/convert?from=USD&to=JPY&amount=250.75";

    private static TestConverter converter;

    @BeforeAll
    static void start() {
        converter = TestConverter.start("node.name=converter-one");
    }

    @AfterAll
    static void stop() {
        converter.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CONVERT,
                "/api/v1/rates",
                "/api/v1/rates?symbols=USD",
                "/api/v1/rates/USD/JPY",
                "/api/v1/currencies"
            })
    void a_cached_response_is_not_sent_again_until_the_next_book(String path) {
        converter.publish(TestBooks.example());
        String tag = converter.get(path).headers().firstValue("etag").orElseThrow();

        HttpResponse<String> again = converter.get(path, "If-None-Match", tag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(again.headers().firstValue("etag")).contains(tag);
        assertThat(again.headers().firstValue("cache-control")).contains("no-cache");
        assertThat(again.headers().firstValue("access-control-allow-origin")).contains("*");
        assertThat(again.headers().firstValue("content-length")).isEmpty();
        converter.publish(TestBooks.example().ecb("USD", "2"));
        assertThat(converter.get(path, "If-None-Match", tag).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "W/%s", "\"x\", %s", "\"a,b\",W/%s , \"c\""})
    void a_condition_is_compared_weakly_and_may_be_a_list(String condition) {
        converter.publish(TestBooks.example());
        String tag = converter.get(CONVERT).headers().firstValue("etag").orElseThrow();

        assertThat(converter
                        .get(CONVERT, "If-None-Match", condition.formatted(tag))
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void the_tag_is_strong_and_the_same_for_the_same_request_in_another_spelling() {
        converter.publish(TestBooks.example());
        String tag = converter.get(CONVERT).headers().firstValue("etag").orElseThrow();

        assertThat(tag).startsWith("\"").endsWith("\"");
        assertThat(converter
                        .get("/api/v1/convert?amount=250.75&to=jpy&from=usd&scale=0&rounding=half-even")
                        .headers()
                        .firstValue("etag"))
                .contains(tag);
        assertThat(converter
                        .get("/api/v1/convert?from=USD&to=JPY&amount=250.750")
                        .headers()
                        .firstValue("etag")
                        .orElseThrow())
                .isNotEqualTo(tag);
    }

    @Test
    void a_response_that_becomes_stale_has_another_tag() {
        Instant soon = Instant.now().plus(Duration.ofSeconds(5));
        converter.publish(TestBooks.example().staleAt(soon, "USD", "1.1415"));
        String tag = converter.get(CONVERT).headers().firstValue("etag").orElseThrow();

        org.awaitility.Awaitility.await()
                .until(() -> converter.get(CONVERT, "If-None-Match", tag).statusCode() == 200);

        assertThat(new JsonObject(converter.get(CONVERT).body()).getBoolean("stale"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {CONVERT, "/api/v1/convert", "/nothing", "/api/v1/status", "/health/live", "/metrics", "/health"})
    void every_response_names_its_node_and_date(String path) {
        converter.publish(TestBooks.example());

        HttpResponse<String> response = converter.get(path);

        assertThat(response.headers().firstValue("x-served-by")).contains("converter-one");
        ZonedDateTime date = ZonedDateTime.parse(
                response.headers().firstValue("date").orElseThrow(), DateTimeFormatter.RFC_1123_DATE_TIME);
        assertThat(Duration.between(date.toInstant(), Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void a_page_of_any_origin_may_read_the_response_and_its_tag() {
        converter.publish(TestBooks.example());

        HttpResponse<String> response = converter.get(CONVERT, "Origin", "https://shop.example");

        assertThat(response.headers().firstValue("access-control-allow-origin")).contains("*");
        assertThat(response.headers()
                        .firstValue("access-control-expose-headers")
                        .orElseThrow())
                .contains("ETag", "X-Served-By");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/",
                "/api/v1/convert",
                "/api/v1/rates",
                "/api/v1/rates/USD/JPY",
                "/api/v1/history/USD/JPY.csv",
                "/api/v1/currencies",
                "/api/v1/openapi.json",
                "/api/v1/stream",
                "/api/v1/status",
                "/v1",
                "/v1/latest",
                "/v1/2022-03-01..",
                "/v1/currencies"
            })
    void a_preflight_response_names_the_allowed_methods_and_fields(String path) {
        HttpResponse<String> response = converter.request(
                "OPTIONS", path, "Origin", "https://shop.example", "Access-Control-Request-Method", "GET");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("access-control-allow-origin")).contains("*");
        assertThat(response.headers().firstValue("access-control-allow-methods"))
                .contains("GET, POST, OPTIONS");
        assertThat(response.headers().firstValue("access-control-allow-headers").orElseThrow())
                .contains(
                        "Accept",
                        "Authorization",
                        "Cache-Control",
                        "Content-Type",
                        "If-None-Match",
                        "Last-Event-ID",
                        "X-Requested-With");
        assertThat(response.headers().firstValue("access-control-max-age")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/convert, 400",
        "GET, /api/v1/nothing, 404",
        "GET, /api/v1/rates/EUR/XAU, 404",
        "DELETE, /api/v1/stream, 405",
        "GET, /api/v1/stream?pairs=EUR, 400",
        "GET, /api/v1/history/EUR/ZZZ, 422",
        "POST, /api/v1/convert, 415",
        "GET, /v1/nothing, 404",
        "GET, /v1/latest?amount=x, 422",
        "DELETE, /v1/latest, 405"
    })
    void a_page_of_any_origin_may_read_errors(String method, String path, int status) {
        converter.publish(TestBooks.example());

        HttpResponse<String> response = converter.request(method, path, "Origin", "https://shop.example");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("access-control-allow-origin")).contains("*");
        assertThat(response.headers()
                        .firstValue("access-control-expose-headers")
                        .orElseThrow())
                .contains("Retry-After", "X-Served-By");
    }

    @Test
    void a_page_of_any_origin_may_read_414() {
        HttpResponse<String> response = converter.get("/api/v1/stream?pairs=" + "EUR/USD,".repeat(2000));

        assertThat(response.statusCode()).isEqualTo(414);
        assertThat(response.headers().firstValue("access-control-allow-origin")).contains("*");
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/rates", "/api/v1/stream", "/api/v1/currencies", "/api/v1/history/USD/JPY"})
    void an_unsupported_method_gets_the_supported_ones(String path) {
        converter.publish(TestBooks.example());

        HttpResponse<String> response = converter.send("DELETE", path, BodyPublishers.ofString("{}"));

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow")).contains("GET, HEAD, OPTIONS");
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("method-not-allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v2", "/api/v1", "/api/v1/convert/", "/API/v1/convert", "/v1x", "/etc/passwd"})
    void an_unknown_path_is_not_found_and_the_problem_does_not_repeat_the_query(String path) {
        HttpResponse<String> response = converter.get(path + "?token=secret");

        assertThat(response.statusCode()).isEqualTo(404);
        JsonObject problem = new JsonObject(response.body());
        assertThat(problem.getString("code")).isEqualTo("not-found");
        assertThat(problem.getString("instance")).isEqualTo(path);
        assertThat(response.body()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/convert?from=USD&to=JPY&amount=1 | text/plain",
                "/api/v1/convert?from=USD&to=JPY&amount=1 | application/json;q=0, */*",
                "/api/v1/rates                            | image/*",
                "/api/v1/stream                           | application/json",
            })
    void an_accept_that_excludes_every_media_type_is_406(String path, String accept) {
        converter.publish(TestBooks.example());

        HttpResponse<String> response = converter.get(path, "Accept", accept);

        assertThat(response.statusCode()).isEqualTo(406);
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "text/html, application/json;q=0.1", "application/JSON", "*"})
    void json_is_sent_when_accept_allows_it(String accept) {
        converter.publish(TestBooks.example());

        assertThat(converter.get(CONVERT, "Accept", accept).statusCode()).isEqualTo(200);
    }

    @Test
    void head_has_the_response_of_get_without_the_body() {
        converter.publish(TestBooks.example());
        HttpResponse<String> get = converter.get(CONVERT);

        HttpResponse<String> head = converter.request("HEAD", CONVERT);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("etag")).isEqualTo(get.headers().firstValue("etag"));
        assertThat(head.headers().firstValue("content-length"))
                .isEqualTo(get.headers().firstValue("content-length"));
        assertThat(converter.request("HEAD", "/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void a_connection_stays_open_after_an_unused_body() {
        converter.publish(TestBooks.example());
        String body = "x".repeat(1000);

        try (var raw = converter.connect()) {
            raw.send("GET " + CONVERT + " HTTP/1.1\nHost: test\nContent-Length: 1000\n\n" + body);
            assertThat(raw.readResponse()).startsWith("HTTP/1.1 200 ");
            raw.send("GET " + CONVERT + " HTTP/1.1\nHost: test\n\n");
            assertThat(raw.readResponse()).startsWith("HTTP/1.1 200 ").contains("\"result\":\"40707\"");
        }
    }

    @Test
    void a_body_without_end_closes_the_connection() {
        converter.publish(TestBooks.example());

        try (var raw = converter.connect()) {
            raw.send("GET " + CONVERT + " HTTP/1.1\nHost: test\nContent-Length: 100000000\n\n");
            assertThat(raw.readResponse()).startsWith("HTTP/1.1 200 ");
            raw.send("x".repeat(100_000));
            assertThat(raw.isClosedByPeer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: a\nHost: b\n"})
    void a_missing_or_repeated_host_is_rejected(String host) {
        try (var raw = converter.connect()) {
            raw.send("GET " + CONVERT + " HTTP/1.1\n" + host + "\n");
            assertThat(raw.readResponse()).startsWith("HTTP/1.1 400 ").contains("\"code\":\"bad-request\"");
        }
    }

    @Test
    void a_long_request_line_is_rejected() {
        try (var raw = converter.connect()) {
            raw.send("GET /api/v1/convert?" + "x".repeat(10_000) + " HTTP/1.1\nHost: test\n\n");
            assertThat(raw.readResponse()).contains(" 414 ").contains("\"code\":\"uri-too-long\"");
            assertThat(raw.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void long_header_fields_are_rejected() {
        try (var raw = converter.connect()) {
            raw.send("GET " + CONVERT + " HTTP/1.1\nHost: test\nX-Much: " + "x".repeat(20_000) + "\n\n");
            assertThat(raw.readResponse()).contains(" 431 ").contains("\"code\":\"headers-too-large\"");
            assertThat(raw.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void an_upgrade_to_clear_text_http2_is_ignored() {
        converter.publish(TestBooks.example());
        try (var raw = converter.connect()) {
            raw.send("GET " + CONVERT + " HTTP/1.1\nHost: test\nConnection: Upgrade, HTTP2-Settings\n"
                    + "Upgrade: h2c\nHTTP2-Settings: AAMAAABkAAQAAP__\n\n");
            assertThat(raw.readResponse()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void responses_to_pipelined_requests_are_in_order() {
        converter.publish(TestBooks.example());
        try (var raw = converter.connect()) {
            raw.send("GET /api/v1/rates/USD/JPY HTTP/1.1\nHost: t\n\nGET /nothing HTTP/1.1\nHost: t\n\n" + "GET "
                    + CONVERT + " HTTP/1.1\nHost: t\nConnection: close\n\n");
            assertThat(raw.readResponse()).contains("\"rate\"").doesNotContain("\"result\"");
            assertThat(raw.readResponse()).startsWith("HTTP/1.1 404 ");
            assertThat(raw.readResponse()).contains("\"result\":\"40707\"");
            assertThat(raw.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void requests_are_counted_by_endpoint_and_outcome() {
        converter.publish(TestBooks.example());
        converter.get(CONVERT);
        converter.get("/api/v1/convert");

        String metrics = converter.get("/metrics").body();

        assertThat(metrics)
                .containsPattern(
                        "ratemesh_converter_request_duration_seconds_count\\{endpoint=\"convert\",outcome=\"ok\"\\} [1-9]")
                .containsPattern(
                        "ratemesh_converter_request_duration_seconds_count\\{endpoint=\"convert\",outcome=\"rejected\"\\} [1-9]")
                .containsPattern("ratemesh_converter_book_version 1\\.78")
                .contains("ratemesh_converter_book_age_seconds", "ratemesh_converter_streams 0")
                .containsPattern("ratemesh_converter_connections [1-9]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/metrics", "/health/none", "/api/v1/stream"})
    void a_missing_or_repeated_host_is_rejected_on_every_path(String path) {
        for (String hosts : new String[] {"", "Host: a\nHost: b\n"}) {
            try (RawConnection connection = converter.connect()) {
                assertThat(connection
                                .send("GET " + path + " HTTP/1.1\n" + hosts + "\n")
                                .readResponse())
                        .startsWith("HTTP/1.1 400 ")
                        .contains("\"code\":\"bad-request\"");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "[::1", "x:99999999"})
    void an_invalid_host_is_rejected_where_vertx_web_would_log_an_error(String host) {
        try (RawConnection connection = converter.connect()) {
            assertThat(connection
                            .send("GET /health/live HTTP/1.1\nHost: " + host + "\n\n")
                            .readResponse())
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\"code\":\"bad-request\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/metrics"})
    void a_check_in_http10_needs_no_host_as_haproxy_sends_it(String path) {
        try (RawConnection connection = converter.connect()) {
            assertThat(connection.send("GET " + path + " HTTP/1.0\n\n").readUntil("\r\n"))
                    .startsWith("HTTP/1.0 200 ");
        }
    }
}
