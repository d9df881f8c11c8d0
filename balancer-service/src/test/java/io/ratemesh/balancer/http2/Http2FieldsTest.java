package io.ratemesh.balancer.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Http2FieldsTest {

    @Test
    void a_head_that_HTTP_1_could_say_is_good() {
        assertThat(Http2Fields.judge(head().add("accept", "*/*"))).isEqualTo(Http2Fields.GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /admin HTTP/1.1\r\nx:", "GET /admin", "G(ET", "GÉT"})
    void a_method_is_a_token(String method) {
        assertThat(Http2Fields.judge(head().method(method))).isEqualTo(Http2Fields.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "connect", "TRACE"})
    void nobody_makes_a_tunnel_or_an_echo_of_it(String method) {
        assertThat(Http2Fields.judge(head().method(method))).isEqualTo(Http2Fields.METHOD_NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.example:8443", "127.0.0.1", "[::1]", "[::1]:8443", "A.example", "a:"})
    void an_authority_names_one_place(String authority) {
        assertThat(Http2Fields.judge(head().authority(authority))).isEqualTo(Http2Fields.GOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "user@a", "a:x", "a:70000", "a/b", "[::1", "[]", ":80", "a\r\nx: y", "é", "a,b", "a:8 0"})
    void what_is_no_authority_is_refused(String authority) {
        assertThat(Http2Fields.judge(head().authority(authority))).isEqualTo(Http2Fields.BAD_REQUEST);
    }

    @Test
    void a_host_may_stand_in_for_an_authority_and_has_to_agree_with_one() {
        Http2Headers alone = head();
        alone.remove(":authority");
        assertThat(Http2Fields.judge(alone)).as("neither").isEqualTo(Http2Fields.BAD_REQUEST);
        assertThat(Http2Fields.judge(alone.add("host", "a"))).isEqualTo(Http2Fields.GOOD);
        assertThat(Http2Fields.judge(head().add("host", "A.EXAMPLE"))).isEqualTo(Http2Fields.GOOD);
        assertThat(Http2Fields.judge(head().add("host", "b.example"))).isEqualTo(Http2Fields.BAD_REQUEST);
        assertThat(Http2Fields.judge(head().add("host", "a.example").add("host", "a.example")))
                .as("twice")
                .isEqualTo(Http2Fields.BAD_REQUEST);
    }

    @Test
    void a_hundred_fields_are_enough_for_anybody() {
        Http2Headers head = head();
        for (int i = 0; i < 100; i++) {
            head.add("x-" + i, "y");
        }
        assertThat(Http2Fields.judge(head)).isEqualTo(Http2Fields.GOOD);
        assertThat(Http2Fields.judge(head.add("x-100", "y"))).isEqualTo(Http2Fields.FIELDS_TOO_LARGE);
    }

    @Test
    void a_target_has_eight_kibibytes_at_most() {
        assertThat(Http2Fields.judge(head().path("/" + "a".repeat(8191)))).isEqualTo(Http2Fields.GOOD);
        assertThat(Http2Fields.judge(head().path("/" + "a".repeat(8192)))).isEqualTo(Http2Fields.URI_TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\nb", "a\0b", "a\u007fb", "a\u0001b"})
    void a_value_has_no_control_octets(String value) {
        assertThat(Http2Fields.judge(head().add("x", value))).isEqualTo(Http2Fields.BAD_REQUEST);
    }

    @Test
    void the_crumbs_of_a_cookie_are_put_together() {
        Http2Headers head = head().add("cookie", "a=1").add("accept", "*/*").add("cookie", "b=2");

        Http2Fields.asHttp1(head, true);

        assertThat(head.getAll("cookie")).hasSize(1).first().hasToString("a=1; b=2");
    }

    @Test
    void what_HTTP_2_says_otherwise_is_said_in_fields() {
        Http2Headers get = head();
        Http2Fields.asHttp1(get, true);
        assertThat(get.get("host")).hasToString("a.example");
        assertThat(get.contains("transfer-encoding")).isFalse();
        assertThat(get.contains("content-length")).isFalse();

        Http2Headers upload = head().method("POST");
        Http2Fields.asHttp1(upload, false);
        assertThat(upload.get("transfer-encoding")).hasToString("chunked");

        Http2Headers counted = head().method("POST").add("content-length", "7");
        Http2Fields.asHttp1(counted, false);
        assertThat(counted.contains("transfer-encoding")).isFalse();

        Http2Headers nothing = head().method("POST");
        Http2Fields.asHttp1(nothing, true);
        assertThat(nothing.get("content-length")).hasToString("0");
    }

    private static Http2Headers head() {
        return new DefaultHttp2Headers(false)
                .method("GET")
                .scheme("https")
                .path("/")
                .authority("a.example");
    }
}
