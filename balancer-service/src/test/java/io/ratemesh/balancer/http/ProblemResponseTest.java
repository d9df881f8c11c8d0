package io.ratemesh.balancer.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.http.ProblemResponse.Format;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemResponseTest {

    private static final ProblemDetail PROBLEM =
            ProblemDetail.documented(503, "none-available", "Unavailable", "Try \"again\".");

    private final Vertx vertx = Vertx.vertx();
    private int bytes;

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/convert, , JSON",
        "/api, , JSON",
        "/v1/latest, , JSON_WITH_MESSAGE",
        "/v1, text/html, JSON_WITH_MESSAGE",
        "/v1?base=EUR, , JSON_WITH_MESSAGE",
        "/shop/, , PAGE",
        "/shop/, application/json, JSON",
        "/shop/, 'text/html, application/json', PAGE",
        "/v10/, , PAGE",
    })
    void the_format_follows_the_path_and_else_Accept(String target, @Nullable String accept, Format format) {
        HttpClientResponse response = send(
                HttpMethod.GET,
                target,
                accept,
                request -> ProblemResponse.of(PROBLEM, Format.of(request)).send(request));
        Buffer body = await(response.body());

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
        assertThat(bytes).isEqualTo(body.length());
        if (format == Format.PAGE) {
            assertThat(response.getHeader("Content-Type")).isEqualTo("text/html; charset=utf-8");
            assertThat(response.getHeader("Content-Security-Policy")).isNotNull();
            assertThat(response.getHeader("Access-Control-Allow-Origin")).isNull();
            assertThat(body.toString()).contains("<title>Unavailable</title>", "<p>Try \"again\".</p>");
        } else {
            assertThat(response.getHeader("Content-Type")).isEqualTo("application/problem+json");
            assertThat(response.getHeader("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(response.getHeader("Access-Control-Expose-Headers")).isEqualTo("Retry-After");
            JsonObject expected = new JsonObject()
                    .put("type", "/api/problems/none-available")
                    .put("title", "Unavailable")
                    .put("status", 503)
                    .put("detail", "Try \"again\".")
                    .put("code", "none-available");
            assertThat(body.toJsonObject())
                    .isEqualTo(
                            format == Format.JSON ? expected : expected.put("message", expected.getString("detail")));
        }
    }

    @Test
    void HEAD_gets_the_length_of_a_body_that_is_not_sent() {
        HttpClientResponse response = send(
                HttpMethod.HEAD,
                "/",
                null,
                request -> ProblemResponse.of(PROBLEM, Format.PAGE).send(request));

        assertThat(Integer.parseInt(response.getHeader("Content-Length"))).isPositive();
        assertThat(await(response.body()).length()).isZero();
        assertThat(bytes).isZero();
    }

    @Test
    void a_failure_of_an_upstream_has_the_path_as_instance_and_a_time_to_try_again() {
        HttpClientResponse response =
                send(HttpMethod.GET, "/v1/latest?base=EUR", null, ProxyFailure.NONE_AVAILABLE::send);
        JsonObject body = await(response.body()).toJsonObject();

        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        assertThat(body.getString("instance")).isEqualTo("/v1/latest");
        assertThat(body.getString("message")).isEqualTo(body.getString("detail"));
    }

    @Test
    void a_problem_of_the_same_origin_has_no_field_for_others() {
        String response = new String(ProblemResponse.ofSameOrigin(PROBLEM).toHttp1(true), UTF_8);

        assertThat(response).contains("\r\nContent-Type: application/problem+json\r\n");
        assertThat(response).doesNotContainIgnoringCase("Access-Control");
    }

    @Test
    void a_connection_that_is_one_too_many_gets_a_response_that_scripts_may_read() {
        String response = new String(
                ProblemResponse.bodiless(503).withRetryAfter(1).forAnyOrigin().toHttp1(true), UTF_8);

        assertThat(response)
                .isEqualTo("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n"
                        + "Cache-Control: no-store\r\nRetry-After: 1\r\nAccess-Control-Allow-Origin: *\r\n"
                        + "Access-Control-Expose-Headers: Retry-After\r\n\r\n");
    }

    private HttpClientResponse send(
            HttpMethod method, String target, @Nullable String accept, ToIntFunction<HttpServerRequest> respond) {
        HttpServer server = await(vertx.createHttpServer()
                .requestHandler(request -> bytes = respond.applyAsInt(request))
                .listen(0, "127.0.0.1"));
        return await(vertx.createHttpClient()
                .request(method, server.actualPort(), "127.0.0.1", target)
                .compose(request -> {
                    if (accept != null) {
                        request.putHeader("Accept", accept);
                    }
                    return request.send();
                })
                .compose(response -> response.body().map(response)));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
