package io.ratemesh.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** Malformed, incomplete or ambiguous requests. The server may respond or not, but must close the connection. */
final class MalformedRequests {

    private static final String POST = "POST /api/v1/convert HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

    /** Fields and bodies after the head of a POST. */
    private static final List<String> FRAMING = FuzzCorpus.list(
            "malformedFraming",
            "Transfer-Encoding: chunked\r\n\r\n2;" + "e".repeat(20_000) + "\r\n{}\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\n\r\n0\r\n" + "T: x\r\n".repeat(5000) + "\r\n",
            "Content-Length: 300000\r\n\r\n" + " ".repeat(300_000));

    private static final List<String> HEADS = FuzzCorpus.list(
            "malformedHeads", "GET " + "/".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n", "X".repeat(70_000));

    private MalformedRequests() {}

    static FuzzRequest any(SeededRandom random) {
        byte[] bytes = switch (random.between(0, 6)) {
            case 0 -> (POST + random.pick(FRAMING)).getBytes(ISO_8859_1);
            case 1 -> random.pick(HEADS).getBytes(ISO_8859_1);
            case 2 -> manyFields(random);
            case 3 -> random.bytes(random.between(1, 2000));
            case 4 -> incomplete(random);
            default -> mutated(random);
        };
        return FuzzRequest.of(bytes, false, true);
    }

    /** The beginning of a valid request. */
    static byte[] incomplete(SeededRandom random) {
        byte[] whole = valid(random);
        return Arrays.copyOf(whole, random.between(1, whole.length - 1));
    }

    private static byte[] valid(SeededRandom random) {
        FuzzRequest request = random.chance(40) ? FramedRequests.batch(random) : FramedRequests.persistent(random);
        return request.bytes();
    }

    private static byte[] manyFields(SeededRandom random) {
        StringBuilder head = new StringBuilder("GET /api/v1/currencies HTTP/1.1\r\nHost: x\r\n");
        int fields = random.between(1, 1500);
        int length = random.pick(List.of(0, 1, 10, 100));
        for (int i = 0; i < fields; i++) {
            head.append('f')
                    .append(random.chance(50) ? i : 0)
                    .append(": ")
                    .append("v".repeat(length))
                    .append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    private static byte[] mutated(SeededRandom random) {
        byte[] bytes = valid(random);
        for (int i = random.between(1, 6); i > 0; i--) {
            int at = random.between(0, Math.min(bytes.length, 400) - 1);
            switch (random.between(0, 3)) {
                case 0 -> bytes[at] = random.bytes(1)[0];
                case 1 ->
                    bytes[at] = random.pick(List.of(
                            (byte) 0, (byte) '\r', (byte) '\n', (byte) ' ', (byte) ':', (byte) '%', (byte) 0x80));
                case 2 -> bytes = without(bytes, at);
                default -> bytes = repeat(bytes, at, random.between(1, 40));
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

    private static byte[] repeat(byte[] bytes, int at, int count) {
        ByteArrayOutputStream more = new ByteArrayOutputStream(bytes.length + count);
        int end = Math.min(bytes.length, at + count);
        more.write(bytes, 0, end);
        more.write(bytes, at, bytes.length - at);
        return more.toByteArray();
    }
}
