package io.ratemesh.converter.api;

import static io.ratemesh.converter.TestConverter.awaited;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.EcbCsv;
import io.ratemesh.converter.TestBooks;
import io.ratemesh.converter.TestConverter;
import io.ratemesh.model.TargetCalendar;
import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.node.history.SharedHistory;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PastDayTest {

    private static final String IMMUTABLE = "public, max-age=86400, immutable";

    private static TestConverter converter;
    private static EcbCsv ecb;

    @BeforeAll
    static void start() throws IOException {
        ecb = EcbCsv.read();
        converter = TestConverter.start();
        converter.publish(TestBooks.example());
    }

    @AfterAll
    static void stop() {
        converter.close();
    }

    @Test
    void a_day_of_the_history_has_its_own_rates_and_no_book_version() {
        HttpResponse<String> response = converter.get("/api/v1/convert?from=USD&to=JPY&amount=250.75&date=2022-03-01");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo("{\"from\":\"USD\",\"to\":\"JPY\",\"amount\":\"250.75\",\"result\":\"28788\","
                        + "\"rate\":\"" + rate("USD", "JPY", "2022-03-01") + "\",\"asOf\":\"2022-03-01T15:00:00Z\","
                        + "\"date\":\"2022-03-01\",\"sources\":[\"ecb\"],\"stale\":false,\"simulated\":false,"
                        + "\"version\":0}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/convert?from=USD&to=JPY&amount=1&date=2022-03-01",
                "/api/v1/convert?from=USD&to=JPY&amount=1&date=1999-12-31",
                "/api/v1/convert?from=DEM&to=ITL&amount=1&date=2026-11-01",
                "/api/v1/rates/USD/JPY?date=2022-03-01",
                "/api/v1/rates/USD/JPY?date=2022-03-06",
                "/api/v1/rates?date=2022-03-01",
                "/api/v1/rates?base=USD&symbols=RUB,EUR&date=2022-03-04",
            })
    void a_response_that_cannot_change_is_immutable(String path) {
        HttpResponse<String> response = converter.get(path);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("cache-control")).contains(IMMUTABLE);
        String tag = response.headers().firstValue("etag").orElseThrow();
        assertThat(tag).startsWith("\"").endsWith("\"");
        converter.publish(TestBooks.example());
        HttpResponse<String> again = converter.get(path, "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.headers().firstValue("cache-control")).contains(IMMUTABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-04-14", "2026-04-26"})
    void a_day_whose_rates_may_still_change_is_validated_again(String day) {
        HttpResponse<String> response = converter.get("/api/v1/rates/USD/JPY?date=" + day);

        assertThat(new JsonObject(response.body()).getString("date")).isEqualTo("2026-04-13");
        assertThat(response.headers().firstValue("cache-control")).contains("no-cache");
        assertThat(response.headers().firstValue("etag")).isPresent();
    }

    @Test
    void a_day_imported_later_changes_responses_that_skipped_it_and_their_tags() {
        try (TestConverter other = TestConverter.start()) {
            other.publish(TestBooks.example());
            String path = "/api/v1/rates/EUR/USD?date=2026-04-15";
            String tag = other.get(path).headers().firstValue("etag").orElseThrow();
            RateHistory imported = RateHistory.of(List.of(
                    new HistoryDay(LocalDate.of(2026, 4, 14), Map.of("USD", new BigDecimal("2"))),
                    new HistoryDay(LocalDate.of(2026, 4, 15), Map.of("USD", new BigDecimal("3")))));

            awaited(SharedHistory.open(other.node().vertx()).compose(shared -> shared.publishDays(imported)));
            Awaitility.await().until(() -> other.get(path, "If-None-Match", tag).statusCode() == 200);

            HttpResponse<String> response = other.get(path);
            assertThat(new JsonObject(response.body()).getString("rate")).isEqualTo("3");
            assertThat(response.headers().firstValue("cache-control")).contains(IMMUTABLE);
        }
    }

    @Test
    void today_is_the_newest_day_that_the_ecb_has_published_by_then() {
        try (TestConverter other = TestConverter.start()) {
            other.publish(TestBooks.example());
            LocalDate today = LocalDate.now(TargetCalendar.FRANKFURT);
            RateHistory imported =
                    RateHistory.of(List.of(new HistoryDay(today.minusDays(1), Map.of("USD", new BigDecimal("2")))));
            String path = "/api/v1/rates/EUR/USD?date=" + today;

            awaited(SharedHistory.open(other.node().vertx()).compose(shared -> shared.publishDays(imported)));
            Awaitility.await().until(() -> other.get(path).statusCode() == 200);

            HttpResponse<String> response = other.get(path);
            assertThat(new JsonObject(response.body()).getString("date"))
                    .isEqualTo(today.minusDays(1).toString());
            assertThat(response.headers().firstValue("cache-control")).contains("no-cache");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2022-03-05 | USD | RUB | 2022-03-01 | ecb",
                "2022-03-06 | USD | JPY | 2022-03-04 | ecb",
                "2022-12-31 | EUR | HRK | 2022-12-30 | ecb",
                "2023-01-01 | EUR | HRK | 2023-01-01 | eu-1103/97",
                "2023-01-02 | USD | HRK | 2023-01-02 | ecb, eu-1103/97",
                "2023-01-08 | HRK | USD | 2023-01-06 | eu-1103/97, ecb",
                "2001-05-05 | EUR | EUR | 2001-05-05 | ''",
            })
    void the_response_names_the_day_and_the_sources(String date, String from, String to, String day, String sources) {
        JsonObject response = new JsonObject(converter
                .get("/api/v1/rates/" + from + "/" + to + "?date=" + date)
                .body());

        assertThat(response.getString("date")).as(response.encode()).isEqualTo(day);
        assertThat(String.join(
                        ", ",
                        response.getJsonArray("sources").stream()
                                .map(String::valueOf)
                                .toList()))
                .isEqualTo(sources);
        assertThat(response.getBoolean("stale")).isFalse();
        assertThat(response.getLong("version")).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/convert?from=RUB&to=USD&amount=1&date=2022-03-16 | 404 | no-rate | from: there is no rate for RUB (Russian Ruble)"
                        + " on 2022-03-16 or in the 14 days before; the last one known is of 2022-03-01",
                "/rates/USD/XAU?date=2020-01-02 | 404 | no-rate | to: there is no rate for XAU",
                "/rates?base=EUR&symbols=USD,RUB&date=2023-01-02 | 404 | no-rate | symbols: there is no rate for RUB",
                "/rates?base=RUB&date=2023-01-02 | 404 | no-rate | base: there is no rate for RUB",
                "/rates?date=2026-04-28 | 404 | no-rate | date: there is no rate on 2026-04-28 or in the 14 days before;"
                        + " the last one known is of 2026-04-13",
                "/rates/USD/JPY?date=1999-01-03 | 404 | no-rate | date: there is no rate on 1999-01-03; the first rates are"
                        + " of 1999-01-04",
                "/rates/DEM/EUR?date=1998-12-31 | 404 | no-rate | date: there is no rate on 1998-12-31",
                "/rates/USD/JPY?date=9999-12-31 | 400 | bad-parameter | date: \"9999-12-31\" is not a valid date; use a day from 1999-01-04 to ",
                "/rates/USD/JPY?date=2022-02-30 | 400 | bad-parameter | date: \"2022-02-30\" is not a valid date; use a day",
                "/rates/USD/JPY?date=20220301 | 400 | bad-parameter | date: \"20220301\"",
                "/rates/USD/JPY?date=-999-01-01 | 400 | bad-parameter | date: \"-999-01-01\"",
                "/rates/USD/JPY?date=2022-03-01T00:00:00Z | 400 | bad-parameter | date: \"2022-03-01T00:00:00Z\"",
                "/rates/USD/JPY?date=today | 400 | bad-parameter | date: \"today\"",
                "/rates/USD/JPY?date= | 400 | bad-parameter | date: empty",
                "/rates/USD/JPY?date=2022-03-01&date=2022-03-01 | 400 | bad-parameter | date: given more than once",
                "/convert?from=EUR&to=XYZ&amount=1&date=2022-03-01 | 422 | unknown-currency | to: \"XYZ\"",
            })
    void invalid_requests_are_rejected(String rest, int status, String code, String detail) {
        HttpResponse<String> response = converter.get("/api/v1" + rest);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("cache-control")).contains("no-store");
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo(code);
        assertThat(new JsonObject(response.body()).getString("detail")).startsWith(detail);
    }

    @Test
    void tomorrow_in_frankfurt_is_rejected() {
        LocalDate tomorrow = LocalDate.now(TargetCalendar.FRANKFURT).plusDays(2);

        assertThat(converter.get("/api/v1/rates/EUR/USD?date=" + tomorrow).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"EUR, 1999-01-04, 1999-01-04", "USD, 2008-12-28, 2008-12-24", "RUB, 2022-03-05, 2022-03-01"})
    void a_table_has_every_currency_that_had_a_rate_that_day(String base, String date, String day) {
        JsonObject table = new JsonObject(
                converter.get("/api/v1/rates?base=" + base + "&date=" + date).body());

        assertThat(table.getString("date")).as(table.encode()).isEqualTo(day);
        assertThat(table.getLong("version")).isZero();
        assertThat(table.getJsonObject("rates").fieldNames())
                .containsExactlyInAnyOrderElementsOf(ecb.codes(LocalDate.parse(day)).stream()
                        .filter(code -> !code.equals(base))
                        .toList());
        table.getJsonObject("rates")
                .forEach(rate -> assertThat(rate.getValue()).isEqualTo(rate(base, rate.getKey(), day)));
    }

    @Test
    void any_sampled_day_agrees_with_the_file_of_the_ecb() {
        SplittableRandom random = new SplittableRandom(1);
        List<LocalDate> days = ecb.days();
        RoundingMode[] roundings = {
            RoundingMode.HALF_EVEN, RoundingMode.HALF_UP, RoundingMode.CEILING, RoundingMode.DOWN
        };
        for (int i = 0; i < 300; i++) {
            LocalDate day = days.get(random.nextInt(days.size()));
            List<String> codes = List.copyOf(ecb.codes(day));
            String from = codes.get(random.nextInt(codes.size()));
            String to = codes.get(random.nextInt(codes.size()));
            BigDecimal amount = BigDecimal.valueOf(random.nextLong(1_000_000_000_000L), random.nextInt(8));
            int scale = random.nextInt(19);
            RoundingMode rounding = roundings[random.nextInt(roundings.length)];

            JsonObject response = new JsonObject(converter
                    .get("/api/v1/convert?from=" + from + "&to=" + to + "&amount=" + amount.toPlainString() + "&scale="
                            + scale + "&rounding="
                            + rounding.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-')
                            + "&date=" + day)
                    .body());

            BigDecimal exact = amount.multiply(ecb.perEuro(to, day)).divide(ecb.perEuro(from, day), EcbCsv.EXACTLY);
            assertThat(response.getString("result"))
                    .as("%s", response)
                    .isEqualTo(exact.setScale(scale, rounding).toPlainString());
            assertThat(response.getString("date")).isEqualTo(day.toString());
            if (!from.equals(to)) {
                assertThat(response.getString("rate")).isEqualTo(rate(from, to, day.toString()));
            }
        }
    }

    private static String rate(String from, String to, String day) {
        return ecb.shown(from, to, LocalDate.parse(day));
    }
}
