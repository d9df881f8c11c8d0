package io.ratemesh.balancer.proxy;

import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code X-Forwarded-*} fields of a trusted proxy, which describe the request as the first proxy received it. A value that is
 * missing or invalid is replaced by what is known here.
 */
final class ForwardedFields {

    private static final int MAX_HOST = 255;

    private ForwardedFields() {}

    /**
     * The protocol: {@code http} or {@code https}.
     *
     * @param trusted the fields of a trusted proxy; null of any other client
     */
    static String proto(@Nullable MultiMap trusted, String otherwise) {
        String value = trusted == null ? null : trusted.get("X-Forwarded-Proto");
        return value != null && (value.equals("https") || value.equals("http")) ? value : otherwise;
    }

    /** The host, with its port if it has one. */
    static @Nullable String host(@Nullable MultiMap trusted, @Nullable String otherwise) {
        String value = trusted == null ? null : trusted.get("X-Forwarded-Host");
        return value != null
                        && !value.isEmpty()
                        && value.length() <= MAX_HOST
                        && value.chars().allMatch(ForwardedFields::isHostCharacter)
                ? value
                : otherwise;
    }

    /** The port. */
    static String port(@Nullable MultiMap trusted, String otherwise) {
        String value = trusted == null ? null : trusted.get("X-Forwarded-Port");
        return value != null
                        && !value.isEmpty()
                        && value.length() <= 5
                        && value.chars().allMatch(c -> c >= '0' && c <= '9')
                ? value
                : otherwise;
    }

    private static boolean isHostCharacter(int c) {
        return (Character.isLetterOrDigit(c) && c < 0x80) || "-._:[]".indexOf(c) >= 0;
    }
}
