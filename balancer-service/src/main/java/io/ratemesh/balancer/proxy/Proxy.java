package io.ratemesh.balancer.proxy;

import io.ratemesh.balancer.pool.PoolOnLoop;
import io.ratemesh.balancer.pool.WaitingLine;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Sends requests to the upstreams of one pool and their answers back, on one event loop. */
public final class Proxy {

    /** How long an upstream may take to begin its answer, and a client to take some of it. */
    public static final Duration ANSWER_PATIENCE = Duration.ofSeconds(30);

    private static final long SWEEP_MILLIS = 250;

    /** Long enough for a SYN that a full backlog dropped to be sent again twice (after 1 s and 3 s). */
    private static final int CONNECT_TIMEOUT_MILLIS = 3500;

    /** Below the 60 s after which our nodes close an idle connection, so that none is reused as it closes. */
    private static final int KEEP_ALIVE_SECONDS = 30;

    /** Per upstream and loop: every stream holds one. */
    private static final int MAX_CONNECTIONS = 20_000;

    private static final long POOL_SWEEP_MILLIS = 100;

    private static final int MAX_HEAD_BYTES = 16 * 1024;

    private final PoolOnLoop pool;
    private final HttpClient client;
    private final ForwardedHeaders headers;
    private final FrontDoorCounts counts;
    private final AnswerDeadlines deadlines;
    private final StalledClients stalled;
    private final Set<Exchange> streams = new HashSet<>();

    /**
     * For the current event loop.
     *
     * @param frontDoorPort as clients know it
     * @param patience how long an upstream may take to begin its answer, and a client to take some of it
     */
    public Proxy(Vertx vertx, PoolOnLoop pool, FrontDoorCounts counts, int frontDoorPort, Duration patience) {
        this.deadlines = new AnswerDeadlines(patience);
        this.stalled = new StalledClients(patience);
        this.pool = pool;
        this.counts = counts;
        this.headers = new ForwardedHeaders(frontDoorPort);
        this.client = vertx.createHttpClient(
                clientOptions(),
                new PoolOptions()
                        // A connection is opened on the loop that asks for it, so a request never changes threads.
                        .setEventLoopSize(0)
                        .setHttp1MaxSize(MAX_CONNECTIONS));
        vertx.setPeriodic(SWEEP_MILLIS, ignored -> {
            deadlines.sweep(System.nanoTime());
            stalled.sweep(System.nanoTime());
        });
        vertx.setPeriodic(POOL_SWEEP_MILLIS, ignored -> pool.sweep());
        Context context = vertx.getOrCreateContext();
        pool.livesOn(task -> context.runOnContext(ignored -> task.run()));
    }

    /** Sends a request on its way. Its answer, or a failure's, goes to the client by itself. */
    public void handle(HttpServerRequest request) {
        Exchange exchange = new Exchange(this, request);
        deadlines.add(exchange, System.nanoTime());
        exchange.begin();
    }

    /** Ends the streams that are open: their readers come back to another front door, or to this one's successor. */
    public void endStreams() {
        Set.copyOf(streams).forEach(Exchange::cut);
    }

    PoolOnLoop pool() {
        return pool;
    }

    HttpClient client() {
        return client;
    }

    WaitingLine line() {
        return pool.line();
    }

    ForwardedHeaders headers() {
        return headers;
    }

    FrontDoorCounts counts() {
        return counts;
    }

    StalledClients stalled() {
        return stalled;
    }

    Set<Exchange> streams() {
        return streams;
    }

    private static HttpClientOptions clientOptions() {
        return new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(true)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .setMaxHeaderSize(MAX_HEAD_BYTES)
                .setMaxInitialLineLength(MAX_HEAD_BYTES)
                .setTcpNoDelay(true);
    }
}
