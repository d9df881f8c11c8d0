package io.ratemesh.converter.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** SHA-256 of a text as UTF-8. */
final class Digest {

    private static final int TAG_BYTES = 16;

    private Digest() {}

    /** Its first half in hex: enough to tell two versions apart. */
    static String hex(String text) {
        return HexFormat.of().formatHex(of(text), 0, TAG_BYTES);
    }

    /** As a source of Content Security Policy (CSP3 §2.3.1), without its quotes. */
    static String source(String text) {
        return "sha256-" + Base64.getEncoder().encodeToString(of(text));
    }

    private static byte[] of(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
