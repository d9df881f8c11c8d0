package io.ratemesh.assets;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash in names and entity tags of assets. */
public final class Sha256 {
    private Sha256() {}

    /** Returns the first characters of the hash in lower-case hex, at most 64. */
    public static String hex(byte[] content, int length) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest).substring(0, length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
