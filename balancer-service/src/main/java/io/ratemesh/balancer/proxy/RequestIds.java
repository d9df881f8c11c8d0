package io.ratemesh.balancer.proxy;

import java.util.HexFormat;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Names requests, so that one can be followed through the logs. One event loop owns a namer. */
final class RequestIds {

    private static final int MAX_LENGTH = 128;

    private final SplittableRandom random = new SplittableRandom();

    /**
     * The id of a request: the client's where it is sane, else a new one.
     *
     * @param given what the client sent as {@code X-Request-Id}
     */
    String of(@Nullable String given) {
        return given != null && sane(given) ? given : make();
    }

    private String make() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }

    private static boolean sane(String id) {
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
