package io.ratemesh.balancer.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.ratemesh.balancer.http.RefusalReason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Http2HeadCheckTest {

    @Test
    void a_head_that_is_valid_in_HTTP_1_is_accepted() {
        assertThat(check(head().add("accept", "*/*"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /admin HTTP/1.1\r\nx:", "GET /admin", "G(ET", "GÉT"})
    void a_method_is_a_token(String method) {
        assertThat(check(head().method(method))).isEqualTo(RefusalReason.METHOD_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "connect", "TRACE"})
    void CONNECT_and_TRACE_are_not_allowed(String method) {
        assertThat(check(head().method(method))).isEqualTo(RefusalReason.METHOD_NOT_ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.example:8443", "127.0.0.1", "[::1]", "[::1]:8443", "A.example", "a:"})
    void an_authority_is_a_host_with_an_optional_port(String authority) {
        assertThat(check(head().authority(authority))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b", "user@a", "a:x", "a:70000", "a/b", "[::1", "[]", ":80", "a\r\nx: y", "é", "a,b", "a:8 0"})
    void an_invalid_authority_is_rejected(String authority) {
        assertThat(check(head().authority(authority))).isEqualTo(RefusalReason.HOST_INVALID);
    }

    @Test
    void a_host_can_replace_an_authority_and_has_to_agree_with_one() {
        Http2Headers alone = head();
        alone.remove(":authority");
        assertThat(check(alone)).as("neither").isEqualTo(RefusalReason.HOST_MISSING);
        assertThat(check(alone.add("host", "a"))).isNull();
        assertThat(check(head().add("host", "A.EXAMPLE"))).isNull();
        assertThat(check(head().add("host", "b.example"))).isEqualTo(RefusalReason.HOST_DISAGREES);
        assertThat(check(head().add("host", "a.example").add("host", "a.example")))
                .as("twice")
                .isEqualTo(RefusalReason.HOST_REPEATED);
    }

    @Test
    void a_head_has_at_most_a_hundred_fields() {
        Http2Headers head = head();
        for (int i = 0; i < 100; i++) {
            head.add("x-" + i, "y");
        }
        assertThat(check(head)).isNull();
        assertThat(check(head.add("x-100", "y"))).isEqualTo(RefusalReason.FIELDS_TOO_LARGE);
    }

    @Test
    void a_target_has_at_most_8_KiB() {
        assertThat(check(head().path("/" + "a".repeat(8191)))).isNull();
        assertThat(check(head().path("/" + "a".repeat(8192)))).isEqualTo(RefusalReason.TARGET_TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb", "a\nb", "a\0b", "a\u007fb", "a\u0001b"})
    void a_value_has_no_control_characters(String value) {
        assertThat(check(head().add("x", value))).isEqualTo(RefusalReason.FIELD_VALUE_INVALID);
    }

    @Test
    void an_extended_CONNECT_is_for_websocket_where_it_is_allowed() {
        Http2HeadCheck allowed = new Http2HeadCheck(true);

        assertThat(allowed.check(connect("websocket"))).isNull();
        assertThat(allowed.isWebSocket()).isTrue();
        assertThat(allowed.check(head())).isNull();
        assertThat(allowed.isWebSocket()).isFalse();
        assertThat(allowed.check(connect("other"))).isEqualTo(RefusalReason.PROTOCOL_NOT_SUPPORTED);
        assertThat(allowed.check(connect("websocket").method("GET"))).isEqualTo(RefusalReason.PSEUDO_FIELD_INVALID);
        assertThat(allowed.check(connect("websocket").add("content-length", "5")))
                .isEqualTo(RefusalReason.PSEUDO_FIELD_INVALID);
        assertThat(allowed.check(head().method("CONNECT"))).isEqualTo(RefusalReason.METHOD_NOT_ALLOWED);
        assertThat(check(connect("websocket"))).isEqualTo(RefusalReason.PSEUDO_FIELD_INVALID);
    }

    private static Http2Headers connect(String protocol) {
        return head().method("CONNECT").add(":protocol", protocol);
    }

    private static @Nullable RefusalReason check(Http2Headers head) {
        return new Http2HeadCheck(false).check(head);
    }

    private static Http2Headers head() {
        return new DefaultHttp2Headers(false)
                .method("GET")
                .scheme("https")
                .path("/")
                .authority("a.example");
    }
}
