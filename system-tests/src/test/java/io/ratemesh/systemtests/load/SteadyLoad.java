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
 * request with an amount of its own so that an answer to somebody else's is noticed.
 *
 * <p>Made with Vert.x: {@code java.net.http} silently asks again when a connection closes before the answer, and would
 * hide the very loss this is to find.
 */
public final class SteadyLoad implements AutoCloseable {

    private static final int CLIENTS = 16;
    private static final long PAUSE_MILLIS = 10;
    private static final long ANSWER_TIMEOUT_MILLIS = 10_000;

    /** No load outlives this, whatever becomes of the test. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient client;
    private final LoadCounts counts = new LoadCounts();
    private final URI frontDoor;
    private final BigDecimal rate;
    private final long endNanos = System.nanoTime() + LIMIT.toNanos();
    private volatile boolean stopping;

    private SteadyLoad(URI frontDoor, BigDecimal rate) {
        this.frontDoor = frontDoor;
        this.rate = rate;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(true).setPipelining(false),
                new PoolOptions().setHttp1MaxSize(CLIENTS));
    }

    /**
     * Begins.
     *
     * @param rate what one euro is in dollars, by which every answer is checked
     */
    public static SteadyLoad start(URI frontDoor, String rate) {
        SteadyLoad load = new SteadyLoad(frontDoor, new BigDecimal(rate));
        load.vertx.runOnContext(ignored -> {
            for (int lane = 1; lane <= CLIENTS; lane++) {
                load.ask(lane, 0);
            }
        });
        return load;
    }

    /** Waits until so many more requests have been answered, well or not. */
    public SteadyLoad awaitMore(int requests) {
        long goal = counts.requests() + requests;
        await("load goes on").atMost(Duration.ofSeconds(60)).until(() -> counts.requests() >= goal);
        return this;
    }

    /** Lets what is under way end, and says what became of all. */
    public LoadReport stop() {
        stopping = true;
        await("answers under way")
                .atMost(Duration.ofMillis(2 * ANSWER_TIMEOUT_MILLIS))
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

    private void ask(int lane, int sequence) {
        if (stopping || System.nanoTime() - endNanos > 0) {
            counts.end();
            return;
        }
        LoadRequest question = LoadRequest.of(lane, sequence, rate);
        long before = System.nanoTime();
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(frontDoor.getHost())
                .setPort(frontDoor.getPort())
                .setURI(question.pathAndQuery())
                .setTimeout(ANSWER_TIMEOUT_MILLIS);
        client.request(request)
                .compose(open -> open.send())
                .compose(answer -> verdict(question, answer))
                .onComplete(
                        verdict -> counts.enter(verdict, System.nanoTime() - before),
                        broken -> counts.enter(Verdict.failed(broken.toString()), System.nanoTime() - before))
                .onComplete(ignored -> vertx.setTimer(PAUSE_MILLIS, timer -> ask(lane, sequence + 1)));
    }

    private static Future<Verdict> verdict(LoadRequest question, HttpClientResponse answer) {
        String servedBy = answer.getHeader("X-Served-By");
        return answer.body().map(body -> {
            if (answer.statusCode() != 200) {
                return Verdict.failed("status " + answer.statusCode() + ": " + body);
            }
            if (!question.isAnsweredBy(body.toString())) {
                return Verdict.failed("wrong answer to " + question.pathAndQuery() + ": " + body);
            }
            return Verdict.answered(servedBy == null ? "" : servedBy);
        });
    }
}
