package io.ratemesh.converter.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.EcbCsv;
import io.ratemesh.converter.TestBooks;
import io.ratemesh.converter.TestConverter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A book has a complete day of the ECB that the history does not have: every endpoint knows the same days. */
class DateOfTheBookTest {

    private static final LocalDate LAST_OF_THE_HISTORY = LocalDate.of(2026, 4, 13);
    private static final String IMMUTABLE = "public, max-age=86400, immutable";

    private static TestConverter converter;
    private static EcbCsv ecb;

    @BeforeAll
    static void start() throws IOException {
        ecb = EcbCsv.read();
        converter = TestConverter.start();
        converter.publish(wholeDay());
    }

    @AfterAll
    static void stop() {
        converter.close();
    }

    @Test
    void date_of_the_book() {
        HttpResponse<String> response = converter.get("/api/v1/convert?from=EUR&to=USD&amount=100&date=2026-07-06");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonObject json = new JsonObject(response.body());
        assertThat(json.getString("result")).isEqualTo("114.15");
        assertThat(json.getString("date")).isEqualTo("2026-07-06");
        assertThat(json.getString("asOf")).isEqualTo("2026-07-06T14:00:00Z");
        assertThat(json.getJsonArray("sources")).isEqualTo(JsonArray.of("ecb"));
        assertThat(json.getLong("version")).isZero();
        assertThat(response.headers().firstValue("cache-control")).contains(IMMUTABLE);
    }

    /** A day without rates in the 14 days before is an error that names the last day with rates. */
    @ParameterizedTest
    @CsvSource({
        "1999-01-04, 1999-01-04, 1.1789, ''",
        "2022-03-06, 2022-03-04, 1.0929, ''",
        "2026-04-13, 2026-04-13, 1.1684, ''",
        "2026-04-14, 2026-04-13, 1.1684, ''",
        "2026-04-27, 2026-04-13, 1.1684, ''",
        "2026-04-28, '', '', 2026-04-13",
        "2026-07-05, '', '', 2026-04-13",
        "2026-07-06, 2026-07-06, 1.1415, ''",
        "2026-07-07, 2026-07-06, 1.1415, ''",
        "2026-07-20, 2026-07-06, 1.1415, ''",
        "2026-07-21, '', '', 2026-07-06",
    })
    void every_endpoint_has_the_same_rates_of_a_day(String date, String day, String rate, String lastDay) {
        HttpResponse<String> convert = converter.get("/api/v1/convert?from=EUR&to=USD&amount=1&scale=4&date=" + date);
        HttpResponse<String> table = converter.get("/api/v1/rates?symbols=USD&date=" + date);
        HttpResponse<String> whole = converter.get("/api/v1/rates?date=" + date);
        HttpResponse<String> pair = converter.get("/api/v1/rates/EUR/USD?date=" + date);
        JsonObject batch = batch(date);

        if (lastDay.isEmpty()) {
            for (HttpResponse<String> response : List.of(convert, table, whole, pair)) {
                assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
                assertThat(new JsonObject(response.body()).getString("date")).isEqualTo(day);
            }
            assertThat(new JsonObject(convert.body()).getString("result")).isEqualTo(rate);
            assertThat(new JsonObject(pair.body()).getString("rate")).isEqualTo(rate);
            assertThat(rateOf(table)).isEqualTo(rate);
            assertThat(rateOf(whole)).isEqualTo(rate);
            assertThat(batch.getString("rate")).isEqualTo(rate);
        } else {
            for (HttpResponse<String> response : List.of(convert, table, whole, pair)) {
                assertThat(response.statusCode()).as(response.body()).isEqualTo(404);
                assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("no-rate");
                assertThat(response.body()).contains("the last one known is of " + lastDay);
            }
            assertThat(batch.getJsonObject("problem").getString("code")).isEqualTo("no-rate");
        }
        // Frankfurter has no limit of days.
        JsonObject theirs =
                new JsonObject(converter.get("/v1/" + date + "?symbols=USD").body());
        assertThat(theirs.getString("date")).isEqualTo(lastDay.isEmpty() ? day : lastDay);
        if (lastDay.isEmpty()) {
            assertOneDay(date, date.equals(day) ? rate : "");
        } else {
            assertThat(converter
                            .get("/api/v1/history/EUR/USD?from=" + date + "&to=" + date)
                            .body())
                    .contains("\"code\":\"no-rate\"", "the last one known is of " + lastDay);
        }
    }

    @Test
    void it_is_the_newest_day_everywhere() {
        assertThat(json("/v1/latest").getString("date")).isEqualTo("2026-07-06");
        assertThat(json("/v1/2026-04-13..").getJsonObject("rates").fieldNames())
                .containsExactly("2026-04-13", "2026-07-06");
        assertThat(json("/api/v1/status").getJsonObject("history"))
                .isEqualTo(new JsonObject()
                        .put("days", ecb.days().size() + 1)
                        .put("firstDay", "1999-01-04")
                        .put("lastDay", "2026-07-06")
                        .put("minutePoints", 0));
        assertThat(json("/api/v1/currencies").getJsonArray("currencies").stream()
                        .map(JsonObject.class::cast)
                        .filter(currency -> "CHF".equals(currency.getString("code")))
                        .map(currency -> currency.getString("lastDay")))
                .containsExactly("2026-07-06");
        assertThat(converter.get("/metrics").body())
                .contains("ratemesh_converter_history_newest_day_timestamp_seconds "
                        + (double) LocalDate.of(2026, 7, 6).atStartOfDay().toEpochSecond(ZoneOffset.UTC))
                .contains("ratemesh_converter_history_days "
                        + (double) (ecb.days().size() + 1));
    }

    @ParameterizedTest
    @CsvSource({
        "range=1W, 2026-07-06, 2026-07-06",
        "range=1M, 2026-07-06, 2026-07-06",
        "range=1Y, 2025-07-07, 2026-07-06",
        "range=max, 1999-01-04, 2026-07-06",
        "from=2026-04-10&group=week, 2026-04-10, 2026-07-06",
        "from=2026-04-10&to=2026-07-06&group=month, 2026-04-10, 2026-07-06",
        "to=2026-07-05, 1999-01-04, 2026-04-13",
    })
    void ranges_and_groups_include_it(String query, String firstDay, String lastDay) {
        JsonObject series = json("/api/v1/history/EUR/USD?" + query);

        assertThat(series.getString("firstDay")).isEqualTo(firstDay);
        assertThat(series.getString("lastDay")).isEqualTo(lastDay);
    }

    @ParameterizedTest
    @ValueSource(strings = {"coinbase", "simulated"})
    void where_another_feed_comes_first_the_part_that_the_ECB_fills_is_no_day(String source) {
        try (TestConverter other = TestConverter.start()) {
            other.publish(wholeDay().from(source, "USD", "1.2", Instant.parse("2026-07-06T14:00:00Z")));

            assertThat(other.get("/api/v1/rates/EUR/USD?date=2026-07-06").statusCode())
                    .isEqualTo(404);
            assertThat(new JsonObject(other.get("/v1/latest").body()).getString("date"))
                    .isEqualTo("2026-04-13");
            assertThat(new JsonObject(other.get("/api/v1/status").body())
                            .getJsonObject("history")
                            .getString("lastDay"))
                    .isEqualTo("2026-04-13");
        }
    }

    private static TestBooks wholeDay() {
        TestBooks book = TestBooks.book();
        ecb.codes(LAST_OF_THE_HISTORY).stream()
                .filter(code -> !code.equals("EUR"))
                .forEach(code -> book.ecb(code, "2.5"));
        return book.ecb("USD", "1.1415");
    }

    /** A series of this day alone has it, in each format, or is empty. */
    private static void assertOneDay(String date, String rate) {
        String path = "/api/v1/history/EUR/USD%s?from=" + date + "&to=" + date;
        JsonArray points = json(path.formatted("")).getJsonArray("points");
        String csv = converter.get(path.formatted(".csv")).body();
        String ndjson = converter.get(path.formatted(".ndjson")).body();

        assertThat(points).hasSize(rate.isEmpty() ? 0 : 1);
        assertThat(csv.lines()).hasSize(rate.isEmpty() ? 1 : 2);
        assertThat(ndjson.lines()).hasSize(rate.isEmpty() ? 0 : 1);
        if (!rate.isEmpty()) {
            assertThat(points.getJsonObject(0).getString("close")).isEqualTo(rate);
            assertThat(csv).contains(date + ',' + rate);
            assertThat(new JsonObject(ndjson).getString("close")).isEqualTo(rate);
        }
    }

    private static JsonObject batch(String date) {
        JsonObject conversion = new JsonObject()
                .put("from", "EUR")
                .put("to", "USD")
                .put("amount", "1")
                .put("date", date);
        HttpResponse<String> response = converter.send(
                "POST",
                "/api/v1/convert",
                BodyPublishers.ofString(new JsonObject()
                        .put("conversions", JsonArray.of(conversion))
                        .encode()),
                "Content-Type",
                "application/json");
        return new JsonObject(response.body()).getJsonArray("results").getJsonObject(0);
    }

    private static String rateOf(HttpResponse<String> table) {
        return new JsonObject(table.body()).getJsonObject("rates").getString("USD");
    }

    private static JsonObject json(String path) {
        HttpResponse<String> response = converter.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new JsonObject(response.body());
    }
}
