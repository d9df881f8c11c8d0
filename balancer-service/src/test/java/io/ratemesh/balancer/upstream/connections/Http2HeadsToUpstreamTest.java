package io.ratemesh.balancer.upstream.connections;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Http2HeadsToUpstreamTest {

    @Test
    void a_request_has_pseudo_header_fields_for_its_line_and_its_host() {
        ByteBuf head = Unpooled.copiedBuffer(
                "POST /a?b=c HTTP/1.1\r\nHost: shop:80\r\nX-One: 1\r\nx-one: 2:3\r\nTransfer-Encoding: chunked\r\n"
                        + "Connection: Upgrade\r\nUpgrade: websocket\r\nEmpty: \r\n\r\n",
                ISO_8859_1);

        Http2Headers fields = Http2RequestHead.of(head, true, false);

        assertThat(fields.method()).hasToString("POST");
        assertThat(fields.path()).hasToString("/a?b=c");
        assertThat(fields.scheme()).hasToString("https");
        assertThat(fields.authority()).hasToString("shop:80");
        assertThat(fields.getAll("x-one")).map(CharSequence::toString).containsExactly("1", "2:3");
        assertThat(fields.get("empty")).hasToString("");
        assertThat(fields.names())
                .map(CharSequence::toString)
                .containsExactlyInAnyOrder(":method", ":path", ":scheme", ":authority", "x-one", "empty");
        assertThat(head.refCnt()).isZero();
    }

    @Test
    void te_is_sent_where_the_client_accepts_trailers() {
        ByteBuf head = Unpooled.copiedBuffer("GET / HTTP/1.1\r\nHost: a\r\n\r\n", ISO_8859_1);

        Http2Headers fields = Http2RequestHead.of(head, false, true);

        assertThat(fields.get("te")).hasToString("trailers");
        assertThat(fields.scheme()).hasToString("http");
    }

    @Test
    void a_response_without_content_has_the_length_0_unless_it_names_one() {
        HttpResponse complete = Http2ResponseHead.of(new DefaultHttp2Headers().status("200"), true);
        HttpResponse begun = Http2ResponseHead.of(new DefaultHttp2Headers().status("200"), false);
        HttpResponse ofHead =
                Http2ResponseHead.of(new DefaultHttp2Headers().status("200").set("content-length", "7"), true);

        assertThat(complete.headers().get("content-length")).isEqualTo("0");
        assertThat(begun.headers().contains("content-length")).isFalse();
        assertThat(ofHead.headers().get("content-length")).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "2000", "099", "2x0", "600", "101"})
    void an_invalid_status_is_no_response(String status) {
        assertThatThrownBy(() -> Http2ResponseHead.of(new DefaultHttp2Headers(false).status(status), true))
                .isInstanceOf(MalformedResponse.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nSet-Cookie: b", "a\nb", "a\0b"})
    void a_value_that_would_end_the_line_of_HTTP_1_is_no_response(String value) {
        Http2Headers head = new DefaultHttp2Headers(false).status("200").set("x-value", value);

        assertThatThrownBy(() -> Http2ResponseHead.of(head, false)).isInstanceOf(MalformedResponse.class);
    }
}
