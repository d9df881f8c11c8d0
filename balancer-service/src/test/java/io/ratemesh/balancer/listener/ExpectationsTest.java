package io.ratemesh.balancer.listener;

import static io.ratemesh.balancer.listener.RawUpstreamFixture.OK;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The expectation 100-continue (RFC 9110 §10.1.1). */
class ExpectationsTest {

    private static final String EXPECT =
            "POST /a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5000\r\n\r\n";
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
    private static final String BODY = "b".repeat(5000);
    private static final String UNAUTHORIZED = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n";

    private RawUpstreamFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new RawUpstreamFixture();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    @Test
    void the_100_of_the_upstream_is_passed_on() throws Exception {
        try (RawConnection client = fixture.client(EXPECT);
                RawConnection server = fixture.accept()) {
            assertThat(server.head()).contains("\r\nExpect: 100-continue\r\n", "\r\nContent-Length: 5000\r\n");
            assertThat(client.isSilent()).isTrue();

            server.send(CONTINUE);
            assertThat(client.head()).startsWith("HTTP/1.1 100 Continue\r\n");
            client.send(BODY);
            assertThat(server.readTo(BODY)).isEqualTo(BODY);
            server.send(OK);
            assertThat(client.readTo("\r\n\r\nok"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .doesNotContainIgnoringCase("connection: close");

            client.send("GET /next HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(server.head()).startsWith("GET /next ");
        }
    }

    @Test
    void a_final_response_instead_of_100_is_passed_on() throws Exception {
        try (RawConnection client = fixture.client(EXPECT);
                RawConnection server = fixture.accept()) {
            server.head();
            server.send(UNAUTHORIZED);

            // A body or another request could come next, so the connection has to end.
            assertThat(client.head()).startsWith("HTTP/1.1 401 ").containsIgnoringCase("connection: close\r\n");
            assertThat(client.rest()).isEmpty();
            assertThat(server.rest()).isEmpty();
        }
    }

    @Test
    void a_client_without_a_100_cannot_smuggle_a_request_as_a_body() throws Exception {
        try (RawConnection client = fixture.client(EXPECT);
                RawConnection server = fixture.accept()) {
            server.head();
            server.send(UNAUTHORIZED);
            assertThat(client.head()).startsWith("HTTP/1.1 401 ");
            client.send("GET /next HTTP/1.1\r\nHost: x\r\n\r\n");

            assertThat(client.rest()).isEmpty();
            assertThat(server.rest()).isEmpty();
        }
    }

    @Test
    void a_client_that_does_not_wait_for_100_is_not_stalled() throws Exception {
        try (RawConnection client = fixture.client(EXPECT);
                RawConnection server = fixture.accept()) {
            server.head();
            client.send(BODY);
            assertThat(server.readTo(BODY)).isEqualTo(BODY);
            server.send(OK);

            assertThat(client.readTo("\r\n\r\nok"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .doesNotContainIgnoringCase("connection: close");
        }
    }

    @Test
    void chunks_are_expected_too() throws Exception {
        try (RawConnection client = fixture.client(
                        "PUT /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nEXPECT:  100-Continue \r\n\r\n");
                RawConnection server = fixture.accept()) {
            assertThat(server.head()).contains("\r\nExpect: 100-continue\r\n");
            server.send(CONTINUE);
            assertThat(client.head()).startsWith("HTTP/1.1 100 ");
            client.send("5\r\nhello\r\n0\r\n\r\n");
            assertThat(server.readTo("\r\n0\r\n\r\n")).contains("hello");
            server.send(OK);
            assertThat(client.readTo("ok")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void an_expectation_without_a_body_is_not_passed_on() throws Exception {
        try (RawConnection client = fixture.client("GET /a HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n");
                RawConnection server = fixture.accept()) {
            assertThat(server.head()).doesNotContainIgnoringCase("expect");
            server.send(OK);
            assertThat(client.readTo("ok")).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("connection: close");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"100-continue", "tea"})
    void an_expectation_in_HTTP_1_0_is_ignored(String expectation) throws Exception {
        try (RawConnection client = fixture.client(
                        "POST /a HTTP/1.0\r\nExpect: " + expectation + "\r\nContent-Length: 5\r\n\r\nhello");
                RawConnection server = fixture.accept()) {
            assertThat(server.head()).doesNotContainIgnoringCase("expect");
            assertThat(server.readTo("hello")).isEqualTo("hello");
            server.send(CONTINUE + OK);
            assertThat(client.rest()).startsWith("HTTP/1.0 200 ").endsWith("ok");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tea", "200-ok", "100-continue, tea", "100-continue=1", "100-continue\r\nExpect: tea"})
    void other_expectations_get_417_and_reach_no_upstream(String expectation) throws Exception {
        try (RawConnection client = fixture.client(
                "POST /api/a HTTP/1.1\r\nHost: x\r\nExpect: " + expectation + "\r\nContent-Length: 5\r\n\r\n")) {
            assertThat(client.rest())
                    .startsWith("HTTP/1.1 417 ")
                    .containsIgnoringCase("connection: close\r\n")
                    .contains("expectation-failed");
        }
        assertThat(fixture.front.rejected).containsExactly(417);
    }

    @Test
    void without_an_upstream_there_is_no_100() throws Exception {
        fixture.upstream.close();
        try (RawConnection client = fixture.client(EXPECT)) {
            assertThat(client.rest()).startsWith("HTTP/1.1 50").containsIgnoringCase("connection: close\r\n");
        }
    }

    @Test
    void an_upstream_that_aborts_gives_502_and_no_retry() throws Exception {
        try (RawConnection client = fixture.client(EXPECT)) {
            try (RawConnection server = fixture.accept()) {
                server.head();
            }
            assertThat(client.rest()).startsWith("HTTP/1.1 502 ").containsIgnoringCase("connection: close\r\n");
        }
    }

    @Test
    void over_HTTP_2_the_100_of_the_upstream_is_passed_on() throws Exception {
        DefaultHttp2HeadersDecoder decoder = RawHttp2.decoder();
        try (RawHttp2 client = expecting("100-continue");
                RawConnection server = fixture.accept()) {
            assertThat(server.head()).contains("\r\nExpect: 100-continue\r\n");
            server.send(CONTINUE);
            assertThat(status(decoder, client.next(1))).isEqualTo("100");

            client.frame(RawHttp2.DATA, RawHttp2.END_STREAM, 1, "hello".getBytes(ISO_8859_1));
            assertThat(server.readTo("hello")).isEqualTo("hello");
            server.send(OK);
            assertThat(status(decoder, client.next(1))).isEqualTo("200");
            assertThat(client.next(1).text()).isEqualTo("ok");
        }
    }

    @Test
    void over_HTTP_2_a_rejection_is_sent_at_once() throws Exception {
        DefaultHttp2HeadersDecoder decoder = RawHttp2.decoder();
        try (RawHttp2 client = expecting("100-continue");
                RawConnection server = fixture.accept()) {
            server.head();
            server.send(UNAUTHORIZED);

            RawHttp2.Frame head = client.next(1);
            assertThat(status(decoder, head)).isEqualTo("401");
            assertThat((head.flags() & RawHttp2.END_STREAM) != 0
                            || (client.next(1).flags() & RawHttp2.END_STREAM) != 0)
                    .isTrue();
            assertThat(server.rest()).isEmpty();
        }
    }

    @Test
    void over_HTTP_2_other_expectations_get_417() throws Exception {
        try (RawHttp2 client = expecting("tea")) {
            assertThat(status(RawHttp2.decoder(), client.next(1))).isEqualTo("417");
        }
        assertThat(fixture.front.rejected).containsExactly(417);
    }

    private RawHttp2 expecting(String expectation) throws Exception {
        RawHttp2 client = fixture.http2Client();
        client.head(
                1,
                false,
                ":method",
                "POST",
                ":scheme",
                "http",
                ":path",
                "/a",
                ":authority",
                "x",
                "expect",
                expectation,
                "content-length",
                "5");
        return client;
    }

    private static String status(DefaultHttp2HeadersDecoder decoder, RawHttp2.Frame frame) throws Exception {
        return RawUpstreamFixture.fields(decoder, frame).status().toString();
    }
}
