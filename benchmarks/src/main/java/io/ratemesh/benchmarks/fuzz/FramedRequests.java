package io.ratemesh.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;

/** Requests whose beginning and end nobody can doubt, whatever stands in between. */
final class FramedRequests {

    private static final String JSON = "application/json";

    private static final List<String> METHODS =
            List.of("HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "get", "PROPFIND", "X".repeat(40));

    private static final List<String> TYPES = List.of(
            "text/plain",
            "application/json; charset=utf-8",
            "application/json; charset=utf-16",
            "application/JSON;",
            ";",
            "*/*",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "a/b/c",
            "\u00ff");

    private static final List<String> ACCEPTED = List.of(
            "*/*",
            "application/json",
            "text/html",
            "text/csv",
            "application/x-ndjson",
            "text/event-stream",
            "",
            ",",
            ";q=1",
            "application/*;q=0.5, text/csv;q=0.9",
            "application/json;q=0",
            "*/*;q=1.0000",
            "*/*;q=-1",
            "*;q=0.1",
            "a/b;q=",
            "\u00e9",
            "text/html;level=1;q=0.4,".repeat(100));

    private static final List<String> FURTHER = List.of(
            "If-None-Match: *",
            "If-None-Match: \"1\"",
            "If-None-Match: W/\"1\", \"2\"",
            "If-None-Match: \"",
            "If-None-Match: ,,\"",
            "If-Modified-Since: nonsense",
            "Range: bytes=0-",
            "Last-Event-ID: 1",
            "Last-Event-ID: 99999999999999999999",
            "Last-Event-ID: \u0080",
            "X-Request-Id: abc-123",
            "X-Request-Id: " + "i".repeat(500),
            "X-Request-Id: a\"b\\c",
            "Origin: null",
            "Origin: http://evil.example",
            "Access-Control-Request-Method: POST",
            "Cookie: a=b",
            "Authorization: Basic Og==",
            "Accept-Encoding: gzip, br",
            "Accept-Encoding: identity;q=0",
            "Content-Encoding: gzip",
            "X-Forwarded-For: 1.2.3.4",
            "TE: trailers",
            "Via: 1.1 x",
            "Empty:",
            "A: \t b \t");

    /** Longer lines and heads are refused, which ends the connection. */
    private static final int SURELY_TAKEN_BYTES = 4096;

    private FramedRequests() {}

    /** One that leaves the connection open, unless it is too long. */
    static FuzzRequest staying(SeededRandom dice) {
        String method = dice.chance(88) ? "GET" : dice.pick(METHODS);
        // A POST where one is read reads on after a refusal, which ends the connection.
        String target = Targets.any(dice);
        if ("POST".equals(method) && target.startsWith(Targets.CONVERT)) {
            method = "GET";
        }
        String head = head(dice, method, target, "HTTP/1.1", "");
        return FuzzRequest.of(head.getBytes(ISO_8859_1), "HEAD".equals(method), head.length() > SURELY_TAKEN_BYTES);
    }

    /** A batch. */
    static FuzzRequest batch(SeededRandom dice) {
        byte[] body = RequestBodies.any(dice);
        String type = dice.chance(92) ? JSON : dice.pick(TYPES);
        String expect = dice.chance(5) ? "Expect: 100-continue\r\n" : "";
        String target = dice.chance(95) ? Targets.CONVERT : Targets.CONVERT + "?amount=1";
        boolean chunked = dice.chance(30);
        String framing = chunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + body.length + "\r\n";
        String head = head(dice, "POST", target, "HTTP/1.1", "Content-Type: " + type + "\r\n" + framing + expect);
        ByteArrayOutputStream all = new ByteArrayOutputStream(head.length() + body.length + 64);
        all.writeBytes(head.getBytes(ISO_8859_1));
        all.writeBytes(chunked ? chunks(dice, body) : body);
        return FuzzRequest.of(all.toByteArray(), false, true);
    }

    /** One after which the connection may end. */
    static FuzzRequest leaving(SeededRandom dice) {
        return switch (dice.between(0, 5)) {
            case 0 ->
                plain(
                        dice,
                        "GET",
                        "HTTP/1.1",
                        "Connection: " + dice.pick(List.of("close", "CLOSE", "keep-alive, close", "x")) + "\r\n");
            case 1 -> plain(dice, "GET", "HTTP/1.0", dice.chance(50) ? "Connection: keep-alive\r\n" : "");
            case 2 ->
                plain(
                        dice,
                        "GET",
                        "HTTP/1.1",
                        "Connection: Upgrade\r\nUpgrade: "
                                + dice.pick(List.of(
                                        "websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                                        "h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
                                        "websocket",
                                        "TLS/1.0"))
                                + "\r\n");
            case 3 -> plain(dice, "GET", "HTTP/1.1", "Host: other\r\n");
            case 4 -> plain(dice, "PUT", "HTTP/1.1", "Content-Length: 0\r\n");
            default -> plain(dice, "HEAD", "HTTP/1.1", "Connection: close\r\n");
        };
    }

    /** One that asks for a stream. */
    static FuzzRequest stream(SeededRandom dice) {
        String method = dice.chance(92) ? "GET" : dice.pick(List.of("HEAD", "POST", "OPTIONS"));
        String head = head(dice, method, Targets.stream(dice), "HTTP/1.1", "");
        return FuzzRequest.of(head.getBytes(ISO_8859_1), "HEAD".equals(method), true);
    }

    private static FuzzRequest plain(SeededRandom dice, String method, String version, String fields) {
        String head = head(dice, method, Targets.any(dice), version, fields);
        return FuzzRequest.of(head.getBytes(ISO_8859_1), "HEAD".equals(method), true);
    }

    private static String head(SeededRandom dice, String method, String target, String version, String fields) {
        StringBuilder head = new StringBuilder(256)
                .append(method)
                .append(' ')
                .append(target)
                .append(' ')
                .append(version)
                .append("\r\n");
        if (!dice.chance(2)) {
            head.append("Host: ")
                    .append(dice.chance(97) ? "localhost" : dice.pick(List.of("", "a b", "[::1", "x:99999", "\u00fc")))
                    .append("\r\n");
        }
        if (dice.chance(20)) {
            head.append("Accept: ").append(dice.pick(ACCEPTED)).append("\r\n");
        }
        while (dice.chance(20)) {
            head.append(dice.pick(FURTHER)).append("\r\n");
        }
        return head.append(fields).append("\r\n").toString();
    }

    private static byte[] chunks(SeededRandom dice, byte[] body) {
        ByteArrayOutputStream chunked = new ByteArrayOutputStream(body.length + 64);
        int sent = 0;
        while (sent < body.length) {
            int size = Math.min(body.length - sent, dice.between(1, 1 + body.length));
            String extension = dice.chance(5) ? ";a=b" : "";
            chunked.writeBytes(
                    String.format(Locale.ROOT, "%x%s\r\n", size, extension).getBytes(ISO_8859_1));
            chunked.write(body, sent, size);
            chunked.writeBytes(new byte[] {'\r', '\n'});
            sent += size;
        }
        chunked.writeBytes((dice.chance(5) ? "0\r\nTrailer: x\r\n\r\n" : "0\r\n\r\n").getBytes(ISO_8859_1));
        return chunked.toByteArray();
    }
}
