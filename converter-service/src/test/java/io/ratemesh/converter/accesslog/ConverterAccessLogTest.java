package io.ratemesh.converter.accesslog;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.converter.RawConnection;
import io.ratemesh.converter.TestBooks;
import io.ratemesh.converter.TestConverter;
import io.ratemesh.node.accesslog.AccessLog;
import io.ratemesh.node.accesslog.AccessLogQueue;
import io.ratemesh.node.accesslog.LineBuffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConverterAccessLogTest {

    private static final ConverterAccessEntry ENTRY =
            new ConverterAccessEntry(Instant.EPOCH, "GET", "/a", 200, 1, 2, "127.0.0.1", null, null);

    private static final ConverterLineFormat FORMAT = new ConverterLineFormat("one");

    private final Path folder;

    ConverterAccessLogTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void each_request_but_a_successful_health_check_is_a_line_of_json_without_its_query() throws IOException {
        Path file = folder.resolve("access.log");
        try (TestConverter converter = TestConverter.start("node.name=converter-one", "converter.access-log=" + file)) {
            converter.publish(TestBooks.example());
            int length = converter
                    .get(
                            "/api/v1/convert?from=USD&to=JPY&amount=250.75",
                            "X-Request-Id",
                            "abc\"1",
                            "X-Forwarded-For",
                            "192.0.2.7")
                    .body()
                    .length();
            converter.send("POST", "/api/v1/convert", BodyPublishers.ofString("{"), "Content-Type", "application/json");
            converter.get("/health/live");
            converter.get("/health/none");
            List<JsonObject> lines = lines(file, 3);

            JsonObject conversion = lines.get(0);
            assertThat(Instant.parse(conversion.getString("time"))).isBefore(Instant.now());
            assertThat(conversion.getLong("micros")).isPositive();
            conversion.remove("time");
            conversion.remove("micros");
            assertThat(conversion.encode())
                    .isEqualTo("{\"node\":\"converter-one\",\"method\":\"GET\",\"path\":\"/api/v1/convert\","
                            + "\"status\":200,\"bytes\":" + length + ",\"client\":\"127.0.0.1\","
                            + "\"forwardedFor\":\"192.0.2.7\",\"requestId\":\"abc\\\"1\"}");
            assertThat(lines.get(1).getString("method")).isEqualTo("POST");
            assertThat(lines.get(1).getInteger("status")).isEqualTo(400);
            assertThat(lines.get(2).getString("path")).isEqualTo("/health/none");
        }
    }

    @Test
    void a_stream_is_logged_when_it_begins_and_a_client_that_closes_before_its_response_with_status_499()
            throws IOException {
        Path file = folder.resolve("access.log");
        try (TestConverter converter = TestConverter.start("converter.access-log=" + file)) {
            converter.publish(TestBooks.example());
            try (RawConnection connection = converter.connect()) {
                connection.send("GET /api/v1/stream HTTP/1.1\nHost: a\n\n");
                assertThat(lines(file, 1).get(0).getString("path")).isEqualTo("/api/v1/stream");
            }
            try (RawConnection connection = converter.connect()) {
                connection.send(
                        "POST /api/v1/convert HTTP/1.1\nHost: a\nContent-Type: application/json\nContent-Length: 9\n\n{");
            }
            JsonObject aborted = lines(file, 2).get(1);
            assertThat(aborted.getString("path")).isEqualTo("/api/v1/convert");
            assertThat(aborted.getInteger("status")).isEqualTo(ConverterAccessEntry.CLIENT_CLOSED);
        }
    }

    @Test
    void entries_beyond_the_capacity_of_the_queue_are_dropped_and_counted() {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        OutputStream stuck = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                written.countDown();
                try {
                    blocked.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
        try (AccessLog<ConverterAccessEntry> log = new AccessLog<>(FORMAT, stuck, 8, System::nanoTime)) {
            AccessLogQueue<ConverterAccessEntry> queue = log.newQueue();
            queue.add(ENTRY);
            await().until(() -> written.getCount() == 0);
            for (int i = 0; i < 13; i++) {
                queue.add(ENTRY);
            }
            assertThat(log.dropped()).isEqualTo(5);
            blocked.countDown();
        }
    }

    @Test
    void entries_that_cannot_be_written_are_counted() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        try (AccessLog<ConverterAccessEntry> log = new AccessLog<>(FORMAT, full, 8, System::nanoTime)) {
            log.newQueue().add(ENTRY);
            await().until(() -> log.dropped() == 1);
        }
    }

    @Test
    void values_from_clients_are_truncated_and_escaped() throws IOException {
        ConverterAccessEntry entry = new ConverterAccessEntry(
                Instant.EPOCH,
                "M".repeat(100),
                "/" + "p".repeat(9000),
                404,
                0,
                0,
                "::1",
                null,
                "a\r\n\"" + "b".repeat(500));

        LineBuffer buffer = new LineBuffer();
        FORMAT.write(entry, buffer);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        buffer.moveTo(out);
        String line = out.toString(US_ASCII);

        assertThat(line).endsWith("}\n").hasLineCount(1).hasSizeLessThan(1200);
        assertThat(new JsonObject(line).getString("requestId"))
                .startsWith("a\r\n\"bbb")
                .endsWith("…");
    }

    private static List<JsonObject> lines(Path file, int count) throws IOException {
        await().until(() -> Files.readAllLines(file).size() >= count);
        return Files.readAllLines(file).stream().map(JsonObject::new).toList();
    }
}
