package io.ratemesh.converter.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.TestBooks;
import io.ratemesh.converter.TestConverter;
import io.ratemesh.model.RateBook;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionTest {

    private static TestConverter converter;

    @BeforeAll
    static void start() {
        converter = TestConverter.start();
    }

    @AfterAll
    static void stop() {
        converter.close();
    }

    @Test
    void the_response_equals_the_example_byte_for_byte() {
        RateBook book = converter.publish(TestBooks.example());

        HttpResponse<String> response = converter.get("/api/v1/convert?from=USD&to=JPY&amount=250.75");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.headers().firstValue("cache-control")).contains("no-cache");
        assertThat(response.body())
                .isEqualTo("{\"from\":\"USD\",\"to\":\"JPY\",\"amount\":\"250.75\",\"result\":\"40707\","
                        + "\"rate\":\"162.3390275952693823915900131406045\",\"asOf\":\"2026-07-06T14:00:00Z\","
                        + "\"date\":\"2026-07-06\",\"sources\":[\"ecb\"],\"stale\":false,\"simulated\":false,"
                        + "\"version\":" + book.version() + "}");
    }

    @ParameterizedTest
    @CsvSource({
        "from=EUR&to=USD&amount=10, 11.42",
        "from=eur&to=uSd&amount=10, 11.42",
        "from=EUR&to=USD&amount=010.00, 11.42",
        "from=EUR&to=USD&amount=0, 0.00",
        "from=EUR&to=USD&amount=10&rounding=half-even, 11.42",
        "from=EUR&to=USD&amount=10&rounding=half-up, 11.42",
        "from=EUR&to=USD&amount=10&rounding=half-down, 11.41",
        "from=EUR&to=USD&amount=10&rounding=up, 11.42",
        "from=EUR&to=USD&amount=10&rounding=down, 11.41",
        "from=EUR&to=USD&amount=10&rounding=ceiling, 11.42",
        "from=EUR&to=USD&amount=10&rounding=floor, 11.41",
        "from=EUR&to=USD&amount=10&scale=0, 11",
        "from=EUR&to=USD&amount=10&scale=18, 11.415000000000000000",
        "from=EUR&to=USD&amount=10&scale=full, 11.415",
        "from=USD&to=EUR&amount=1&scale=full&rounding=down, 0.8760402978537012702584318878668418",
        "from=EUR&to=EUR&amount=1.005, 1.00",
        "to=USD&amount=999999999999999999999999999999.999999999999999999&from=USD&scale=18, "
                + "999999999999999999999999999999.999999999999999999",
        "from=%45UR&to=USD&amount=1%30, 11.42",
    })
    void an_amount_converts_to(String query, String result) {
        converter.publish(TestBooks.example());

        HttpResponse<String> response = converter.get("/api/v1/convert?" + query);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(new JsonObject(response.body()).getString("result")).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                              | from: missing; use three letters, such as USD",
                "to=USD&amount=1                               | from: missing",
                "from=EUR&amount=1                             | to: missing",
                "from=EUR&to=USD                               | amount: missing; use digits with an optional decimal point",
                "from=EUR&to=USD&amount=                       | amount: empty",
                "from=EUR&to=USD&amount                        | amount: empty",
                "from=EUR&to=USD&amount=1&amount=1             | amount: given more than once",
                "from=EUR&to=USD&amount=1&day=2026-01-02       | unknown parameter \"day\"; use one of from, to, amount, date",
                "from=EUR&to=USD&amount=1&                     | unknown parameter \"\"",
                "from=EUR&to=USD&amount=1&Scale=2              | unknown parameter \"Scale\"",
                "from=EU&to=USD&amount=1                       | from: \"EU\" is not a valid currency code; use three letters",
                "from=EURO&to=USD&amount=1                     | from: \"EURO\"",
                "from=EUR&to=U5D&amount=1                      | to: \"U5D\"",
                "from=EUR&to=%C3%84%C3%96%C3%9C&amount=1       | to: \"ÄÖÜ\"",
                "from=EUR&to=USD&amount=-1                     | amount: \"-1\"",
                "from=EUR&to=USD&amount=%2B1                   | amount: \"+1\"",
                "from=EUR&to=USD&amount=+1                     | amount: \" 1\"",
                "from=EUR&to=USD&amount=1e3                    | amount: \"1e3\"",
                "from=EUR&to=USD&amount=1,5                    | amount: \"1,5\"",
                "from=EUR&to=USD&amount=NaN                    | amount: \"NaN\"",
                "from=EUR&to=USD&amount=1.                     | amount: \"1.\"",
                "from=EUR&to=USD&amount=0.1234567890123456789  | amount: \"0.1234567890123456789\"",
                "from=EUR&to=USD&amount=1000000000000000000000000000000 | amount: \"1000000000000000000000000000000\"",
                "from=EUR&to=USD&amount=1&rounding=HALF_UP     | rounding: \"HALF_UP\" is not a valid rounding mode; use one of ceiling, down",
                "from=EUR&to=USD&amount=1&scale=19             | scale: \"19\" is not a valid scale; use 0 to 18, or full",
                "from=EUR&to=USD&amount=1&scale=-1             | scale: \"-1\"",
                "from=EUR&to=USD&amount=1&scale=2.0            | scale: \"2.0\"",
            })
    void an_invalid_parameter_is_rejected_by_name(String query, String detail) {
        converter.publish(TestBooks.example());

        HttpResponse<String> response = converter.get("/api/v1/convert" + (query == null ? "" : "?" + query));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        JsonObject problem = new JsonObject(response.body());
        assertThat(problem.getString("code")).isEqualTo("bad-parameter");
        assertThat(problem.getString("detail")).startsWith(detail);
    }

    @ParameterizedTest
    @CsvSource({"%", "1%", "1%3", "1%zz", "%ff", "%C3", "%C0%80", "%ED%A0%80"})
    void invalid_escapes_are_rejected(String amount) {
        converter.publish(TestBooks.example());

        try (var raw = converter.connect()) {
            raw.send("GET /api/v1/convert?from=EUR&to=USD&amount=" + amount + " HTTP/1.1\nHost: test\n\n");

            assertThat(raw.readResponse())
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\"code\":\"bad-parameter\"", "amount: ", "percent-encoded");
        }
    }

    @Test
    void an_unknown_currency_is_unprocessable() {
        converter.publish(TestBooks.example());

        HttpResponse<String> response = converter.get("/api/v1/convert?from=EUR&to=XYZ&amount=1");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(response.headers().firstValue("cache-control")).contains("no-store");
        assertThat(new JsonObject(response.body()))
                .isEqualTo(new JsonObject()
                        .put("type", "/api/problems/unknown-currency")
                        .put("title", "A currency is not in ISO 4217")
                        .put("status", 422)
                        .put("detail", "to: \"XYZ\" is not in ISO 4217; use a code of /api/v1/currencies")
                        .put("instance", "/api/v1/convert")
                        .put("code", "unknown-currency"));
    }

    @Test
    void an_invalid_parameter_is_reported_before_an_unknown_currency() {
        converter.publish(TestBooks.example());

        assertThat(converter.get("/api/v1/convert?from=XYZ&to=USD&amount=x").statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_known_currency_without_a_rate_is_not_found() {
        converter.publish(TestBooks.example());

        HttpResponse<String> response = converter.get("/api/v1/convert?from=RUB&to=USD&amount=1");

        assertThat(response.statusCode()).isEqualTo(404);
        JsonObject problem = new JsonObject(response.body());
        assertThat(problem.getString("code")).isEqualTo("no-rate");
        assertThat(problem.getString("detail"))
                .isEqualTo("from: there is no rate for RUB (Russian Ruble) now; the last one known is of 2022-03-01");
    }

    @Test
    void the_error_names_no_day_for_a_currency_that_never_had_a_rate() {
        converter.publish(TestBooks.example());

        HttpResponse<String> response = converter.get("/api/v1/convert?from=USD&to=XAU&amount=1");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(new JsonObject(response.body()).getString("detail"))
                .startsWith("to: there is no rate for XAU")
                .endsWith(" now");
    }

    @ParameterizedTest
    @CsvSource({
        "from=BGN&to=EUR&amount=1000000, 511291.88, eu-1103/97",
        "from=EUR&to=HRK&amount=1, 7.53, eu-1103/97",
        "from=DEM&to=ITL&amount=1&scale=2, 990.00, eu-1103/97",
        "from=DEM&to=USD&amount=100, 58.36, 'eu-1103/97, ecb'",
        "from=USD&to=DEM&amount=100, 171.34, 'ecb, eu-1103/97'",
    })
    void a_retired_euro_currency_converts_at_its_legal_rate_regardless_of_feeds(
            String query, String result, String sources) {
        converter.publish(TestBooks.example().ecb("BGN", "2.5"));

        JsonObject response =
                new JsonObject(converter.get("/api/v1/convert?" + query).body());

        assertThat(response.getString("result")).isEqualTo(result);
        assertThat(String.join(
                        ", ",
                        response.getJsonArray("sources").stream()
                                .map(String::valueOf)
                                .toList()))
                .isEqualTo(sources);
        assertThat(response.getString("asOf")).isEqualTo("2026-07-06T14:00:00Z");
    }

    @Test
    void the_euro_against_itself_is_as_old_as_the_newest_rate() {
        converter.publish(TestBooks.example().from("coinbase", "CHF", "0.93", Instant.parse("2026-07-07T00:30:00Z")));

        JsonObject response = new JsonObject(
                converter.get("/api/v1/convert?from=EUR&to=EUR&amount=5").body());

        assertThat(response.getString("rate")).isEqualTo("1");
        assertThat(response.getString("asOf")).isEqualTo("2026-07-07T00:30:00Z");
        assertThat(response.getString("date")).isEqualTo("2026-07-07");
        assertThat(response.getJsonArray("sources")).isEmpty();
    }

    @Test
    void the_response_names_both_sources_and_the_older_time() {
        converter.publish(TestBooks.example().from("coinbase", "CHF", "0.93", Instant.parse("2026-07-07T00:30:00Z")));

        JsonObject response = new JsonObject(
                converter.get("/api/v1/convert?from=CHF&to=USD&amount=5").body());

        assertThat(response.getJsonArray("sources")).containsExactly("coinbase", "ecb");
        assertThat(response.getString("asOf")).isEqualTo("2026-07-06T14:00:00Z");
    }

    @Test
    void a_stale_leg_makes_the_response_stale() {
        converter.publish(TestBooks.example().staleAt(Instant.now().minusSeconds(1), "CHF", "0.93"));

        assertThat(new JsonObject(converter
                                .get("/api/v1/convert?from=CHF&to=USD&amount=5")
                                .body())
                        .getBoolean("stale"))
                .isTrue();
        assertThat(new JsonObject(converter
                                .get("/api/v1/convert?from=USD&to=GBP&amount=5")
                                .body())
                        .getBoolean("stale"))
                .isFalse();
    }

    @Test
    void a_simulated_leg_makes_the_response_simulated() {
        converter.publish(TestBooks.example().from("simulated", "CHF", "0.93", TestBooks.OBSERVED));

        assertThat(new JsonObject(converter
                                .get("/api/v1/convert?from=CHF&to=USD&amount=5")
                                .body())
                        .getBoolean("simulated"))
                .isTrue();
    }

    @Test
    void the_response_changes_with_the_next_book() {
        converter.publish(TestBooks.example());
        RateBook next = converter.publish(TestBooks.example().ecb("USD", "2"));

        JsonObject response = new JsonObject(
                converter.get("/api/v1/convert?from=EUR&to=USD&amount=1").body());

        assertThat(response.getString("result")).isEqualTo("2.00");
        assertThat(response.getLong("version")).isEqualTo(next.version());
    }
}
