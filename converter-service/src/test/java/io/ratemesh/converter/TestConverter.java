package io.ratemesh.converter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.model.RateBook;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.book.SharedBook;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.RunningNode;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A converter in this JVM with an HTTP client, on a cluster of its own unless one is named. */
public final class TestConverter implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    static {
        Awaitility.setDefaultTimeout(TIMEOUT);
    }

    private final RunningNode running;
    private final String cluster;
    private final SharedBook shared;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private long version = 1_783_346_400_000L;

    private TestConverter(RunningNode running, String cluster) {
        this.running = running;
        this.cluster = cluster;
        this.shared = awaited(SharedBook.open(running.node().vertx()));
    }

    /** Starts one on a new cluster; {@code sets} as on the command line. */
    public static TestConverter start(String... sets) {
        return startIn("test-" + Long.toHexString(ThreadLocalRandom.current().nextLong()), sets);
    }

    /** Starts one on a cluster that may exist. */
    public static TestConverter startIn(String cluster, String... sets) {
        List<String> all =
                new ArrayList<>(List.of("cluster.name=" + cluster, "node.drain-timeout=5s", "node.warm-up=0s"));
        // Test runs on one machine must not use the same ports, nor ephemeral ones.
        all.add("cluster.port=" + (10_000 + Math.floorMod(cluster.hashCode(), 220) * 100));
        all.addAll(List.of(sets));
        Settings settings = Settings.load(Optional.empty(), all, Map.of());
        return new TestConverter(awaited(RunningNode.start(new ConverterService(), settings, () -> {})), cluster);
    }

    /** The cluster's name. */
    public String cluster() {
        return cluster;
    }

    /** The node. */
    public Node node() {
        return running.node();
    }

    /** The port of the server. */
    public int port() {
        return node().announcer().current().port();
    }

    /** Publishes a book with the next version and waits until the converter holds it. */
    public RateBook publish(TestBooks rates) {
        RateBook book = rates.version(++version);
        publish(book);
        return book;
    }

    /** Publishes a book and waits until the converter holds it. */
    public void publish(RateBook book) {
        assertThat(awaited(shared.publish(book))).isTrue();
        version = Math.max(version, book.version());
        holds(book.version());
    }

    /** Waits until the converter announces a version. */
    public void holds(long wanted) {
        await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> node().announcer().current().bookVersion() >= wanted
                        && node().announcer().current().state() != NodeState.STARTING);
    }

    /** GET with header fields as name, value, … */
    public HttpResponse<String> get(String path, String... fields) {
        return request("GET", path, fields);
    }

    /** Any request without a body. */
    public HttpResponse<String> request(String method, String path, String... fields) {
        return send(method, path, BodyPublishers.noBody(), fields);
    }

    /** Any request. */
    public HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body, String... fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(TIMEOUT)
                .method(method, body);
        for (int i = 0; i < fields.length; i += 2) {
            request.header(fields[i], fields[i + 1]);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    /** Opens a connection for bytes that a client library would not send. */
    public RawConnection connect() {
        return RawConnection.to(port());
    }

    /** Begins to drain. */
    public Future<Void> stop() {
        return running.stop();
    }

    @Override
    public void close() {
        awaited(running.stop());
    }

    /** Waits for a future. */
    public static <T> T awaited(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
