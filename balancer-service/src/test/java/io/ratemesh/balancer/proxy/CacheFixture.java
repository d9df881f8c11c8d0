package io.ratemesh.balancer.proxy;

import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.cache.CacheResult;
import io.ratemesh.balancer.cache.ResponseCache;
import io.ratemesh.balancer.cache.RouteCaching;
import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.loadbalance.PoolOnLoop;
import io.ratemesh.node.settings.CacheSettings;
import io.ratemesh.node.settings.CompressionSettings;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A proxy on two event loops, which get every other connection and share a cache with a clock of the test's, in front of a server in this
 * JVM that tests script.
 */
final class CacheFixture implements AutoCloseable {

    static final int MAX_ENTRY = 1024 * 1024;

    final Vertx vertx = Vertx.vertx();
    final ResponseCache cache;
    final Pool pool = PoolFixture.plain("servers");

    /** The logged ends of exchanges: target, termination, status and bytes. */
    final Queue<String> ended = new ConcurrentLinkedQueue<>();

    private final Map<CacheResult, Long> countsBefore = new ConcurrentHashMap<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Map<String, Handler<HttpServerRequest>> scripts = new ConcurrentHashMap<>();
    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final int port = ServerProgram.freePort();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** In front of the server that tests script. */
    CacheFixture() {
        this(null, null, Duration.ofSeconds(20));
    }

    /**
     * In front of a server.
     *
     * @param changes of the route; null for none
     * @param serverPort null for the server that tests script
     * @param collapseTimeout how long a request waits for an equal one
     */
    CacheFixture(@Nullable RouteChanges changes, @Nullable Integer serverPort, Duration collapseTimeout) {
        cache = new ResponseCache(
                "/", new CacheSettings(64 * MAX_ENTRY, MAX_ENTRY, collapseTimeout), nanos::get, InstantSource.system());
        RouteCaching caching = new RouteCaching(cache, List.of(cache), List.of());
        HttpServer server = ProxyFixture.await(
                vertx.createHttpServer().requestHandler(this::respond).listen(0, "127.0.0.1"));
        PoolFixture.up(pool, "one", serverPort == null ? server.actualPort() : serverPort);
        for (int i = 0; i < 2; i++) {
            ProxyFixture.await(vertx.deployVerticle(new VerticleBase() {
                @Override
                public Future<?> start() {
                    Proxy proxy = new Proxy(
                            vertx,
                            new PoolOnLoop(pool),
                            ProxySettings.of(0)
                                    .withLog(exchange ->
                                            ended.add(exchange.request().uri() + " " + exchange.termination() + " "
                                                    + exchange.status() + " " + exchange.bytesSent())));
                    proxy.compress(
                            Optional.of(new CompressionSettings(
                                    CompressionSettings.Pools.ALL, 0, List.of("text/plain"), false)),
                            () -> (before, after) -> {});
                    ListenerCounts counts = new ListenerCounts();
                    return vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(true))
                            .requestHandler(request -> proxy.handle(request, counts, changes, caching, null))
                            .listen(port, "127.0.0.1");
                }
            }));
        }
    }

    private void respond(HttpServerRequest request) {
        received.add(request.method() + " " + request.uri() + " "
                + Objects.requireNonNullElse(request.getHeader("If-None-Match"), "-"));
        Objects.requireNonNull(scripts.get(request.path()), request.path()).handle(request);
    }

    /** How the server responds to requests for a path. */
    void script(String path, Handler<HttpServerRequest> response) {
        scripts.put(path, response);
    }

    /** The server responds with these fields and content. */
    void serve(String path, String content, String... fields) {
        script(path, request -> {
            for (int i = 0; i < fields.length; i += 2) {
                request.response().headers().add(fields[i], fields[i + 1]);
            }
            request.response().end(request.method().name().equals("HEAD") ? "" : content);
        });
    }

    /** Method, target and If-None-Match of the requests that the server received since the last call. */
    List<String> received() {
        List<String> all = new ArrayList<>();
        for (String next = received.poll(); next != null; next = received.poll()) {
            all.add(next);
        }
        return all;
    }

    /** How many requests the server received that no call has returned yet. */
    int receivedCount() {
        return received.size();
    }

    int port() {
        return port;
    }

    HttpResponse<String> get(String target, String... fields) {
        return send("GET", target, fields);
    }

    HttpResponse<String> send(String method, String target, String... fields) {
        try {
            return client.send(request(method, target, fields), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    CompletableFuture<HttpResponse<String>> getLater(String target, String... fields) {
        return client.sendAsync(request("GET", target, fields), BodyHandlers.ofString());
    }

    private HttpRequest request(String method, String target, String... fields) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .timeout(Duration.ofSeconds(15))
                .method(method, HttpRequest.BodyPublishers.noBody());
        return (fields.length == 0 ? builder : builder.headers(fields)).build();
    }

    /** The cache's time goes on, which it does not by itself. */
    void skip(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Since the last reset. */
    long count(CacheResult result) {
        return cache.snapshot().requests().getOrDefault(result, 0L) - countsBefore.getOrDefault(result, 0L);
    }

    /** Nothing is stored, remembered or recorded any more. */
    void reset() {
        cache.purgeAll();
        skip(Duration.ofMinutes(1));
        received.clear();
        ended.clear();
        scripts.clear();
        countsBefore.putAll(cache.snapshot().requests());
    }

    /** Waits until so many requests wait for an equal one. */
    void awaitWaiting(int requests) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> cache.snapshot().waiting() == requests);
    }

    static String status(HttpResponse<?> response) {
        return String.join(", ", response.headers().allValues("Cache-Status"));
    }

    @Override
    public void close() {
        ProxyFixture.await(vertx.close());
    }
}
