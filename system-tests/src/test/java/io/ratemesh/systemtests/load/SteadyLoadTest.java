package io.ratemesh.systemtests.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A load that overlooks failures would let every fault test pass. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SteadyLoadTest {

    private static final String RATE = "1.1415";

    private final AtomicInteger requests = new AtomicInteger();

    @Test
    void correct_responses_are_not_failures() throws IOException {
        LoadReport report = loadOn(exchange -> response(exchange, 200, rightResponse(exchange)));

        assertThat(report.requests()).isGreaterThanOrEqualTo(100);
        assertThat(report.failures()).isEmpty();
        assertThat(report.responsesByNode()).containsOnlyKeys("here");
    }

    @Test
    void an_error_status_is_a_failure() throws IOException {
        LoadReport report = loadOn(onceInTen(exchange -> response(exchange, 503, "no")));

        assertThat(report.failures()).containsOnlyKeys("status 503: no");
        assertThat(report.failed()).isGreaterThanOrEqualTo(10);
    }

    @Test
    void a_response_to_another_request_is_a_failure() throws IOException {
        LoadReport report =
                loadOn(onceInTen(exchange -> response(exchange, 200, "{\"amount\":\"100\",\"result\":\"114.15\"}")));

        assertThat(report.failures().keySet())
                .isNotEmpty()
                .allMatch(failure -> failure.startsWith("wrong response to"));
    }

    @Test
    void a_connection_that_closes_without_a_response_is_a_failure_even_if_it_served_before() throws IOException {
        LoadReport report = loadOn(onceInTen(HttpExchange::close));

        assertThat(report.failed()).isGreaterThanOrEqualTo(10);
    }

    private LoadReport loadOn(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.createContext("/api/v1/convert", handler);
        server.start();
        try (SteadyLoad load = SteadyLoad.start(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), RATE)) {
            return load.awaitMore(100).stop();
        } finally {
            server.stop(0);
        }
    }

    private HttpHandler onceInTen(HttpHandler fault) {
        return exchange -> {
            if (requests.incrementAndGet() % 10 == 0) {
                fault.handle(exchange);
            } else {
                response(exchange, 200, rightResponse(exchange));
            }
        };
    }

    private static String rightResponse(HttpExchange exchange) {
        String amount = exchange.getRequestURI().getQuery().replaceFirst(".*amount=", "");
        BigDecimal result =
                new BigDecimal(amount).multiply(new BigDecimal(RATE)).setScale(2, RoundingMode.HALF_EVEN);
        return "{\"amount\":\"" + amount + "\",\"result\":\"" + result + "\"}";
    }

    private static void response(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("X-Served-By", "here");
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
