package io.ratemesh.converter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A reader of a stream, by blocks of lines. */
public final class EventStream implements AutoCloseable {

    /** The end of the stream. */
    public static final String END = "(end)";

    private static final int TIMEOUT_SECONDS = 60;

    private final HttpResponse<InputStream> response;
    private final LinkedBlockingQueue<String> blocks = new LinkedBlockingQueue<>();

    private EventStream(HttpResponse<InputStream> response) {
        this.response = response;
        Thread reader = new Thread(this::read, "event-stream");
        reader.setDaemon(true);
        reader.start();
    }

    /** Opens {@code /api/v1/stream} with header fields as name, value, … */
    public static EventStream open(TestConverter converter, String query, String... fields) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + converter.port() + "/api/v1/stream" + query));
        for (int i = 0; i < fields.length; i += 2) {
            request.header(fields[i], fields[i + 1]);
        }
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try {
            return new EventStream(client.send(request.build(), BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    /** The head of the response. */
    public HttpResponse<InputStream> response() {
        return response;
    }

    /** The next block, lines with {@code \n} between; {@link #END} at the end of the stream. */
    public String next() {
        try {
            String block = blocks.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (block == null) {
                throw new AssertionError("nothing came for " + TIMEOUT_SECONDS + " s");
            }
            return block;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    /** The next block that is not a comment. */
    public String nextEvent() {
        String block = next();
        while (block.startsWith(":")) {
            block = next();
        }
        return block;
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
            List<String> block = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    blocks.add(String.join("\n", block));
                    block.clear();
                } else {
                    block.add(line);
                }
            }
        } catch (IOException e) {
            // The end, too.
        }
        blocks.add(END);
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
