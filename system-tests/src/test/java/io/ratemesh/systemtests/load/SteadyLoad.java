package io.ratemesh.systemtests.load;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Conversions from a fixed number of clients, each over keep-alive connections, one request after the other, every
 * request with an amount of its own so that a response to another request is detected.
 *
 * <p>Made with Vert.x: {@code java.net.http} silently repeats a request when a connection closes before the response, which
 * would hide lost requests.
 */
public final class SteadyLoad implements AutoCloseable {

    private static final int CLIENTS = 16;
    private static final long PAUSE_MILLIS = 10;
    private static final long RESPONSE_TIMEOUT_MILLIS = 10_000;

    /** No load outlives this, whatever becomes of the test. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient client;
    private final LoadCounts counts = new LoadCounts();
    private final URI api;
    private final BigDecimal rate;
    private final long endNanos = System.nanoTime() + LIMIT.toNanos();
    private volatile boolean stopping;

    private SteadyLoad(URI api, BigDecimal rate) {
        this.api = api;
        this.rate = rate;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true).setPipelining(false),
                new PoolOptions().setHttp1MaxSize(CLIENTS));
    }

    /**
     * Begins.
     *
     * @param rate what one euro is in dollars, to check every response
     */
    public static SteadyLoad start(URI api, String rate) {
        SteadyLoad load = new SteadyLoad(api, new BigDecimal(rate));
        load.vertx.runOnContext(ignored -> {
            for (int lane = 1; lane <= CLIENTS; lane++) {
                load.send(lane, 0);
            }
        });
        return load;
    }

    /** Waits for this number of further responses, successful or not. */
    public SteadyLoad awaitMore(int requests) {
        long goal = counts.requests() + requests;
        await("load goes on").atMost(Duration.ofSeconds(60)).until(() -> counts.requests() >= goal);
        return this;
    }

    /** Waits for requests in flight and returns the outcome of all. */
    public LoadReport stop() {
        stopping = true;
        await("responses in flight")
                .atMost(Duration.ofMillis(2 * RESPONSE_TIMEOUT_MILLIS))
                .until(() -> counts.ended() == CLIENTS);
        close();
        if (System.nanoTime() - endNanos > 0) {
            throw new AssertionError("the load ended by itself after " + LIMIT + ", before it was stopped");
        }
        return counts.report();
    }

    @Override
    public void close() {
        stopping = true;
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the load's client did not close", e);
        }
    }

    private void send(int lane, int sequence) {
        if (stopping || System.nanoTime() - endNanos > 0) {
            counts.end();
            return;
        }
        LoadRequest expected = LoadRequest.of(lane, sequence, rate);
        long before = System.nanoTime();
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(api.getHost())
                .setPort(api.getPort())
                .setURI(expected.pathAndQuery())
                .setTimeout(RESPONSE_TIMEOUT_MILLIS);
        client.request(request)
                .compose(open -> open.send())
                .compose(response -> verdict(expected, response))
                .onComplete(
                        verdict -> counts.enter(verdict, System.nanoTime() - before),
                        broken -> counts.enter(Verdict.failed(broken.toString()), System.nanoTime() - before))
                .onComplete(ignored -> vertx.setTimer(PAUSE_MILLIS, timer -> send(lane, sequence + 1)));
    }

    private static Future<Verdict> verdict(LoadRequest request, HttpClientResponse response) {
        String servedBy = response.getHeader("X-Served-By");
        return response.body().map(body -> {
            if (response.statusCode() != 200) {
                return Verdict.failed("status " + response.statusCode() + ": " + body);
            }
            if (!request.isAnsweredBy(body.toString())) {
                return Verdict.failed("wrong response to " + request.pathAndQuery() + ": " + body);
            }
            return Verdict.succeeded(servedBy == null ? "" : servedBy);
        });
    }
}
