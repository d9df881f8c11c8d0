package io.ratemesh.balancer.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Identifiers of requests, with which one can be followed through the logs. Each event loop has its own. */
public final class RequestIds {

    private static final int MAX_LENGTH = 128;

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final SplittableRandom random = new SplittableRandom();

    /**
     * Writes the identifier of a request: the client's if it is valid, else a new random one.
     *
     * @param given what the client sent as {@code X-Request-Id}
     */
    public void write(@Nullable String given, ByteBuf out) {
        if (given != null && isValid(given)) {
            out.writeCharSequence(given, StandardCharsets.US_ASCII);
        } else {
            hex(random.nextLong(), out);
            hex(random.nextLong(), out);
        }
    }

    /** The identifier of a request as text: the client's if it is valid, else a new random one. */
    public static String of(@Nullable String given) {
        if (given != null && isValid(given)) {
            return given;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return HexFormat.of().toHexDigits(random.nextLong()) + HexFormat.of().toHexDigits(random.nextLong());
    }

    private static void hex(long bits, ByteBuf out) {
        for (int shift = Long.SIZE - 4; shift >= 0; shift -= 4) {
            out.writeByte(DIGITS[(int) (bits >>> shift) & 0xf]);
        }
    }

    private static boolean isValid(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!plain && c != '-' && c != '_' && c != '.' && c != ':') {
                return false;
            }
        }
        return true;
    }
}
