package io.ratemesh.balancer.listener;

import static io.ratemesh.balancer.listener.RawUpstreamFixture.OK;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Interim responses of upstreams go on to clients (RFC 9110 §15.2), and no more of them than is sensible. */
class InterimResponsesTest {

    private static final String GET = "GET /api/x HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final String EARLY_HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n";
    private static final int MOST = 32;

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
    void early_hints_are_passed_on() throws Exception {
        try (RawConnection client = fixture.client(GET);
                RawConnection server = fixture.accept()) {
            server.head();
            server.send(EARLY_HINTS);

            assertThat(client.head())
                    .startsWith("HTTP/1.1 103 Early Hints\r\n")
                    .containsIgnoringCase("Link: </a.css>; rel=preload\r\n")
                    .doesNotContainIgnoringCase("content-length")
                    .doesNotContainIgnoringCase("transfer-encoding");
            server.send(OK);
            assertThat(client.readTo("\r\n\r\nok"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .doesNotContain("Link");

            client.send(GET);
            server.head();
            server.send(OK);
            assertThat(client.readTo("\r\n\r\nok")).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void interim_responses_are_passed_on_in_order_without_hop_by_hop_fields() throws Exception {
        try (RawConnection client = fixture.client(GET);
                RawConnection server = fixture.accept()) {
            server.head();
            server.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\nConnection: X-Hop\r\nX-Hop: 1\r\n"
                    + "Keep-Alive: timeout=5\r\nX-End: 2\r\n\r\nHTTP/1.1 199 Odd\r\n\r\n" + OK);

            assertThat(client.head()).startsWith("HTTP/1.1 100 Continue\r\n");
            assertThat(client.head())
                    .startsWith("HTTP/1.1 102 Processing\r\n")
                    .containsIgnoringCase("X-End: 2")
                    .doesNotContainIgnoringCase("hop")
                    .doesNotContainIgnoringCase("keep-alive");
            assertThat(client.head()).startsWith("HTTP/1.1 199 ");
            assertThat(client.readTo("\r\n\r\nok")).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void early_hints_are_passed_on_over_HTTP_2() throws Exception {
        try (RawHttp2 client = fixture.http2Client()) {
            client.get(1, ":path", "/x", ":scheme", "http");
            try (RawConnection server = fixture.accept()) {
                server.head();
                server.send(EARLY_HINTS.replace("Link: ", "Connection: X-Hop\r\nX-Hop: 1\r\nLINK: "));
                DefaultHttp2HeadersDecoder decoder = RawHttp2.decoder();

                RawHttp2.Frame hints = client.next(1);
                Http2Headers fields = RawUpstreamFixture.fields(decoder, hints);
                assertThat(fields.status()).hasToString("103");
                assertThat(fields.get("link")).hasToString("</a.css>; rel=preload");
                assertThat(fields).hasSize(2);
                assertThat(hints.flags() & RawHttp2.END_STREAM).isZero();

                server.send("HTTP/1.1 102 Processing\r\n\r\n" + OK);
                assertThat(RawUpstreamFixture.fields(decoder, client.next(1)).status())
                        .hasToString("102");
                assertThat(RawUpstreamFixture.fields(decoder, client.next(1)).status())
                        .hasToString("200");
                assertThat(client.next(1).text()).isEqualTo("ok");
            }
        }
    }

    @Test
    void HTTP_1_0_gets_no_interim_response() throws Exception {
        try (RawConnection client = fixture.client("GET /x HTTP/1.0\r\nHost: h\r\n\r\n");
                RawConnection server = fixture.accept()) {
            server.head();
            server.send("HTTP/1.1 100 Continue\r\n\r\n" + EARLY_HINTS + OK);

            assertThat(client.rest())
                    .startsWith("HTTP/1.0 200 OK\r\n")
                    .doesNotContain("Link")
                    .endsWith("ok");
        }
    }

    @Test
    void up_to_32_interim_responses_precede_the_response() throws Exception {
        try (RawConnection client = fixture.client(GET);
                RawConnection server = fixture.accept()) {
            server.head();
            server.send(EARLY_HINTS.repeat(MOST) + OK);

            assertThat(client.readTo("\r\n\r\nok"))
                    .contains("HTTP/1.1 200 OK\r\n")
                    .containsSubsequence("103", "103");
        }
    }

    @Test
    void a_flood_of_interim_responses_gives_502_and_closes_the_connection() throws Exception {
        try (RawConnection client = fixture.client(GET);
                RawConnection server = fixture.accept()) {
            server.head();
            server.send(EARLY_HINTS.repeat(MOST + 1));

            for (int i = 0; i < MOST; i++) {
                assertThat(client.head()).startsWith("HTTP/1.1 103 ");
            }
            assertThat(client.readTo("}")).startsWith("HTTP/1.1 502 ").contains("upstream-broke");
            assertThat(server.rest()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 103 Early Hints\r\nContent-Length: 2\r\n\r\nok",
                "HTTP/1.1 103 Early Hints\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink : a\r\n b\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: a\u0000b\r\n\r\n",
                "HTTP/1.1 103 Early Hints\n\n",
                "HTTP/1.1 1O3 Early Hints\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\n\r\nok",
                "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"
            })
    void an_interim_response_that_is_malformed_or_has_a_body_gives_502(String response) throws Exception {
        try (RawConnection client = fixture.client(GET);
                RawConnection server = fixture.accept()) {
            server.head();
            server.send(response);

            assertThat(client.readTo("}")).contains("HTTP/1.1 502 ").contains("upstream-broke");
            assertThat(server.rest()).isEmpty();
        }
    }

    @Test
    void an_upstream_that_ends_after_an_interim_response_gives_502() throws Exception {
        try (RawConnection client = fixture.client("POST /api/x HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n")) {
            try (RawConnection server = fixture.accept()) {
                server.head();
                server.send(EARLY_HINTS);
                assertThat(client.head()).startsWith("HTTP/1.1 103 ");
            }
            assertThat(client.readTo("}")).startsWith("HTTP/1.1 502 ");
        }
    }
}
