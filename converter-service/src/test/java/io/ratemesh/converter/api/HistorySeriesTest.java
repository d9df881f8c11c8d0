package io.ratemesh.converter.api;

import static io.ratemesh.converter.TestConverter.awaited;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.EcbCsv;
import io.ratemesh.converter.RawConnection;
import io.ratemesh.converter.TestBooks;
import io.ratemesh.converter.TestConverter;
import io.ratemesh.model.TargetCalendar;
import io.ratemesh.model.history.HourOfMinutes;
import io.ratemesh.node.history.SharedHistory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistorySeriesTest {

    private static final LocalDate FIRST = LocalDate.of(1999, 1, 4);
    private static final LocalDate NEWEST = LocalDate.of(2026, 4, 13);

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
    void the_example_of_the_document() {
        HttpResponse<String> response = series("USD/JPY?from=2020-01-01&to=2020-01-31&group=month");

        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.headers().firstValue("vary")).contains("accept");
        assertThat(response.body())
                .startsWith("{\"from\":\"USD\",\"to\":\"JPY\",\"group\":\"month\",\"firstDay\":\"2020-01-02\","
                        + "\"lastDay\":\"2020-01-31\",\"sources\":[\"ecb\"],\"simulated\":false,\"points\":[{"
                        + "\"at\":\"2020-01-02\",\"open\":\"" + ecb.shown("USD", "JPY", LocalDate.of(2020, 1, 2))
                        + "\"")
                .endsWith("\"close\":\"" + ecb.shown("USD", "JPY", LocalDate.of(2020, 1, 31)) + "\"}]}");
    }

    @ParameterizedTest
    @CsvSource({"USD, JPY", "EUR, USD", "TRY, CHF", "USD, RUB", "ISK, EUR", "JPY, JPY"})
    void every_day_agrees_with_the_file_of_the_ecb(String from, String to) {
        JsonArray points = points(from + "/" + to + "?range=max");

        List<LocalDate> days = ecb.days(from, to, FIRST, NEWEST);
        assertThat(points).hasSameSizeAs(days);
        for (int i = 0; i < days.size(); i++) {
            String rate = ecb.shown(from, to, days.get(i));
            assertThat(points.getJsonObject(i).getMap())
                    .containsExactly(
                            Map.entry("at", days.get(i).toString()),
                            Map.entry("open", rate),
                            Map.entry("high", rate),
                            Map.entry("low", rate),
                            Map.entry("close", rate));
        }
    }

    @ParameterizedTest
    @CsvSource({"week, GBP, SEK", "month, GBP, SEK", "week, USD, RUB", "month, TRY, HRK"})
    void a_group_has_its_first_highest_lowest_and_last_rate(String group, String from, String to) {
        LocalDate first = LocalDate.of(2004, 12, 29);
        LocalDate last = LocalDate.of(2021, 1, 3);
        Function<LocalDate, String> key = group.equals("month")
                ? day -> YearMonth.from(day).toString()
                : day -> "%d-%02d"
                        .formatted(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
        Map<String, List<LocalDate>> groups = ecb.days(from, to, first, last).stream()
                .collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
        List<JsonObject> expected = new ArrayList<>();
        for (List<LocalDate> days : groups.values()) {
            Comparator<LocalDate> byRate = Comparator.comparing(day -> ecb.exactly(from, to, day));
            expected.add(new JsonObject()
                    .put("at", days.get(0).toString())
                    .put("open", ecb.shown(from, to, days.get(0)))
                    .put("high", ecb.shown(from, to, days.stream().max(byRate).orElseThrow()))
                    .put("low", ecb.shown(from, to, days.stream().min(byRate).orElseThrow()))
                    .put("close", ecb.shown(from, to, days.get(days.size() - 1))));
        }

        JsonArray points = points(from + "/" + to + "?from=" + first + "&to=" + last + "&group=" + group);

        assertThat(points.stream()).containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "range=1W, 2026-04-07, 2026-04-13",
        "range=1M, 2026-03-13, 2026-04-13",
        "range=1Y, 2025-04-14, 2026-04-13",
        "'', 2025-04-14, 2026-04-13",
        "range=5Y, 2021-04-13, 2026-04-13",
        "range=max, 1999-01-04, 2026-04-13",
        "from=2026-04-01, 2026-04-01, 2026-04-13",
        "to=1999-01-10, 1999-01-04, 1999-01-08",
    })
    void a_range_goes_back_from_the_newest_day(String query, String first, String last) {
        JsonObject series = new JsonObject(
                series("EUR/USD" + (query.isEmpty() ? "" : "?" + query)).body());

        assertThat(series.getString("firstDay")).isEqualTo(first);
        assertThat(series.getString("lastDay")).isEqualTo(last);
    }

    @ParameterizedTest
    @CsvSource({
        "EUR/HRK?from=2022-12-20&to=2022-12-31, ecb",
        "EUR/HRK?from=2022-12-20&to=2023-01-31, 'ecb, eu-1103/97'",
        "HRK/EUR?from=2023-01-02&to=2023-01-31, eu-1103/97",
        "DEM/USD?from=2001-01-01&to=2001-01-31, 'eu-1103/97, ecb'",
        "EUR/EUR?from=2001-01-01&to=2001-01-31, ''",
    })
    void the_response_names_the_sources(String path, String sources) {
        assertThat(String.join(
                        ", ",
                        new JsonObject(series(path).body())
                                .getJsonArray("sources").stream()
                                        .map(String::valueOf)
                                        .toList()))
                .isEqualTo(sources);
    }

    @Test
    void a_currency_replaced_by_the_euro_continues_at_its_legal_rate() {
        JsonArray points = points("EUR/HRK?from=2022-12-29&to=2023-01-03");

        assertThat(points.stream()
                        .map(JsonObject.class::cast)
                        .map(point -> point.getString("at") + " " + point.getString("close")))
                .containsExactly(
                        "2022-12-29 " + ecb.shown("EUR", "HRK", LocalDate.of(2022, 12, 29)),
                        "2022-12-30 " + ecb.shown("EUR", "HRK", LocalDate.of(2022, 12, 30)),
                        "2023-01-02 7.5345",
                        "2023-01-03 7.5345");
    }

    @Test
    void the_media_type_is_chosen_by_the_suffix_or_by_accept() {
        String span = "?from=2020-01-02&to=2020-01-03";
        String csv =
                "at,open,high,low,close\r\n" + csvLine(LocalDate.of(2020, 1, 2)) + csvLine(LocalDate.of(2020, 1, 3));

        assertThat(series("EUR/USD.csv" + span).body()).isEqualTo(csv);
        assertThat(series("EUR/USD" + span, "Accept", "text/csv").body()).isEqualTo(csv);
        assertThat(series("EUR/USD.csv" + span, "Accept", "application/json").body())
                .isEqualTo(csv);
        assertThat(series("EUR/USD.csv" + span).headers().firstValue("content-type"))
                .contains("text/csv; charset=utf-8; header=present");
        HttpResponse<String> lines = series("EUR/USD" + span, "Accept", "text/csv;q=0.5, application/x-ndjson");
        assertThat(lines.headers().firstValue("content-type")).contains("application/x-ndjson");
        assertThat(lines.body().split("\n"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(new JsonObject(line).fieldNames())
                        .containsExactly("at", "open", "high", "low", "close"));
        assertThat(series("EUR/USD.json" + span, "Accept", "text/csv").body()).startsWith("{");
        assertThat(series("EUR/USD" + span, "Accept", "*/*").body()).startsWith("{");
        assertThat(converter
                        .get("/api/v1/history/EUR/USD", "Accept", "text/html")
                        .statusCode())
                .isEqualTo(406);
    }

    @ParameterizedTest
    @CsvSource({
        "?from=2020-01-01&to=2020-12-31, 'public, max-age=86400, immutable'",
        "?from=1999-01-04&to=2026-04-13&group=month, 'public, max-age=86400, immutable'",
        "?from=2020-01-01&to=2026-04-14, no-cache",
        "?from=2020-01-01, no-cache",
        "?range=1Y, no-cache",
        "?range=1D, no-cache",
    })
    void only_a_range_that_cannot_change_is_immutable(String query, String cacheControl) {
        HttpResponse<String> response = series("EUR/USD" + query);

        assertThat(response.headers().firstValue("cache-control")).contains(cacheControl);
        String tag = response.headers().firstValue("etag").orElseThrow();
        assertThat(converter
                        .get("/api/v1/history/EUR/USD" + query, "If-None-Match", tag)
                        .statusCode())
                .isIn(query.contains("1D") ? List.of(200, 304) : List.of(304));
        assertThat(series("EUR/USD.csv" + query).headers().firstValue("etag"))
                .isNotEqualTo(response.headers().firstValue("etag"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "USD/JPY?from=2020-02-01&to=2020-01-01      | 400 | bad-parameter    | from: 2020-02-01 is after 2020-01-01",
                "USD/JPY?from=1998-12-31&to=2020-01-01      | 400 | bad-parameter    | from: \"1998-12-31\" is not a valid date; use a day from 1999",
                "USD/JPY?from=2020-01-01&to=9999-01-01      | 400 | bad-parameter    | to: \"9999-01-01\"",
                "USD/JPY?from=2020-01-32&to=2020-02-01      | 400 | bad-parameter    | from: \"2020-01-32\"",
                "USD/JPY?range=1M&from=2020-01-01           | 400 | bad-parameter    | range: given with from or to",
                "USD/JPY?range=2M                           | 400 | bad-parameter    | range: \"2M\" is not a valid range; use one of 1D",
                "USD/JPY?range=1m                           | 400 | bad-parameter    | range: \"1m\"",
                "USD/JPY?range=1D&group=day                 | 400 | bad-parameter    | group: given with range=1D",
                "USD/JPY?range=1Y&group=year                | 400 | bad-parameter    | group: \"year\" is not a valid group; use one of day, week",
                "USD/JPY?limit=5                            | 400 | bad-parameter    | unknown parameter \"limit\"",
                "USD/JPY?range=1Y&range=1Y                  | 400 | bad-parameter    | range: given more than once",
                "USD/JPY?range=%2                           | 400 | bad-parameter    | range: ",
                "USD/JPY.xml                                | 400 | bad-parameter    | to: \"JPY.xml\" is not a valid currency code; use three letters, such as USD",
                "USD/JPY.                                   | 400 | bad-parameter    | to: \"JPY.\"",
                "USD/JPY.csv.csv                            | 400 | bad-parameter    | to: \"JPY.csv.csv\"",
                "US/JPY                                     | 400 | bad-parameter    | from: \"US\"",
                "USD.csv/JPY                                | 400 | bad-parameter    | from: \"USD.csv\"",
                "USD/XYZ                                    | 422 | unknown-currency | to: \"XYZ\"",
                "USD/XAU?range=max                          | 404 | no-rate          | to: there is no rate for XAU",
                "RUB/USD?from=2023-01-01&to=2023-12-31      | 404 | no-rate          | from: there is no rate for RUB (Russian Ruble)"
                        + " from 2023-01-01 to 2023-12-31; the last one known is of 2022-03-01",
                "USD/RUB?range=1D                           | 404 | no-rate          | to: there is no rate for RUB",
                "USD                                        | 404 | not-found        | there is nothing at this path",
                "USD/JPY/EUR                                | 404 | not-found        | there is nothing at this path",
            })
    void invalid_requests_are_rejected(String rest, int status, String code, String detail) {
        try (RawConnection raw = converter.connect()) {
            raw.send("GET /api/v1/history/" + rest + " HTTP/1.1\nHost: test\n\n");
            String response = raw.readResponse();

            assertThat(response).startsWith("HTTP/1.1 " + status + " ").containsIgnoringCase("cache-control: no-store");
            JsonObject problem = new JsonObject(response.substring(response.indexOf("\r\n\r\n")));
            assertThat(problem.getString("code")).isEqualTo(code);
            assertThat(problem.getString("detail")).startsWith(detail);
        }
    }

    @Test
    void a_range_without_a_working_day_is_empty() {
        JsonObject weekend =
                new JsonObject(series("USD/JPY?from=2020-01-04&to=2020-01-05").body());

        assertThat(weekend.getJsonArray("points")).isEmpty();
        assertThat(weekend.getString("firstDay")).isNull();
        assertThat(weekend.containsKey("lastDay")).isTrue();
        assertThat(series("USD/JPY.csv?from=2020-01-04&to=2020-01-05").body()).isEqualTo("at,open,high,low,close\r\n");
    }

    @Test
    void the_last_day_has_the_minutes_of_the_cluster_and_marks_simulated_ones() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        Instant earlier = now.minus(3, ChronoUnit.HOURS);
        Instant seen = now.minus(2, ChronoUnit.HOURS);
        Instant old = now.minus(26, ChronoUnit.HOURS);
        SharedHistory shared = awaited(SharedHistory.open(converter.node().vertx()));
        awaited(shared.publishHour(minute(old, "7", false)));
        awaited(shared.publishHour(minute(earlier, "2", false)));
        awaited(shared.publishHour(minute(seen, "4", true)));
        Awaitility.await().until(() -> points("EUR/USD?range=1D").size() == 2);

        JsonObject series = new JsonObject(series("EUR/USD?range=1D").body());

        assertThat(series.getString("group")).isEqualTo("minute");
        assertThat(series.getBoolean("simulated")).isTrue();
        assertThat(series.getJsonArray("points"))
                .containsExactly(point(earlier, "2"), point(seen, "4").put("simulated", true));
        assertThat(series("EUR/USD.csv?range=1D").body())
                .isEqualTo("at,open,high,low,close,simulated\r\n" + earlier + ",2,2,2,2,false\r\n" + seen
                        + ",4,4,4,4,true\r\n");
        assertThat(points("BGN/USD?range=1D").getJsonObject(1).getString("close"))
                .isEqualTo(new BigDecimal("4")
                        .divide(new BigDecimal("1.95583"), java.math.MathContext.DECIMAL128)
                        .toPlainString());
        assertThat(new JsonObject(series("BGN/USD?range=1D").body()).getJsonArray("sources"))
                .containsExactly("eu-1103/97");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS"})
    void head_and_options_work_as_on_other_paths(String method) {
        HttpResponse<String> response = converter.request(method, "/api/v1/history/EUR/USD?range=1Y");

        assertThat(response.statusCode()).isEqualTo(method.equals("HEAD") ? 200 : 204);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("access-control-allow-origin")).contains("*");
    }

    @Test
    void a_slow_reader_gets_the_whole_series() {
        String whole = series("USD/JPY?range=max").body();

        try (RawConnection raw = RawConnection.narrow(converter.port())) {
            raw.send("GET /api/v1/history/USD/JPY?range=max HTTP/1.1\nHost: test\n\n");
            String response = raw.readResponse();

            assertThat(response.substring(response.indexOf("\r\n\r\n") + 4)).isEqualTo(whole);
        }
    }

    @Test
    void series_have_a_metric_of_their_own() {
        series("EUR/USD");

        assertThat(converter.get("/metrics").body())
                .containsPattern(
                        "ratemesh_converter_request_duration_seconds_count\\{endpoint=\"history\",outcome=\"ok\"\\} [1-9]");
    }

    @Test
    void today_is_a_valid_last_day() {
        assertThat(converter
                        .get("/api/v1/history/EUR/USD?to=" + LocalDate.now(TargetCalendar.FRANKFURT))
                        .statusCode())
                .isEqualTo(200);
    }

    private static HttpResponse<String> series(String rest, String... fields) {
        HttpResponse<String> response = converter.get("/api/v1/history/" + rest, fields);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response;
    }

    private static JsonArray points(String rest) {
        return new JsonObject(series(rest).body()).getJsonArray("points");
    }

    private static String csvLine(LocalDate day) {
        String rate = ecb.shown("EUR", "USD", day);
        return day + "," + rate + "," + rate + "," + rate + "," + rate + "\r\n";
    }

    private static JsonObject point(Instant at, String rate) {
        return new JsonObject()
                .put("at", at.toString())
                .put("open", rate)
                .put("high", rate)
                .put("low", rate)
                .put("close", rate);
    }

    private static HourOfMinutes minute(Instant at, String dollars, boolean simulated) {
        return HourOfMinutes.empty(HourOfMinutes.epochHour(at))
                .with((int) (at.getEpochSecond() / 60 % 60), Map.of("USD", new BigDecimal(dollars)), simulated);
    }
}
