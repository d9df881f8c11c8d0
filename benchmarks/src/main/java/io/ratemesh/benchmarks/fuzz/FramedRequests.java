package io.ratemesh.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;

/** Requests with correct framing; everything else may be invalid. */
final class FramedRequests {

    private static final String JSON = "application/json";

    private static final List<String> METHODS =
            List.of("HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "get", "PROPFIND", "X".repeat(40));

    private static final List<String> TYPES = FuzzCorpus.list("contentTypes");

    private static final List<String> ACCEPTED = FuzzCorpus.list("accept", "text/html;level=1;q=0.4,".repeat(100));

    private static final List<String> FURTHER = FuzzCorpus.list("fields", "X-Request-Id: " + "i".repeat(500));

    /** The server closes the connection after a longer head. */
    private static final int MAX_ACCEPTED_BYTES = 4096;

    private FramedRequests() {}

    /** A request after which the connection stays open, unless its head is too long. */
    static FuzzRequest persistent(SeededRandom random) {
        String method = random.chance(88) ? "GET" : random.pick(METHODS);
        // The server closes the connection after it has rejected a POST without a body.
        String target = FuzzTargets.any(random);
        if ("POST".equals(method) && target.startsWith(FuzzTargets.CONVERT)) {
            method = "GET";
        }
        String head = head(random, method, target, "HTTP/1.1", "");
        return FuzzRequest.of(head.getBytes(ISO_8859_1), "HEAD".equals(method), head.length() > MAX_ACCEPTED_BYTES);
    }

    static FuzzRequest batch(SeededRandom random) {
        byte[] body = BatchBodies.any(random);
        String type = random.chance(92) ? JSON : random.pick(TYPES);
        String expect = random.chance(5) ? "Expect: 100-continue\r\n" : "";
        String target = random.chance(95) ? FuzzTargets.CONVERT : FuzzTargets.CONVERT + "?amount=1";
        boolean chunked = random.chance(30);
        String framing = chunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + body.length + "\r\n";
        String head = head(random, "POST", target, "HTTP/1.1", "Content-Type: " + type + "\r\n" + framing + expect);
        ByteArrayOutputStream all = new ByteArrayOutputStream(head.length() + body.length + 64);
        all.writeBytes(head.getBytes(ISO_8859_1));
        all.writeBytes(chunked ? chunks(random, body) : body);
        return FuzzRequest.of(all.toByteArray(), false, true);
    }

    /** A request after which the server may close the connection. */
    static FuzzRequest closing(SeededRandom random) {
        return switch (random.between(0, 5)) {
            case 0 ->
                plain(
                        random,
                        "GET",
                        "HTTP/1.1",
                        "Connection: " + random.pick(List.of("close", "CLOSE", "keep-alive, close", "x")) + "\r\n");
            case 1 -> plain(random, "GET", "HTTP/1.0", random.chance(50) ? "Connection: keep-alive\r\n" : "");
            case 2 ->
                plain(
                        random,
                        "GET",
                        "HTTP/1.1",
                        "Connection: Upgrade\r\nUpgrade: "
                                + random.pick(List.of(
                                        "websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                                        "h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
                                        "websocket",
                                        "TLS/1.0"))
                                + "\r\n");
            case 3 -> plain(random, "GET", "HTTP/1.1", "Host: other\r\n");
            case 4 -> plain(random, "PUT", "HTTP/1.1", "Content-Length: 0\r\n");
            default -> plain(random, "HEAD", "HTTP/1.1", "Connection: close\r\n");
        };
    }

    static FuzzRequest stream(SeededRandom random) {
        String method = random.chance(92) ? "GET" : random.pick(List.of("HEAD", "POST", "OPTIONS"));
        String head = head(random, method, FuzzTargets.stream(random), "HTTP/1.1", "");
        return FuzzRequest.of(head.getBytes(ISO_8859_1), "HEAD".equals(method), true);
    }

    private static FuzzRequest plain(SeededRandom random, String method, String version, String fields) {
        String head = head(random, method, FuzzTargets.any(random), version, fields);
        return FuzzRequest.of(head.getBytes(ISO_8859_1), "HEAD".equals(method), true);
    }

    private static String head(SeededRandom random, String method, String target, String version, String fields) {
        StringBuilder head = new StringBuilder(256)
                .append(method)
                .append(' ')
                .append(target)
                .append(' ')
                .append(version)
                .append("\r\n");
        if (!random.chance(2)) {
            head.append("Host: ")
                    .append(
                            random.chance(97)
                                    ? "localhost"
                                    : random.pick(List.of("", "a b", "[::1", "x:99999", "\u00fc")))
                    .append("\r\n");
        }
        if (random.chance(20)) {
            head.append("Accept: ").append(random.pick(ACCEPTED)).append("\r\n");
        }
        while (random.chance(20)) {
            head.append(random.pick(FURTHER)).append("\r\n");
        }
        return head.append(fields).append("\r\n").toString();
    }

    private static byte[] chunks(SeededRandom random, byte[] body) {
        ByteArrayOutputStream chunked = new ByteArrayOutputStream(body.length + 64);
        int sent = 0;
        while (sent < body.length) {
            int size = Math.min(body.length - sent, random.between(1, 1 + body.length));
            String extension = random.chance(5) ? ";a=b" : "";
            chunked.writeBytes(
                    String.format(Locale.ROOT, "%x%s\r\n", size, extension).getBytes(ISO_8859_1));
            chunked.write(body, sent, size);
            chunked.writeBytes(new byte[] {'\r', '\n'});
            sent += size;
        }
        chunked.writeBytes((random.chance(5) ? "0\r\nTrailer: x\r\n\r\n" : "0\r\n\r\n").getBytes(ISO_8859_1));
        return chunked.toByteArray();
    }
}
