package io.ratemesh.balancer.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.Test;

class Http2FieldsTest {

    @Test
    void the_fields_of_a_cookie_are_joined() {
        Http2Headers head = head().add("cookie", "a=1").add("accept", "*/*").add("cookie", "b=2");

        Http2Fields.asHttp1(head, true);

        assertThat(head.getAll("cookie")).hasSize(1).first().hasToString("a=1; b=2");
    }

    @Test
    void HTTP_1_gets_fields_for_what_HTTP_2_says_otherwise() {
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
