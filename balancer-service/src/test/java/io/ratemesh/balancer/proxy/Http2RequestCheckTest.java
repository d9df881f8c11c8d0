package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.http2.Http2RequestCheck;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP/2, whose framing needs no guard on the wire. */
class Http2RequestCheckTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        ProxyFixture.await(vertx.close());
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/,200",
        "GET,/api/v1/convert,200",
        "GET,/api/../metrics,400",
        "GET,/api/%2e%2e/metrics,400",
        "GET,/a#b,400",
        "TRACE,/,400",
        "OPTIONS,*,200",
        "OPTIONS,*x,400",
        "GET,*,400"
    })
    void what_no_upstream_is_to_see_is_answered_with_400(String method, String target, int status) {
        HttpServer server = ProxyFixture.await(vertx.createHttpServer()
                .requestHandler(request -> {
                    if (!Http2RequestCheck.refuse(request)) {
                        request.response().end();
                    }
                })
                .listen(0, "127.0.0.1"));
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));

        HttpClientResponse answer =
                ProxyFixture.await(client.request(HttpMethod.valueOf(method), server.actualPort(), "127.0.0.1", target)
                        .compose(request -> request.send()));

        assertThat(answer.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(status);
    }
}
