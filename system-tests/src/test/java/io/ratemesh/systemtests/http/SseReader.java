package io.ratemesh.systemtests.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event stream as a browser's EventSource does: after a disconnect it waits for the time that
 * the server sets and reconnects with {@code Last-Event-ID}.
 */
public final class SseReader implements AutoCloseable {

    /**
     * An established connection.
     *
     * @param lastEventId of its request; empty for the first
     * @param servedBy the node
     * @param contentType of its response
     */
    public record Connection(String lastEventId, String servedBy, String contentType) {}

    private final URI uri;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final SseParser parser = new SseParser();
    private final List<SseEvent> events = new CopyOnWriteArrayList<>();
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable InputStream body;
    private volatile int comments;

    private SseReader(URI uri) {
        this.uri = uri;
    }

    public static SseReader open(URI uri) {
        SseReader reader = new SseReader(uri);
        Thread thread = new Thread(reader::read, "sse-reader");
        thread.setDaemon(true);
        thread.start();
        return reader;
    }

    /** Everything received so far. */
    public List<SseEvent> events() {
        return List.copyOf(events);
    }

    /** The last event received so far. */
    public Optional<SseEvent> last() {
        List<SseEvent> now = events();
        return now.isEmpty() ? Optional.empty() : Optional.of(now.get(now.size() - 1));
    }

    /** All established connections, the current one last. */
    public List<Connection> connections() {
        return List.copyOf(connections);
    }

    /** The node of the present connection. */
    public String servedBy() {
        List<Connection> now = connections();
        return now.isEmpty() ? "" : now.get(now.size() - 1).servedBy();
    }

    /** How many comment lines came: heartbeats. */
    public int comments() {
        return comments;
    }

    @Override
    public void close() {
        closed.countDown();
        sendHangup();
    }

    private void read() {
        try {
            do {
                readOnce();
            } while (!closed.await(parser.retry().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readOnce() throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
        String from = parser.lastEventId();
        if (!from.isEmpty()) {
            request.header("Last-Event-ID", from);
        }
        try {
            HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
            body = response.body();
            if (response.statusCode() == 200) {
                connections.add(new Connection(
                        from,
                        response.headers().firstValue("X-Served-By").orElse(""),
                        response.headers().firstValue("Content-Type").orElse("")));
                readLines(response.body());
            }
        } catch (IOException e) {
            // As an EventSource: whatever broke, try again.
        } finally {
            parser.interrupted();
            sendHangup();
        }
    }

    private void readLines(InputStream stream) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                parser.line(line, System.nanoTime()).ifPresent(events::add);
                comments = parser.comments();
            }
        }
    }

    private void sendHangup() {
        InputStream open = body;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // The connection is already closed.
            }
        }
    }
}
