package io.ratemesh.systemtests.load;

import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests for {@code /} by eight clients, one after the other, over connections that they keep: one for each with HTTP/1.1, one for
 * all with HTTP/2. A request is never repeated, as a browser would, so that one that is lost is a failure.
 */
public final class KeptConnections implements AutoCloseable {

    private static final int CLIENTS = 8;
    private static final long PAUSE_MILLIS = 2;
    private static final long RESPONSE_TIMEOUT_MILLIS = 10_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpVersion version;
    private final HttpClientAgent client;
    private final RequestOptions request;
    private final Set<HttpConnection> open = Collections.newSetFromMap(new ConcurrentHashMap<>());
    private final AtomicInteger toldToEnd = new AtomicInteger();
    private final AtomicInteger responses = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean stopping;

    /** Begins, with HTTP/2 without TLS or with HTTP/1.1. */
    public KeptConnections(HttpVersion version, int port) {
        this.version = version;
        client = vertx.httpClientBuilder()
                .with(new HttpClientOptions().setProtocolVersion(version).setHttp2ClearTextUpgrade(false))
                .with(new PoolOptions().setHttp1MaxSize(CLIENTS).setHttp2MaxSize(1))
                .withConnectHandler(this::opened)
                .build();
        request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/")
                .setTimeout(RESPONSE_TIMEOUT_MILLIS);
        vertx.runOnContext(ignored -> {
            for (int i = 0; i < CLIENTS; i++) {
                send();
            }
        });
    }

    /** Waits for this number of further responses. */
    public void awaitMore(int count) {
        int goal = responses.get() + count;
        await("responses; failures: " + failures).atMost(TIMEOUT).until(() -> responses.get() >= goal);
    }

    /** The connections that are open now. */
    public Set<HttpConnection> open() {
        return Set.copyOf(open);
    }

    /** Waits until none of these connections is open, while requests go on. */
    public void awaitEndOf(Set<HttpConnection> connections) {
        await("end of connections; failures: " + failures)
                .atMost(TIMEOUT)
                .until(() -> Collections.disjoint(open, connections));
    }

    /** How often the server has announced the end of a connection: by {@code Connection: close} in a response, or by GOAWAY. */
    public int toldToEnd() {
        return toldToEnd.get();
    }

    /** Ends after the responses under way; what went wrong, empty if every request got its response. */
    public List<String> stop() {
        stopping = true;
        await("responses under way").atMost(TIMEOUT).until(() -> ended.get() == CLIENTS);
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        stopping = true;
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the client did not close", e);
        }
    }

    private void opened(HttpConnection connection) {
        open.add(connection);
        connection.closeHandler(ignored -> open.remove(connection));
        if (version == HttpVersion.HTTP_2) {
            connection.goAwayHandler(ignored -> toldToEnd.incrementAndGet());
        }
    }

    private void send() {
        if (stopping) {
            ended.incrementAndGet();
            return;
        }
        client.request(request)
                .compose(opened -> opened.send())
                .compose(this::received)
                .onFailure(broken -> failures.add(broken.toString()))
                .onComplete(ignored -> vertx.setTimer(PAUSE_MILLIS, timer -> send()));
    }

    private Future<Void> received(HttpClientResponse response) {
        if ("close".equals(response.getHeader("Connection"))) {
            toldToEnd.incrementAndGet();
        }
        return response.body().map(body -> {
            responses.incrementAndGet();
            if (response.statusCode() != 200) {
                failures.add("status " + response.statusCode() + ": " + body);
            }
            return null;
        });
    }
}
