package io.ratemesh.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.systemtests.cluster.ClusterUnderTest;
import io.ratemesh.systemtests.cluster.Feeds;
import io.ratemesh.systemtests.process.RefusingPort;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster without access to its feeds: its conversions and its statistics. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OfflineStartIT {

    private static final RefusingPort NOWHERE = new RefusingPort();
    private static final ClusterUnderTest CLUSTER = new ClusterUnderTest("offline", Feeds.unreachable(NOWHERE));

    @BeforeAll
    static void start() {
        CLUSTER.up(2);
    }

    @AfterAll
    static void end() {
        CLUSTER.close();
        NOWHERE.close();
    }

    @Test
    void it_converts_at_the_bundled_rates_and_marks_them_as_stale() {
        JsonObject response = CLUSTER.api().convert("EUR", "USD", "100");

        assertThat(response.getString("result")).isEqualTo("114.15");
        assertThat(response.getString("rate")).isEqualTo("1.1415");
        assertThat(response.getString("date")).isEqualTo("2026-07-06");
        assertThat(response.getJsonArray("sources")).isEqualTo(JsonArray.of("ecb"));
        assertThat(response.getBoolean("stale")).isTrue();
        assertThat(response.getBoolean("simulated")).isFalse();
    }

    @Test
    void a_cross_rate_is_never_rounded_before_the_result() {
        assertThat(CLUSTER.api().convert("IDR", "USD", "148000000").getString("result"))
                .isEqualTo("8214.87");
        assertThat(CLUSTER.api().convert("USD", "JPY", "250.75").getString("result"))
                .isEqualTo("40707");
    }

    @Test
    void without_a_network_it_knows_every_day_since_1999_and_the_law() {
        assertThat(json("/api/v1/convert?from=EUR&to=USD&amount=1&date=1999-01-04")
                        .getString("result"))
                .isEqualTo("1.18");
        JsonObject lev = json("/api/v1/convert?from=BGN&to=EUR&amount=1000000");
        assertThat(lev.getString("result")).isEqualTo("511291.88");
        assertThat(lev.getJsonArray("sources")).contains("eu-1103/97");
        assertThat(CLUSTER.api().get("/api/v1/convert?from=RUB&to=EUR&amount=1").statusCode())
                .isEqualTo(404);
    }

    @Test
    void date_of_the_book() {
        JsonObject response = json("/api/v1/convert?from=EUR&to=USD&amount=100&date=2026-07-06");

        assertThat(response.getString("result")).as(response.encode()).isEqualTo("114.15");
        assertThat(response.getString("date")).isEqualTo("2026-07-06");
        assertThat(json("/api/v1/rates/EUR/USD?date=2026-07-08").getString("rate"))
                .isEqualTo("1.1415");
        assertThat(json("/api/v1/history/EUR/USD?range=1W").getString("lastDay"))
                .isEqualTo("2026-07-06");
        assertThat(json("/api/v1/status").getJsonObject("history").getString("lastDay"))
                .isEqualTo("2026-07-06");
        assertThat(json("/v1/latest").getString("date")).isEqualTo("2026-07-06");
        assertThat(json("/v1/2026-07-06").getJsonObject("rates").getDouble("USD"))
                .isEqualTo(1.1415);
    }

    @Test
    void the_page_that_documents_the_api_is_behind_the_front_door() {
        assertThat(CLUSTER.api().get("/api").statusCode()).isEqualTo(308);
        assertThat(CLUSTER.api().get("/api/").body()).contains("/api/v1/convert");
        assertThat(json("/api/v1/openapi.json").getString("openapi")).startsWith("3.1");
    }

    @Test
    void every_converter_gets_its_share() {
        Set<String> responsesByNode = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            responsesByNode.add(CLUSTER.api()
                    .get("/api/v1/convert?from=EUR&to=USD&amount=1")
                    .headers()
                    .firstValue("X-Served-By")
                    .orElse(""));
        }

        assertThat(responsesByNode).containsExactlyInAnyOrder("converter-1", "converter-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/nope", "/api/nope"})
    void a_path_that_is_not_there_is_a_problem_in_JSON(String path) {
        HttpResponse<String> response = CLUSTER.api().get(path);

        Problem.in(response).has(404, "not-found");
    }

    @Test
    void an_unknown_Frankfurter_path_gets_the_error_of_Frankfurter() {
        HttpResponse<String> response = CLUSTER.api().get("/v1/nope");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(new JsonObject(response.body())).isEqualTo(new JsonObject().put("message", "not found"));
    }

    @Test
    void a_parameter_that_is_wrong_is_named() {
        HttpResponse<String> response = CLUSTER.api().get("/api/v1/convert?from=EUR&to=USD&amount=1e3");

        Problem.in(response).has(400, "bad-parameter").says("amount");
    }

    @Test
    void the_page_comes_from_the_front_door_with_its_security_policy() {
        HttpResponse<String> page = CLUSTER.api().get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        assertThat(page.body()).contains("id=\"amount\"");
    }

    @Test
    void without_credentials_there_are_no_stats() {
        for (String path : List.of("/stats.json", "/stats;csv", "/stats")) {
            HttpResponse<String> response = CLUSTER.stats().getWithoutCredentials(path);

            assertThat(response.statusCode()).as(path).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Basic"));
            assertThat(response.body()).doesNotContain("converter-1");
        }
    }

    @Test
    void with_a_wrong_password_or_user_there_are_no_stats() {
        assertThat(CLUSTER.stats().get("/stats.json", "admin:wrong").statusCode())
                .isEqualTo(401);
        assertThat(CLUSTER.stats()
                        .get("/stats.json", "root:" + CLUSTER.stats().password())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void the_password_made_at_the_first_start_opens_the_stats_and_is_kept_from_others() throws IOException {
        assertThat(CLUSTER.stats().get("/stats.json").statusCode()).isEqualTo(200);
        assertThat(CLUSTER.stats().password()).hasSizeGreaterThanOrEqualTo(16);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(CLUSTER.stats().passwordFile())))
                .isEqualTo("rw-------");
    }

    @Test
    void the_stats_show_every_node_ready_and_holding_one_book() {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(CLUSTER.stats().nodes())
                    .extracting(node -> node.getString("id"))
                    .containsExactlyInAnyOrder("rates-1", "converter-1", "converter-2", "balancer-1");
            assertThat(CLUSTER.stats().nodes()).allSatisfy(node -> {
                assertThat(node.getString("state")).isEqualTo("READY");
                assertThat(node.getLong("rssBytes")).isPositive();
            });
            assertThat(CLUSTER.stats().nodes().stream()
                            .filter(node -> !node.getString("role").equals("balancer"))
                            .map(node -> node.getLong("bookVersion"))
                            .distinct())
                    .singleElement()
                    .satisfies(version -> assertThat(version).isPositive());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stats;csv", "/stats/;csv;norefresh", "/haproxy?stats;csv", "/;csv"})
    void the_csv_is_HAProxys_line_by_line(String path) {
        HttpResponse<String> response = CLUSTER.stats().get(path);
        List<String> lines = response.body().lines().toList();
        String columns = haproxyColumns();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(lines.get(0)).isEqualTo(columns);
        assertThat(lines).allSatisfy(line -> assertThat(fields(line)).isEqualTo(fields(columns)));
        assertThat(lines.stream().skip(1).map(line -> line.split(",", 3)[1]))
                .contains("FRONTEND", "converter-1", "converter-2", "BACKEND");
    }

    private static long fields(String line) {
        return line.chars().filter(c -> c == ',').count();
    }

    private static String haproxyColumns() {
        String name = "/haproxy-stats-columns.txt";
        try (InputStream file = Objects.requireNonNull(OfflineStartIT.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject json(String pathAndQuery) {
        return new JsonObject(CLUSTER.api().get(pathAndQuery).body());
    }
}
