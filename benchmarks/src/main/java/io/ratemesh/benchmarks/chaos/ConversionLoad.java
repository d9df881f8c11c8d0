package io.ratemesh.benchmarks.chaos;

import io.ratemesh.benchmarks.chaos.Violations.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Conversions at a fixed rate, by turns through each front door. A request that fails at one door is sent once more, to the
 * next: that is what a client can do when its door is gone. Everything is on one event loop.
 */
final class ConversionLoad implements AutoCloseable {

    private static final List<String> CURRENCIES = List.of("EUR", "USD", "GBP", "CHF", "SEK", "PLN");
    private static final int CONNECTIONS = 64;
    private static final int TICK_MILLIS = 10;
    private static final int CLOSE_SECONDS = 10;
    private static final long TIMEOUT_MILLIS = 5000;
    private static final long AMOUNTS = 10_000_000;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient client = vertx.createHttpClient(
            new HttpClientOptions().setKeepAlive(true).setPipelining(false).setConnectTimeout(2000),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    private final List<BalancerAddress> doors;
    private final ReceivedBooks books;
    private final long beginNanos = System.nanoTime();
    private final double perNano;
    private volatile Counts counts = new Counts();
    private volatile boolean closed;
    private long sent;

    /** What became of the requests. Written on the event loop. */
    static final class Counts {
        private final AtomicLong requests = new AtomicLong();
        private final AtomicLong repeated = new AtomicLong();
        private volatile long slowestNanos;
        private volatile boolean ended;

        /** What is still under way meets the next fault. */
        void end() {
            ended = true;
        }

        long requests() {
            return requests.get();
        }

        /** Requests that failed at their first door. */
        long repeated() {
            return repeated.get();
        }

        long slowestMillis() {
            return TimeUnit.NANOSECONDS.toMillis(slowestNanos);
        }
    }

    ConversionLoad(List<BalancerAddress> doors, int perSecond, ReceivedBooks books) {
        this.doors = doors;
        this.books = books;
        this.perNano = perSecond / (double) TimeUnit.SECONDS.toNanos(1);
        vertx.setPeriodic(TICK_MILLIS, tick -> {
            long due = (long) ((System.nanoTime() - beginNanos) * perNano);
            for (; sent < due; sent++) {
                send(sent);
            }
        });
    }

    /** Starts to count anew; a request adds to the counts of its start. */
    Counts begin() {
        counts = new Counts();
        return counts;
    }

    @Override
    public void close() {
        closed = true;
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the load does not close", e);
        }
    }

    private void send(long number) {
        Counts now = counts;
        Violations violations = books.violations();
        long begin = System.nanoTime();
        now.requests.incrementAndGet();
        int pair = (int) (number % (CURRENCIES.size() * (CURRENCIES.size() - 1L)));
        String from = CURRENCIES.get(pair / (CURRENCIES.size() - 1));
        List<String> others =
                CURRENCIES.stream().filter(code -> !code.equals(from)).toList();
        String to = others.get(pair % others.size());
        BigDecimal amount = BigDecimal.valueOf(number % AMOUNTS + 1, 2);
        String target = "/api/v1/convert?from=" + from + "&to=" + to + "&amount=" + amount.toPlainString();
        convert(doors.get((int) (number % doors.size())), target)
                .recover(failed -> {
                    if (!now.ended) {
                        now.repeated.incrementAndGet();
                    }
                    return convert(doors.get((int) ((number + 1) % doors.size())), target);
                })
                .onSuccess(body -> {
                    now.slowestNanos = Math.max(now.slowestNanos, System.nanoTime() - begin);
                    JsonObject answer = new JsonObject(body);
                    books.converted(
                            answer.getLong("version"), from, to, amount, new BigDecimal(answer.getString("result")));
                })
                .onFailure(failed -> violations.add(Kind.FAILED, closed ? 0 : 1, target + ": " + failed.getMessage()));
    }

    private Future<Buffer> convert(BalancerAddress door, String target) {
        if (closed) {
            return Future.failedFuture("closed");
        }
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(door.host())
                .setPort(door.port())
                .setURI(target)
                .setTimeout(TIMEOUT_MILLIS);
        return client.request(request).compose(open -> open.send()).compose(ConversionLoad::body);
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        return response.body()
                .compose(body -> response.statusCode() == 200
                        ? Future.succeededFuture(body)
                        : Future.failedFuture("status " + response.statusCode() + ": " + body));
    }
}
