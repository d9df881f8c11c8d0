package io.ratemesh.converter.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.TestBooks;
import io.ratemesh.converter.TestConverter;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionPageTest {

    /** What Firefox sends when a form is submitted. */
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private static final String PATH = "/api/v1/convert";

    private static TestConverter converter;

    @BeforeAll
    static void start() {
        converter = TestConverter.start();
        converter.publish(TestBooks.example());
    }

    @AfterAll
    static void stop() {
        converter.close();
    }

    @Test
    void a_browser_without_script_reads_the_result_of_the_form() {
        HttpResponse<String> page = page("?amount=250.75&from=usd&to=JPY");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("vary")).contains("accept");
        assertThat(page.body())
                .contains(
                        "<h1>250.75 USD = 40707 JPY</h1>",
                        "1 USD = 162.339 JPY",
                        "6 July 2026, 14:00 UTC",
                        "<dd>ecb</dd>",
                        "name=\"amount\" value=\"250.75\"",
                        "<option value=\"USD\" selected>",
                        "<option value=\"JPY\" selected>")
                .doesNotContain("<script", "{{", "http://", "https://");
    }

    @Test
    void a_past_day_is_shown_and_stays_in_the_form() {
        HttpResponse<String> page = page("?amount=1&from=EUR&to=USD&date=2022-03-06");

        assertThat(page.headers().firstValue("cache-control").orElseThrow()).contains("immutable");
        assertThat(page.body())
                .contains(
                        "<dd>2022-03-04</dd>",
                        "There were no rates on 2022-03-06",
                        "type=\"date\" value=\"2022-03-06\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?amount=1,5&from=EUR&to=USD | 400 | amount: &quot;1,5&quot; is not a valid amount; use digits",
                "?amount=&from=EUR&to=USD | 400 | amount: empty",
                "?amount=1&from=EUR&to=ZZZ | 422 | to: &quot;ZZZ&quot;",
                "?amount=1&from=EUR&to=RUB | 404 | there is no rate for RUB",
                "?amount=%FF&from=EUR&to=USD | 400 | percent-encoded",
                "'' | 400 | from: missing",
            })
    void errors_are_shown_above_the_form(String query, int status, String words) {
        HttpResponse<String> page = page(query);

        assertThat(page.statusCode()).isEqualTo(status);
        assertThat(page.headers().firstValue("cache-control")).contains("no-store");
        assertThat(page.body()).contains("role=\"alert\">", words, "<form action=\"/api/v1/convert\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?amount=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&from=EUR&to=USD",
                "?amount=1&from=%3Cscript%3E&to=%27%22%3E%3Cscript%3E",
                "?amount=1&from=EUR&to=USD&date=%22%3E%3Cscript%3E",
                "?%3Cscript%3E=1",
                "?amount={{style}}&from={{from}}&to=USD",
            })
    void values_of_the_request_are_escaped(String query) {
        HttpResponse<String> page = page(query.replace("{", "%7B").replace("}", "%7D"));

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).doesNotContainIgnoringCase("<script").containsOnlyOnce("<style>");
    }

    @Test
    void its_policy_allows_its_own_style_and_no_script() throws NoSuchAlgorithmException {
        HttpResponse<String> page = page("?amount=1&from=EUR&to=USD");
        Matcher style = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL).matcher(page.body());

        assertThat(style.find()).isTrue();
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(StandardCharsets.UTF_8));
        assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
                .startsWith("default-src 'none'; style-src 'sha256-"
                        + Base64.getEncoder().encodeToString(digest) + "';")
                .doesNotContain("script-src", "unsafe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "application/json, text/html", "text/html;q=0.5, */*", ""})
    void json_stays_the_default(String accept) {
        HttpResponse<String> response = converter.get(PATH + "?amount=1&from=EUR&to=USD", "Accept", accept);

        assertThat(response.headers().firstValue("content-type")).contains("application/json");
        assertThat(response.headers().firstValue("vary")).contains("accept");
        assertThat(new JsonObject(response.body()).getString("result")).isEqualTo("1.14");
    }

    @Test
    void a_cached_page_is_not_sent_again_and_its_tag_differs_from_that_of_the_json() {
        String query = "?amount=1&from=EUR&to=USD";
        String tag = page(query).headers().firstValue("etag").orElseThrow();

        assertThat(converter
                        .get(PATH + query, "Accept", BROWSER, "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(304);
        assertThat(converter.get(PATH + query, "If-None-Match", tag).statusCode())
                .isEqualTo(200);
    }

    private static HttpResponse<String> page(String query) {
        return converter.get(PATH + query, "Accept", BROWSER);
    }
}
