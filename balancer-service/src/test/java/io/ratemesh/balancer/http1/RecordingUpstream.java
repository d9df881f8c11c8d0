package io.ratemesh.balancer.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** An upstream on a raw socket: keeps every byte it sees and responds to each whole request with {@code ok}. */
final class RecordingUpstream {

    /**
     * A whole request as it was seen.
     *
     * @param bytes of head and body with its framing
     */
    record Seen(String head, String body, int bytes) {

        private static final List<String> OF_THE_PROXY = List.of("x-forwarded-", "x-request-id:", "via:");

        String line() {
            return head.substring(0, head.indexOf("\r\n"));
        }

        /** The fields that the proxy does not write itself. */
        List<String> fields() {
            return Stream.of(head.split("\r\n", -1))
                    .skip(1)
                    .map(String::strip)
                    .filter(field -> !field.isEmpty())
                    .filter(field -> OF_THE_PROXY.stream()
                            .noneMatch(ours -> field.toLowerCase(Locale.ROOT).startsWith(ours)))
                    .toList();
        }
    }

    private final List<Seen> requests = new CopyOnWriteArrayList<>();
    private final AtomicLong total = new AtomicLong();
    final NetServer server;

    RecordingUpstream(Vertx vertx) {
        server = vertx.createNetServer().connectHandler(this::connected);
    }

    List<Seen> requests() {
        return requests;
    }

    /** The bytes received, of complete requests or not. */
    long bytes() {
        return total.get();
    }

    private void connected(NetSocket socket) {
        StringBuilder open = new StringBuilder();
        socket.handler(bytes -> {
            total.addAndGet(bytes.length());
            open.append(bytes.toString(ISO_8859_1));
            while (taken(open)) {
                boolean bodiless = requests.get(requests.size() - 1).head().startsWith("HEAD ");
                socket.write(Buffer.buffer(
                        "HTTP/1.1 200 OK\r\nContent-Length: " + (bodiless ? "0\r\n\r\n" : "2\r\n\r\nok")));
            }
        });
    }

    /** Takes the first whole request out, if there is one. */
    private boolean taken(StringBuilder open) {
        int headEnd = open.indexOf("\r\n\r\n") + 4;
        if (headEnd < 4) {
            return false;
        }
        String head = open.substring(0, headEnd);
        String fields = head.toLowerCase(Locale.ROOT);
        StringBuilder body = new StringBuilder();
        int end = headEnd;
        int length = fields.indexOf("\r\ncontent-length:");
        if (fields.contains("\r\ntransfer-encoding: chunked\r\n")) {
            int size = -1;
            while (size != 0) {
                int lineEnd = open.indexOf("\r\n", end);
                if (lineEnd < 0) {
                    return false;
                }
                size = Integer.parseInt(open.substring(end, lineEnd), 16);
                if (size == 0) {
                    int trailersEnd = open.indexOf("\r\n\r\n", lineEnd);
                    if (trailersEnd < 0) {
                        return false;
                    }
                    end = trailersEnd + 4;
                } else {
                    end = lineEnd + 2 + size + 2;
                    if (open.length() < end) {
                        return false;
                    }
                    body.append(open, lineEnd + 2, end - 2);
                }
            }
        } else if (length >= 0) {
            end += Integer.parseInt(fields.substring(length + 17, fields.indexOf("\r\n", length + 2))
                    .strip());
            if (open.length() < end) {
                return false;
            }
            body.append(open, headEnd, end);
        }
        requests.add(new Seen(head, body.toString(), end));
        open.delete(0, end);
        return true;
    }
}
