package io.ratemesh.balancer.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.http.ProxyFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpVersion;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Http2RequestCheckTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        await(vertx.close());
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
    void a_request_that_no_upstream_may_see_is_rejected_with_400(String method, String target, int status) {
        HttpServer server = await(vertx.createHttpServer()
                .requestHandler(request -> {
                    if (Http2RequestCheck.isInvalid(request)) {
                        ProxyFailure.BAD_REQUEST.send(request);
                    } else {
                        request.response().end();
                    }
                })
                .listen(0, "127.0.0.1"));
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));

        HttpClientResponse response =
                await(client.request(HttpMethod.valueOf(method), server.actualPort(), "127.0.0.1", target)
                        .compose(request -> request.send()));

        assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(response.statusCode()).isEqualTo(status);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
