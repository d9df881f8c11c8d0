package io.ratemesh.converter.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.RawConnection;
import io.ratemesh.converter.TestBooks;
import io.ratemesh.converter.TestConverter;
import io.ratemesh.model.RateBook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchConversionTest {

    private static final String PATH = "/api/v1/convert";
    private static final String ONE = item("\"from\":\"USD\",\"to\":\"JPY\",\"amount\":\"250.75\"");
    private static final String HEAD = "POST " + PATH + " HTTP/1.1\nHost: test\nContent-Type: application/json\n";

    private static TestConverter converter;
    private static RateBook book;

    @BeforeAll
    static void start() {
        converter = TestConverter.start();
        book = converter.publish(TestBooks.example());
    }

    @AfterAll
    static void stop() {
        converter.close();
    }

    @Test
    void results_are_in_the_order_of_the_conversions_each_a_result_or_a_problem() {
        HttpResponse<String> response = post(body(
                item("\"id\":\"a\",\"from\":\"USD\",\"to\":\"JPY\",\"amount\":\"250.75\""),
                item("\"id\":\"b \\\"\\u00e9\\ud83d\\ude00\",\"from\":\"EUR\",\"to\":\"ZZZ\",\"amount\":\"1\""),
                item("\"from\":\"eur\",\"to\":\"usd\",\"amount\":\"10\",\"rounding\":\"half-down\",\"scale\":\"full\""),
                item("\"id\":\"d\",\"from\":\"USD\",\"to\":\"JPY\",\"amount\":\"1\",\"date\":\"2022-03-06\"")));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.headers().firstValue("cache-control")).contains("no-store");
        JsonObject batch = new JsonObject(response.body());
        JsonArray results = batch.getJsonArray("results");
        assertThat(batch.getLong("version")).isEqualTo(book.version());
        assertThat(results).hasSize(4);
        String single = converter.get(PATH + "?from=USD&to=JPY&amount=250.75").body();
        assertThat(response.body())
                .startsWith(
                        "{\"version\":" + book.version() + ",\"results\":[{\"id\":\"a\"," + single.substring(1) + ",");
        assertThat(results.getJsonObject(1).getString("id")).isEqualTo("b \"\u00e9\ud83d\ude00");
        assertThat(results.getJsonObject(1).getJsonObject("problem"))
                .isEqualTo(new JsonObject(
                        converter.get(PATH + "?from=EUR&to=ZZZ&amount=1").body()));
        assertThat(results.getJsonObject(2).containsKey("id")).isFalse();
        assertThat(results.getJsonObject(2).getString("result")).isEqualTo("11.415");
        assertThat(results.getJsonObject(3).getString("date")).isEqualTo("2022-03-04");
        assertThat(results.getJsonObject(3).getLong("version")).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'from':'USD','to':'JPY','amount':'1,5'                     | bad-parameter    | amount: \"1,5\"",
                "'from':'USD','to':'JPY'                                    | bad-parameter    | amount: missing",
                "'from':'USD','to':'JPY','amount':''                        | bad-parameter    | amount: empty",
                "'from':'USD','to':'JPY','amount':'1','scale':''            | bad-parameter    | scale: empty",
                "'from':'USD','to':'JPY','amount':'1','scale':'19'          | bad-parameter    | scale: \"19\"",
                "'from':'USD','to':'JPY','amount':'1','rounding':'HALF'     | bad-parameter    | rounding: \"HALF\"",
                "'from':'USD','to':'JPY','amount':'1','date':'9999-12-31'   | bad-parameter    | date: \"9999-12-31\"",
                "'from':'USD','to':'JPY','amount':'1','date':'1998-01-01'   | no-rate          | date: there is no rate",
                "'from':'USDX','to':'JPY','amount':'1'                      | bad-parameter    | from: \"USDX\"",
                "'from':'USD','to':'XYZ','amount':'1'                       | unknown-currency | to: \"XYZ\"",
                "'from':'RUB','to':'USD','amount':'1'                       | no-rate          | from: there is no rate",
            })
    void a_failed_conversion_does_not_change_the_others(String fields, String code, String detail) {
        HttpResponse<String> response = post(body(ONE, item(fields.replace('\'', '"')), ONE));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonArray results = new JsonObject(response.body()).getJsonArray("results");
        JsonObject problem = results.getJsonObject(1).getJsonObject("problem");
        assertThat(problem.getString("code")).isEqualTo(code);
        assertThat(problem.getString("detail")).startsWith(detail);
        assertThat(results.getJsonObject(0).getString("result")).isEqualTo("40707");
        assertThat(results.getJsonObject(2).getString("result")).isEqualTo("40707");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                        | bad-parameter | the body: nothing",
                "[]                                        | bad-parameter | the body: an array; use an object",
                "1                                         | bad-parameter | the body: a number",
                "{}                                        | bad-parameter | conversions: missing; send 1 to 1000",
                "{'conversions':[]}                        | bad-parameter | conversions: empty; send 1 to 1000",
                "{'conversions':{}}                        | bad-parameter | conversions: an object; use an array",
                "{'conversions':[1]}                       | bad-parameter | conversions[0]: a number; use an object",
                "{'conversions':[[]]}                      | bad-parameter | conversions[0]: an array",
                "{'conversions':[{'from':{'a':{'b':{}}}}]} | bad-parameter | conversions[0].from: an object",
                "{'conversions':[{'amount':250.75}]}       | bad-parameter | conversions[0].amount: a number; use a string",
                "{'conversions':[{'amount':1e999999999}]}  | bad-parameter | conversions[0].amount: a number",
                "{'conversions':[{'amount':null}]}         | bad-parameter | conversions[0].amount: null",
                "{'conversions':[{'scale':2}]}             | bad-parameter | conversions[0].scale: a number",
                "{'conversions':[{'scale':true}]}          | bad-parameter | conversions[0].scale: a boolean",
                "{'conversions':[{'id':7}]}                | bad-parameter | conversions[0].id: a number",
                "{'conversions':[{'id':''}]}               | bad-parameter | conversions[0].id: `` is not a valid id; use 1 to 64",
                "{'conversions':[{'sum':'1'}]}             | bad-parameter | unknown field conversions[0].`sum`; use one of id,",
                "{'conversions':[{'to':'A','to':'B'}]}     | bad-parameter | conversions[0].to: given more than once",
                "{'conversions':[{}],'conversions':[{}]}   | bad-parameter | conversions: given more than once",
                "{'conversions':[{}],'date':'2020-01-01'}  | bad-parameter | unknown field `date`; use one of conversions",
                "{'conversions':[{}]} x                    | bad-request   | the body is not JSON",
                "{'conversions':[{}]}{}                    | bad-request   | the body continues after its JSON object",
                "{'conversions':[{}],}                     | bad-request   | the body is not JSON (RFC 8259): line 1, column",
                "{'conversions':[{}]                       | bad-request   | the body is not JSON",
                "{conversions:[{}]}                        | bad-request   | the body is not JSON",
                "{'conversions':[{'id':'\t'}]}             | bad-request   | the body is not JSON",
                "{'conversions':[{'id':'\\x'}]}            | bad-request   | the body is not JSON",
                "{'conversions':[{'amount':NaN}]}          | bad-request   | the body is not JSON",
                "/**/{'conversions':[{}]}                  | bad-request   | the body is not JSON",
            })
    void an_invalid_body_is_rejected_as_a_whole(String body, String code, String detail) {
        HttpResponse<String> response = post((body == null ? "" : body).replace('\'', '"'));

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo(code);
        assertThat(new JsonObject(response.body()).getString("detail"))
                .startsWith(detail.replace("``", "\"\"").replace('`', '"'));
    }

    @Test
    void a_deeply_nested_body_is_rejected_without_being_parsed() {
        assertThat(post("[".repeat(100_000)).statusCode()).isEqualTo(400);
        assertThat(post("{\"conversions\":".repeat(10_000)).statusCode()).isEqualTo(400);
    }

    @Test
    void a_thousand_are_converted_and_one_more_is_rejected() {
        String[] items = Collections.nCopies(1000, ONE).toArray(new String[0]);
        HttpResponse<String> response = post(body(items));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new JsonObject(response.body()).getJsonArray("results")).hasSize(1000);
        HttpResponse<String> more = post(body(Collections.nCopies(1001, ONE).toArray(new String[0])));
        assertThat(more.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(more.body()).getString("detail"))
                .isEqualTo("conversions: more than 1000; send 1 to 1000");
    }

    @Test
    void an_id_has_up_to64_characters_of_any_length() {
        String longest = "\ud83d\ude00".repeat(64);
        assertThat(new JsonObject(post(body(item("\"id\":\"" + longest + "\""))).body())
                        .getJsonArray("results")
                        .getJsonObject(0)
                        .getString("id"))
                .isEqualTo(longest);
        assertThat(post(body(item("\"id\":\"" + longest + "x\""))).statusCode()).isEqualTo(400);
    }

    @Test
    void invalid_utf8_is_rejected() {
        byte[] body = body(item("\"id\":\"\u00e9\"")).getBytes(ISO_8859_1);

        HttpResponse<String> response =
                converter.send("POST", PATH, BodyPublishers.ofByteArray(body), "Content-Type", "application/json");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(response.body()).getString("detail")).isEqualTo("the body is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json; charset=utf-8",
                "application/json;charset=\"UTF-8\"",
                "application/json; x=y"
            })
    void json_in_utf8_is_accepted(String type) {
        assertThat(post(body(ONE), "Content-Type", type).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/jsonx",
                "application/problem+json",
                "application/json; charset=iso-8859-1",
                "application/json; charset=utf-16",
            })
    void another_media_type_is_rejected(String type) {
        HttpResponse<String> response = post(body(ONE), "Content-Type", type);

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("unsupported-media-type");
        assertThat(response.headers().firstValue("accept")).contains("application/json");
        assertThat(response.headers().firstValue("access-control-allow-origin")).contains("*");
    }

    @Test
    void a_body_without_a_type_or_with_an_encoding_is_rejected() {
        assertThat(converter
                        .send("POST", PATH, BodyPublishers.ofString(body(ONE)))
                        .statusCode())
                .isEqualTo(415);
        assertThat(post(body(ONE), "Content-Type", "application/json", "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void a_query_beside_the_body_is_rejected() {
        HttpResponse<String> response = converter.send(
                "POST", PATH + "?from=USD", BodyPublishers.ofString(body(ONE)), "Content-Type", "application/json");

        assertThat(response.statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_body_over_the_limit_is_rejected_with_content_length_or_chunks(boolean chunked) {
        byte[] much = ("{\"conversions\":[" + " ".repeat(1_000_000)).getBytes(UTF_8);
        BodyPublisher body = chunked
                ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(much))
                : BodyPublishers.ofByteArray(much);

        HttpResponse<String> response = converter.send("POST", PATH, body, "Content-Type", "application/json");

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(new JsonObject(response.body()).getString("code")).isEqualTo("content-too-large");
        assertThat(response.headers().firstValue("connection")).contains("close");
    }

    @Test
    void a_body_of_exactly_the_limit_is_accepted() {
        String json = body(ONE);
        String full = json + " ".repeat(256 * 1024 - json.length());

        assertThat(post(full).statusCode()).isEqualTo(200);
        assertThat(post(full + " ").statusCode()).isEqualTo(413);
    }

    @Test
    void expect_100_continue_is_honoured_and_the_connection_stays_open() {
        String json = body(ONE);
        try (RawConnection raw = converter.connect()) {
            raw.send(HEAD + "Expect: 100-continue\nContent-Length: " + json.length() + "\n\n");
            assertThat(raw.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
            raw.send(json);
            assertThat(raw.readResponse()).startsWith("HTTP/1.1 200 ").contains("\"result\":\"40707\"");
            raw.send(HEAD + "Content-Length: " + json.length() + "\n\n" + json);
            assertThat(raw.readResponse()).startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @CsvSource({"application/json, 100000000, 413", "text/plain, 100, 415"})
    void expect_100_continue_with_an_unacceptable_body_gets_the_error_instead(String type, int length, int status) {
        try (RawConnection raw = converter.connect()) {
            raw.send("POST " + PATH + " HTTP/1.1\nHost: test\nContent-Type: " + type
                    + "\nExpect: 100-continue\nContent-Length: " + length + "\n\n");
            assertThat(raw.readResponse())
                    .startsWith("HTTP/1.1 " + status + " ")
                    .containsIgnoringCase("\r\nConnection: close\r\n");
            assertThat(raw.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void chunks_are_read_and_the_connection_stays_open() {
        String json = body(ONE);
        String chunks = Integer.toHexString(10) + "\n" + json.substring(0, 10) + "\n"
                + Integer.toHexString(json.length() - 10) + "\n" + json.substring(10) + "\n0\n\n";
        try (RawConnection raw = converter.connect()) {
            raw.send(HEAD + "Transfer-Encoding: chunked\n\n" + chunks + HEAD + "Transfer-Encoding: chunked\n\n"
                    + chunks);
            assertThat(raw.readResponse()).startsWith("HTTP/1.1 200 ");
            assertThat(raw.readResponse()).startsWith("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\n{}\n0\n\n", "-1\n{}\n0\n\n", "ffffffffffffffffff\n{}\n"})
    void an_invalid_chunk_closes_the_connection_and_is_not_counted_as_failed(String chunk) {
        try (RawConnection raw = converter.connect()) {
            raw.send(HEAD + "Transfer-Encoding: chunked\n\n" + chunk);
            assertThat(raw.isClosedByPeer()).isTrue();
        }
        assertThat(converter.get("/metrics").body())
                .containsPattern("seconds_count\\{endpoint=\"batch\",outcome=\"failed\"\\} 0");
    }

    @Test
    void a_client_abort_within_the_body_releases_its_memory() {
        try (RawConnection raw = converter.connect()) {
            raw.send(HEAD + "Content-Length: 1000\n\n{\"conv");
        }

        assertThat(post(body(ONE)).statusCode()).isEqualTo(200);
        org.awaitility.Awaitility.await()
                .until(() -> converter.node().announcer().current().load().inFlight() == 0);
    }

    @Test
    void an_incomplete_body_times_out() {
        try (RawConnection raw = converter.connect()) {
            raw.send(HEAD + "Content-Length: 1000\n\n{\"conv");
            assertThat(raw.readResponse()).startsWith("HTTP/1.1 408 ").contains("\"code\":\"request-timeout\"");
            assertThat(raw.isClosedByPeer()).isTrue();
        }
    }

    @Test
    void the_preflight_and_the_error_for_another_method_name_post() {
        HttpResponse<String> preflight = converter.request("OPTIONS", PATH, "Access-Control-Request-Method", "POST");

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("allow")).contains("GET, HEAD, POST, OPTIONS");
        assertThat(preflight
                        .headers()
                        .firstValue("access-control-allow-methods")
                        .orElseThrow())
                .contains("POST");
        assertThat(preflight
                        .headers()
                        .firstValue("access-control-allow-headers")
                        .orElseThrow())
                .contains("Content-Type");
        assertThat(converter.request("PUT", PATH).headers().firstValue("allow")).contains("GET, HEAD, POST, OPTIONS");
    }

    @Test
    void a_batch_without_a_book_is_503() {
        try (TestConverter empty = TestConverter.start()) {
            HttpResponse<String> response =
                    empty.send("POST", PATH, BodyPublishers.ofString(body(ONE)), "Content-Type", "application/json");

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("retry-after")).isPresent();
        }
    }

    @Test
    void batches_have_a_metric_of_their_own() {
        post(body(ONE));

        assertThat(converter.get("/metrics").body())
                .containsPattern(
                        "ratemesh_converter_request_duration_seconds_count\\{endpoint=\"batch\",outcome=\"ok\"\\} [1-9]");
    }

    private static HttpResponse<String> post(String json) {
        return post(json, "Content-Type", "application/json");
    }

    private static HttpResponse<String> post(String json, String... fields) {
        return converter.send("POST", PATH, BodyPublishers.ofString(json), fields);
    }

    private static String body(String... items) {
        return "{\"conversions\":[" + String.join(",", items) + "]}";
    }

    private static String item(String fields) {
        return '{' + fields + '}';
    }
}
