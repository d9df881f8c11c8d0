package io.ratemesh.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** Bytes that are no request, not all of one, or more than one to some: may be answered or not, but must end. */
final class BrokenRequests {

    private static final String POST = "POST /api/v1/convert HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

    private static final List<String> BAD_FRAMING = List.of(
            POST + "Content-Length: -1\r\n\r\n{}",
            POST + "Content-Length: +2\r\n\r\n{}",
            POST + "Content-Length: 0x2\r\n\r\n{}",
            POST + "Content-Length: 2, 2\r\n\r\n{}",
            POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ",
            POST + "Content-Length: 99999999999999999999\r\n\r\n{}",
            POST + "Content-Length: 9223372036854775807\r\n\r\n{}",
            POST + "Content-Length: \r\n\r\n{}",
            POST + "Content-Length: 500\r\n\r\n{}",
            POST + "Content-Length: 1\r\n\r\n{}{}{}",
            POST + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            POST + "Transfer-Encoding: identity\r\n\r\n{}",
            POST + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
            POST + "Transfer-Encoding: xchunked\r\n\r\n{}",
            POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
            POST + "Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n",
            POST + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}",
            POST + "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n{}",
            POST + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}XX0\r\n\r\n",
            POST + "Transfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n",
            POST + "Transfer-Encoding: chunked\r\n\r\n2;" + "e".repeat(20_000) + "\r\n{}\r\n0\r\n\r\n",
            POST + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + "T: x\r\n".repeat(5000) + "\r\n",
            POST + "Expect: 200-ok\r\nContent-Length: 2\r\n\r\n{}",
            POST + "Content-Length: 300000\r\n\r\n" + " ".repeat(300_000),
            POST.replace("1.1", "1.0") + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");

    private static final List<String> BAD_HEADS = List.of(
            "\r\n\r\n\r\n",
            "\n",
            " ",
            "\u0000",
            "GET\r\n\r\n",
            "GET /\r\n\r\n",
            "GET  / HTTP/1.1\r\n\r\n",
            "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.1 \r\nHost: x\r\n\r\n",
            "GET / http/1.1\r\nHost: x\r\n\r\n",
            "G\u0000T / HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /\u0000 HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
            "GET / HTTP/1.1\r\n: x\r\n\r\n",
            "GET / HTTP/1.1\r\nNo colon\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\rA: b\r\n\r\n",
            "GET / HTTP/1.1\nHost: x\n\n",
            "GET / HTTP/1.1\r\nA\u0000: b\r\n\r\n",
            "GET / HTTP/1.1\r\nA: \u0000\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004",
            "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n",
            "PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
            "SSH-2.0-x\r\n",
            "GET " + "/".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /api/v1/stream HTTP/1.0\r\n\r\n",
            "X".repeat(70_000));

    private BrokenRequests() {}

    static FuzzRequest any(SeededRandom dice) {
        byte[] bytes = switch (dice.between(0, 6)) {
            case 0 -> dice.pick(BAD_FRAMING).getBytes(ISO_8859_1);
            case 1 -> dice.pick(BAD_HEADS).getBytes(ISO_8859_1);
            case 2 -> flood(dice);
            case 3 -> dice.bytes(dice.between(1, 2000));
            case 4 -> half(dice);
            default -> mutated(dice);
        };
        return FuzzRequest.of(bytes, false, true);
    }

    /** A request that is not sent to its end. */
    static byte[] half(SeededRandom dice) {
        byte[] whole = some(dice);
        return Arrays.copyOf(whole, dice.between(1, whole.length - 1));
    }

    private static byte[] some(SeededRandom dice) {
        FuzzRequest request = dice.chance(40) ? FramedRequests.batch(dice) : FramedRequests.staying(dice);
        return request.bytes();
    }

    private static byte[] flood(SeededRandom dice) {
        StringBuilder head = new StringBuilder("GET /api/v1/currencies HTTP/1.1\r\nHost: x\r\n");
        int fields = dice.between(1, 1500);
        int length = dice.pick(List.of(0, 1, 10, 100));
        for (int i = 0; i < fields; i++) {
            head.append('f')
                    .append(dice.chance(50) ? i : 0)
                    .append(": ")
                    .append("v".repeat(length))
                    .append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    private static byte[] mutated(SeededRandom dice) {
        byte[] bytes = some(dice);
        for (int i = dice.between(1, 6); i > 0; i--) {
            int at = dice.between(0, Math.min(bytes.length, 400) - 1);
            switch (dice.between(0, 3)) {
                case 0 -> bytes[at] = dice.bytes(1)[0];
                case 1 ->
                    bytes[at] = dice.pick(List.of(
                            (byte) 0, (byte) '\r', (byte) '\n', (byte) ' ', (byte) ':', (byte) '%', (byte) 0x80));
                case 2 -> bytes = without(bytes, at);
                default -> bytes = twice(bytes, at, dice.between(1, 40));
            }
            if (bytes.length == 0) {
                return new byte[] {'G'};
            }
        }
        return bytes;
    }

    private static byte[] without(byte[] bytes, int at) {
        byte[] less = new byte[bytes.length - 1];
        System.arraycopy(bytes, 0, less, 0, at);
        System.arraycopy(bytes, at + 1, less, at, less.length - at);
        return less;
    }

    private static byte[] twice(byte[] bytes, int at, int count) {
        ByteArrayOutputStream more = new ByteArrayOutputStream(bytes.length + count);
        int end = Math.min(bytes.length, at + count);
        more.write(bytes, 0, end);
        more.write(bytes, at, bytes.length - at);
        return more.toByteArray();
    }
}
