package io.ratemesh.converter.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.TestConverter;
import io.ratemesh.converter.openapi.Documents.Operation;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PageTest {

    private static TestConverter converter;
    private static HttpResponse<String> page;

    @BeforeAll
    static void start() {
        converter = TestConverter.start("converter.stream.max-pairs=7");
        page = converter.get("/api/");
    }

    @AfterAll
    static void stop() {
        converter.close();
    }

    @Test
    void the_page_is_served_before_there_are_rates() {
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("cache-control")).contains("no-cache");
        assertThat(page.headers().firstValue("etag").orElseThrow()).startsWith("\"");
    }

    @Test
    void the_path_without_its_slash_redirects_to_the_page() throws Exception {
        var raw = converter.connect();
        try (raw) {
            raw.send("GET /api HTTP/1.1\nHost: test\n\n");
            assertThat(raw.readResponse()).startsWith("HTTP/1.1 308 ").containsIgnoringCase("location: /api/\r\n");
        }
    }

    @Test
    void its_policy_allows_only_its_own_style_and_script() throws NoSuchAlgorithmException {
        String policy = page.headers().firstValue("content-security-policy").orElseThrow();

        assertThat(policy)
                .startsWith("default-src 'none';")
                .contains("script-src '" + source(only("<script type=\"module\">(.*?)</script>")) + "';")
                .contains("style-src '" + source(only("<style>(.*?)</style>")) + "';")
                .contains("frame-ancestors 'none'", "base-uri 'none'", "trusted-types 'none'")
                .doesNotContain("unsafe", "*", "http");
        assertThat(page.body()).doesNotContainPattern("<[^>]+ (style|on[a-z]+)=");
    }

    @Test
    void it_loads_nothing_from_other_hosts() {
        assertThat(found("(?:src|href|action)=\"([^\"]*)\""))
                .allSatisfy(target -> assertThat(target).matches("(/(?!/)|#).*"));
        assertThat(page.body()).doesNotContain("@import", "url(");
    }

    @Test
    void every_operation_is_on_it_with_a_curl_command() {
        for (Operation operation : Documents.operations(Documents.served())) {
            String id = operation.body().getString("operationId");
            assertThat(page.body()).contains("<article class=\"card\" id=\"" + id + "\">", "href=\"#" + id + "\"");
        }
        assertThat(page.body())
                .contains(
                        "curl -s &#39;http://localhost:8080/api/v1/convert?from=USD&amp;to=JPY&amp;amount=250.75&#39;")
                .contains("curl -sN --max-time 5 &#39;http://localhost:8080/api/v1/stream&#39;")
                .doesNotContain("{{", ">null<");
    }

    @Test
    void ids_are_unique_and_every_field_has_a_label_and_a_hint() {
        List<String> ids = found(" id=\"([^\"]+)\"");

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(found("<(?:input|select|textarea)[^>]* id=\"([^\"]+)\""))
                .isNotEmpty()
                .allSatisfy(
                        id -> assertThat(page.body()).contains("<label for=\"" + id + "\">", "id=\"" + id + "-hint\""));
        assertThat(found("href=\"#([^\"]+)\"")).isSubsetOf(ids);
    }

    @Test
    void the_limit_of_a_setting_is_in_document_and_page() {
        assertThat(page.body()).contains("up to 7 pairs of two different currencies");
        assertThat(new JsonObject(converter.get("/api/v1/openapi.json").body())
                        .getJsonObject("components")
                        .getJsonObject("schemas")
                        .getJsonObject("Pairs")
                        .getInteger("maxItems"))
                .isEqualTo(7);
    }

    private static String only(String pattern) {
        List<String> found = found(pattern);
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static List<String> found(String pattern) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(page.body())
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }

    private static String source(String text) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }
}
