package io.ratemesh.converter.frankfurter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.EcbCsv;
import io.ratemesh.converter.TestBooks;
import io.ratemesh.converter.TestConverter;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrankfurterTest {

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2022-03-01?symbols=USD,JPY | {'amount':1.0,'base':'EUR','date':'2022-03-01','rates':{'JPY':128.15,'USD':1.1162}}",
                "2022-03-01?from=USD&to=EUR | {'amount':1.0,'base':'USD','date':'2022-03-01','rates':{'EUR':0.8959}}",
                "2022-03-01?from=usd&to=eur,idr&amount=10"
                        + " | {'amount':10.0,'base':'USD','date':'2022-03-01','rates':{'EUR':8.959,'IDR':143642}}",
                "2022-03-01?symbols=IDR | {'amount':1.0,'base':'EUR','date':'2022-03-01','rates':{'IDR':16033.36}}",
                "2022-03-01?symbols=IDR&amount=2 | {'amount':2.0,'base':'EUR','date':'2022-03-01','rates':{'IDR':32067}}",
                "2022-03-01?base=IDR&symbols=EUR | {'amount':1.0,'base':'IDR','date':'2022-03-01','rates':{'EUR':0.000062}}",
                "2022-03-06?symbols=USD,RUB,XXX,usd | {'amount':1.0,'base':'EUR','date':'2022-03-04','rates':{'USD':1.0929}}",
                "2022-12-30?symbols=HRK | {'amount':1.0,'base':'EUR','date':'2022-12-30','rates':{'HRK':7.5365}}",
                "2022-03-05..2022-03-08?to=USD | {'amount':1.0,'base':'EUR','start_date':'2022-03-04','end_date':'2022-03-08',"
                        + "'rates':{'2022-03-04':{'USD':1.0929},'2022-03-07':{'USD':1.0895},'2022-03-08':{'USD':1.0892}}}",
                "2022-12-29..2023-01-03?to=HRK | {'amount':1.0,'base':'EUR','start_date':'2022-12-29','end_date':'2022-12-30',"
                        + "'rates':{'2022-12-29':{'HRK':7.5365},'2022-12-30':{'HRK':7.5365}}}",
                "latest?symbols=USD | {'amount':1.0,'base':'EUR','date':'2026-04-13','rates':{'USD':1.1684}}",
                "9999-12-31?symbols=USD | {'amount':1.0,'base':'EUR','date':'2026-04-13','rates':{'USD':1.1684}}",
            })
    void responses_equal_those_of_frankfurter(String rest, String json) {
        HttpResponse<String> response = converter.get("/v1/" + rest);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(json.replace('\'', '"'));
        assertThat(response.headers().firstValue("content-type")).contains("application/json; charset=utf-8");
        assertThat(response.headers().firstValue("access-control-allow-origin")).contains("*");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "latest?symbols=XXX | 404 | not found",
                "latest?base=XXX | 404 | not found",
                "latest?symbols= | 404 | not found",
                "latest?base=DEM | 404 | not found",
                "2023-01-02?base=HRK | 404 | not found",
                "2023-01-02?symbols=RUB | 404 | not found",
                "1999-01-03 | 404 | not found",
                "1990-01-01..1999-01-03 | 404 | not found",
                "9999-01-01.. | 404 | not found",
                "2022-03-08..2022-03-01 | 404 | not found",
                "2022-03-01...2022-03-08 | 404 | not found",
                "2022-3-1 | 404 | not found",
                "nothing | 404 | not found",
                "latest/ | 404 | not found",
                "x/2022-03-01 | 404 | not found",
                "openapi.yaml | 404 | not found",
                "/ | 404 | not found",
                "2022-02-30 | 422 | invalid date",
                "2022-02-01..2022-02-30 | 422 | invalid date",
                "latest?amount=abc | 422 | invalid amount",
                "latest?from=USD&to=USD | 422 | bad currency pair",
            })
    void errors_have_the_format_of_frankfurter(String rest, int status, String message) {
        HttpResponse<String> response = converter.get("/v1/" + rest);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.body()).isEqualTo("{\"message\":\"" + message + "\"}");
        assertThat(response.headers().firstValue("cache-control")).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/v1/", "/v1?x=1"})
    void the_root_names_document_and_page(String path) {
        HttpResponse<String> response = converter.get(path);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body())
                .isEqualTo(
                        "{\"version\":\"v1\",\"status\":\"frozen\",\"openapi\":\"/v1/openapi.json\",\"docs\":\"/api/\"}");
        assertThat(response.headers().firstValue("content-type")).contains("application/json; charset=utf-8");
        assertThat(response.headers().firstValue("access-control-allow-origin")).contains("*");
    }

    @Test
    void the_links_of_the_root_exist() {
        JsonObject root = new JsonObject(converter.get("/v1/").body());

        JsonObject document =
                new JsonObject(converter.get(root.getString("openapi")).body());
        assertThat(document.getJsonObject("paths").fieldNames()).contains("/v1/latest", "/v1/{date}", "/v1/currencies");
        assertThat(converter.get(root.getString("docs")).statusCode()).isEqualTo(200);
    }

    @Test
    void the_older_name_of_latest_has_the_same_response() {
        assertThat(converter.get("/v1/current?from=USD&to=EUR").body())
                .isEqualTo(converter.get("/v1/latest?from=USD&to=EUR").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/v1/", "/v1/nothing", "/v1/openapi.json"})
    void an_unsupported_method_is_rejected_in_the_format_of_frankfurter_on_every_path(String path) {
        HttpResponse<String> response = converter.request("DELETE", path);

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(new JsonObject(response.body()).fieldNames()).containsExactly("message");
    }

    @Test
    void an_unsupported_method_is_rejected_in_the_format_of_frankfurter() {
        HttpResponse<String> response = converter.request("DELETE", "/v1/latest");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow")).contains("GET, HEAD, OPTIONS");
        assertThat(new JsonObject(response.body()).fieldNames()).containsExactly("message");
    }

    @Test
    void a_page_of_any_origin_may_send_requests() {
        HttpResponse<String> response =
                converter.request("OPTIONS", "/v1/latest", "Access-Control-Request-Method", "GET");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("access-control-allow-origin")).contains("*");
    }

    @ParameterizedTest
    @CsvSource({
        "2022-03-01, true",
        "2022-03-06, true",
        "2022-03-01..2022-03-31?to=USD, true",
        "2026-04-13..2026-04-14, false",
        "2026-03-01.., false",
        "2026-04-20, false",
        "latest, false",
        "currencies, false",
    })
    void responses_that_cannot_change_are_immutable(String rest, boolean kept) {
        HttpResponse<String> response = converter.get("/v1/" + rest);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("cache-control")).contains(kept ? IMMUTABLE : "no-cache");
        String tag = response.headers().firstValue("etag").orElseThrow();
        assertThat(converter.get("/v1/" + rest, "If-None-Match", tag).statusCode())
                .isEqualTo(304);
    }

    @Test
    void head_of_a_range_has_its_content_length() {
        String path = "/v1/2022-01-01..2022-12-31";

        HttpResponse<String> head = converter.request("HEAD", path);

        assertThat(head.headers().firstValueAsLong("content-length"))
                .hasValue(converter.get(path).body().length());
    }

    @Test
    void the_currencies_are_those_of_the_newest_day_with_the_names_of_frankfurter() {
        JsonObject names = new JsonObject(converter.get("/v1/currencies").body());

        assertThat(names.fieldNames()).containsExactlyElementsOf(ecb.codes(LocalDate.of(2026, 4, 13)));
        assertThat(names.getString("USD")).isEqualTo("United States Dollar");
        assertThat(names.getString("PLN")).isEqualTo("Polish Złoty");
        assertThat(names.getString("AUD")).isEqualTo("Australian Dollar");
    }

    @Test
    void all_days_of_all_currencies_equal_the_file_of_the_ecb() {
        JsonObject response = new JsonObject(converter.get("/v1/1999-01-04..").body());

        JsonObject rates = response.getJsonObject("rates");
        assertThat(rates.fieldNames())
                .containsExactlyElementsOf(
                        ecb.days().stream().map(LocalDate::toString).toList());
        for (LocalDate day : ecb.days()) {
            JsonObject ofDay = rates.getJsonObject(day.toString());
            SortedSet<String> codes = new TreeSet<>(ecb.codes(day));
            codes.remove("EUR");
            assertThat(ofDay.fieldNames()).containsExactlyElementsOf(codes);
            // Read as a double here, which has the digits of every rate of the file.
            codes.forEach(code -> assertThat(new BigDecimal(ofDay.getValue(code).toString()))
                    .isEqualByComparingTo(ecb.perEuro(code, day)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"USD", "JPY", "IDR", "RUB"})
    void a_base_has_a_rate_on_every_day_that_has_one(String base) {
        JsonObject response = new JsonObject(
                converter.get("/v1/1999-01-04..?to=EUR&from=" + base).body());

        List<LocalDate> days = ecb.days(base, "EUR", LocalDate.of(1999, 1, 4), LocalDate.of(2026, 4, 13));
        assertThat(response.getJsonObject("rates").fieldNames())
                .containsExactlyElementsOf(
                        days.stream().map(LocalDate::toString).toList());
        assertThat(response.getString("start_date")).isEqualTo(days.get(0).toString());
        assertThat(response.getString("end_date"))
                .isEqualTo(days.get(days.size() - 1).toString());
    }

    @Test
    void a_newer_day_that_only_the_book_has_is_the_latest() {
        try (TestConverter other = TestConverter.start()) {
            TestBooks book = TestBooks.book();
            ecb.codes(LocalDate.of(2026, 4, 13)).stream()
                    .filter(code -> !code.equals("EUR"))
                    .forEach(code -> book.ecb(code, "2.5"));
            other.publish(book);

            assertThat(other.get("/v1/latest?symbols=USD").body())
                    .isEqualTo("{\"amount\":1.0,\"base\":\"EUR\",\"date\":\"2026-07-06\",\"rates\":{\"USD\":2.5}}");
            assertThat(other.get("/v1/2026-07-06..?symbols=USD").body())
                    .contains("\"start_date\":\"2026-07-06\",\"end_date\":\"2026-07-06\"");
        }
    }
}
