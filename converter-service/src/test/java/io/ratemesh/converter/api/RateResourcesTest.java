package io.ratemesh.converter.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.TestBooks;
import io.ratemesh.converter.TestConverter;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.RateBook;
import io.ratemesh.node.book.FeedStatusReport;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateResourcesTest {

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
    void a_table_has_every_currency_but_its_base() {
        RateBook book = converter.publish(TestBooks.example());

        assertThat(converter.get("/api/v1/rates").body())
                .isEqualTo("{\"base\":\"EUR\",\"date\":\"2026-07-06\",\"asOf\":\"2026-07-06T14:00:00Z\",\"version\":"
                        + book.version() + ",\"stale\":false,\"simulated\":false,\"sources\":[\"ecb\"],"
                        + "\"rates\":{\"GBP\":\"0.86\",\"JPY\":\"185.31\",\"USD\":\"1.1415\"}}");
        assertThat(new JsonObject(converter.get("/api/v1/rates?base=usd").body())
                        .getJsonObject("rates")
                        .fieldNames())
                .containsExactly("EUR", "GBP", "JPY");
    }

    @Test
    void a_table_has_the_requested_symbols_to_thirty_four_digits() {
        converter.publish(TestBooks.example());

        JsonObject table = new JsonObject(
                converter.get("/api/v1/rates?base=USD&symbols=jpy,EUR,USD").body());

        assertThat(table.getJsonObject("rates"))
                .isEqualTo(new JsonObject()
                        .put("EUR", "0.8760402978537012702584318878668419")
                        .put("JPY", "162.3390275952693823915900131406045")
                        .put("USD", "1"));
    }

    @Test
    void a_table_is_as_old_as_its_oldest_rate() {
        converter.publish(TestBooks.example()
                .from("coinbase", "CHF", "0.93", Instant.parse("2026-07-07T00:30:00Z"))
                .staleAt(Instant.now().minusSeconds(1), "SEK", "11"));

        JsonObject both =
                new JsonObject(converter.get("/api/v1/rates?symbols=CHF,USD").body());
        JsonObject one =
                new JsonObject(converter.get("/api/v1/rates?symbols=CHF").body());

        assertThat(both.getString("asOf")).isEqualTo("2026-07-06T14:00:00Z");
        assertThat(both.getJsonArray("sources")).containsExactly("coinbase", "ecb");
        assertThat(one.getString("date")).isEqualTo("2026-07-07");
        assertThat(one.getBoolean("stale")).isFalse();
        assertThat(new JsonObject(converter.get("/api/v1/rates").body()).getBoolean("stale"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?base=EURO             | 400 | bad-parameter    | base: \"EURO\"",
                "?base=XYZ              | 422 | unknown-currency | base: \"XYZ\"",
                "?base=RUB              | 404 | no-rate          | base: there is no rate for RUB",
                "?symbols=USD,XYZ       | 422 | unknown-currency | symbols: \"XYZ\"",
                "?symbols=USD,RUB       | 404 | no-rate          | symbols: there is no rate for RUB",
                "?symbols=USD,          | 400 | bad-parameter    | symbols: \"USD,\"",
                "?symbols=USD,usd       | 400 | bad-parameter    | symbols: \"USD,usd\" is not a valid list of currency codes; use up to 200",
                "?quote=USD             | 400 | bad-parameter    | unknown parameter \"quote\"; use one of base, symbols, date",
                "/USD/JPY?day=1         | 400 | bad-parameter    | unknown parameter \"day\"; use one of date",
                "/USD/JP                | 400 | bad-parameter    | to: \"JP\"",
                "/US%20/JPY             | 400 | bad-parameter    | from: \"US%20\"",
                "/XYZ/JPY               | 422 | unknown-currency | from: \"XYZ\"",
                "/USD/RUB               | 404 | no-rate          | to: there is no rate for RUB",
                "/USD                   | 404 | not-found        | there is nothing at this path",
                "/USD/JPY/              | 404 | not-found        | there is nothing at this path",
                "//JPY                  | 404 | not-found        | there is nothing at this path",
            })
    void invalid_requests_are_rejected(String rest, int status, String code, String detail) {
        converter.publish(TestBooks.example());

        HttpResponse<String> response = converter.get("/api/v1/rates" + rest);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo(code);
        assertThat(new JsonObject(response.body()).getString("detail")).startsWith(detail);
    }

    @Test
    void more_symbols_than_two_hundred_are_rejected() {
        converter.publish(TestBooks.example());
        String many = "USD" + ",JPY".repeat(200);

        assertThat(converter.get("/api/v1/rates?symbols=" + many).statusCode()).isEqualTo(400);
    }

    @Test
    void a_pair_may_be_in_any_case() {
        RateBook book = converter.publish(TestBooks.example());

        assertThat(converter.get("/api/v1/rates/usd/Jpy").body())
                .isEqualTo("{\"from\":\"USD\",\"to\":\"JPY\",\"rate\":\"162.3390275952693823915900131406045\","
                        + "\"asOf\":\"2026-07-06T14:00:00Z\",\"date\":\"2026-07-06\",\"sources\":[\"ecb\"],"
                        + "\"stale\":false,\"simulated\":false,\"version\":" + book.version() + "}");
    }

    @Test
    void a_legal_currency_is_in_a_table_only_when_requested() {
        converter.publish(TestBooks.example());

        JsonObject table = new JsonObject(
                converter.get("/api/v1/rates?base=DEM&symbols=EUR,HRK,USD").body());

        assertThat(table.getJsonObject("rates").fieldNames()).containsExactly("EUR", "HRK", "USD");
        assertThat(table.getJsonObject("rates").getString("HRK")).startsWith("3.852328678872");
        assertThat(table.getJsonArray("sources")).containsExactly("ecb", "eu-1103/97");
        assertThat(new JsonObject(converter.get("/api/v1/rates?base=DEM").body())
                        .getJsonObject("rates")
                        .fieldNames())
                .containsExactly("EUR", "GBP", "JPY", "USD");
        assertThat(new JsonObject(converter.get("/api/v1/rates/EUR/BGN").body()).getString("rate"))
                .isEqualTo("1.95583");
    }

    @Test
    void a_currency_is_listed_with_its_days_and_its_successor() {
        converter.publish(TestBooks.example().ecb("AED", "4.19").ecb("BGN", "1.9"));

        JsonArray list = new JsonObject(converter.get("/api/v1/currencies").body()).getJsonArray("currencies");

        assertThat(days(list, "RUB")).isEqualTo("2005-04-01 to 2022-03-01, then null, current false");
        assertThat(days(list, "BGN")).isEqualTo("2000-07-19 to 2025-12-31, then EUR, current false");
        assertThat(days(list, "DEM")).isEqualTo("null to null, then EUR, current false");
        assertThat(days(list, "AED")).isEqualTo("null to 2026-07-06, then null, current true");
        assertThat(days(list, "EUR")).isEqualTo("1999-01-04 to 2026-07-06, then null, current true");
        assertThat(days(list, "CHF")).isEqualTo("1999-01-04 to 2026-04-13, then null, current false");
    }

    @Test
    void every_currency_of_the_table_is_listed_with_whether_it_has_a_rate_now() {
        converter.publish(TestBooks.example());

        JsonArray list = new JsonObject(converter.get("/api/v1/currencies").body()).getJsonArray("currencies");

        assertThat(list).hasSameSizeAs(Currencies.all());
        assertThat(list.getValue(indexOf(list, "USD")))
                .hasToString("{\"code\":\"USD\",\"number\":\"840\",\"name\":\"US Dollar\",\"minorUnits\":2,\"scale\":2,"
                        + "\"withdrawn\":null,\"current\":true,\"firstDay\":\"1999-01-04\",\"lastDay\":\"2026-07-06\","
                        + "\"successor\":null}");
        JsonObject gold = list.getJsonObject(indexOf(list, "XAU"));
        assertThat(gold.containsKey("minorUnits")).isTrue();
        assertThat(gold.getValue("minorUnits")).isNull();
        assertThat(gold.getInteger("scale")).isEqualTo(6);
        assertThat(gold.getBoolean("current")).isFalse();
        assertThat(list.getJsonObject(indexOf(list, "DEM")).getString("withdrawn"))
                .isNotBlank();
        assertThat(list.getJsonObject(indexOf(list, "EUR")).getBoolean("current"))
                .isTrue();
    }

    @Test
    void the_status_has_book_feeds_and_nodes_but_no_addresses() {
        RateBook book = converter.publish(TestBooks.example());
        Instant tried = Instant.parse("2026-07-06T14:01:00Z");
        JsonObject report = new FeedStatusReport(
                        "ecb", Optional.of(tried), Optional.empty(), Optional.empty(), Optional.of("HTTP 503"), 0)
                .toJson()
                .put("url", "http://inside.example/secret");
        converter
                .node()
                .vertx()
                .eventBus()
                .publish(
                        FeedStatusReport.ADDRESS,
                        new JsonObject()
                                .put("leader", converter.node().id())
                                .put("feeds", new JsonArray().add(report)));
        Awaitility.await().until(() -> status().getString("leader") != null);

        JsonObject status = status();

        assertThat(status.fieldNames())
                .containsExactly(
                        "version",
                        "bookAgeSeconds",
                        "asOf",
                        "stale",
                        "simulated",
                        "currencies",
                        "history",
                        "leader",
                        "feeds",
                        "nodes");
        assertThat(status.getLong("version")).isEqualTo(book.version());
        assertThat(status.getInteger("currencies")).isEqualTo(4);
        assertThat(status.getJsonObject("history"))
                .isEqualTo(new JsonObject()
                        .put("days", 6983)
                        .put("firstDay", "1999-01-04")
                        .put("lastDay", "2026-04-13")
                        .put("minutePoints", 0));
        assertThat(status.getString("leader")).isEqualTo(converter.node().id());
        assertThat(status.getJsonArray("feeds").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("name", "ecb")
                        .put("lastTry", "2026-07-06T14:01:00Z")
                        .putNull("lastSuccess")
                        .putNull("nextTry")
                        .put("lastError", "HTTP 503")
                        .put("currencies", 0)
                        .put("circuit", "closed")
                        .put("refused", new JsonObject())
                        .putNull("lastRefusal")
                        .put("held", new JsonObject()));
        assertThat(status.getJsonArray("nodes").getJsonObject(0).fieldNames())
                .containsExactly("id", "role", "state", "bookVersion", "build", "startedAt");
    }

    @Test
    void there_is_no_leader_when_its_node_has_left() {
        converter.publish(TestBooks.example());
        converter
                .node()
                .vertx()
                .eventBus()
                .publish(
                        FeedStatusReport.ADDRESS,
                        new JsonObject().put("leader", "rates-gone").put("feeds", new JsonArray()));

        Awaitility.await().untilAsserted(() -> {
            assertThat(status().getJsonArray("feeds")).isEmpty();
            assertThat(status().getString("leader")).isNull();
        });
    }

    private static String days(JsonArray list, String code) {
        JsonObject currency = list.getJsonObject(indexOf(list, code));
        return currency.getString("firstDay") + " to " + currency.getString("lastDay") + ", then "
                + currency.getString("successor") + ", current " + currency.getBoolean("current");
    }

    private static JsonObject status() {
        return new JsonObject(converter.get("/api/v1/status").body());
    }

    private static int indexOf(JsonArray list, String code) {
        for (int i = 0; i < list.size(); i++) {
            if (list.getJsonObject(i).getString("code").equals(code)) {
                return i;
            }
        }
        throw new AssertionError(code + " is not listed");
    }
}
