package io.ratemesh.assets;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The hash of its content in the name of a file: {@code js/app.0123456789abcdef.js}. */
public final class Fingerprint {
    /** 64 bits in hex: enough against accidental collisions, and against a file that is made to match a name. */
    private static final int LENGTH = 16;

    private static final int MAX_PATH = 200;
    private static final Pattern NAME = Pattern.compile(".+\\.([0-9a-f]{" + LENGTH + "})\\.[a-z0-9]+");

    private Fingerprint() {}

    /** Returns the path with the fingerprint before its extension. */
    public static String added(String path, byte[] content) {
        int dot = path.lastIndexOf('.');
        return path.substring(0, dot) + "." + Sha256.hex(content, LENGTH) + path.substring(dot);
    }

    /** Returns whether the name of a file could contain a fingerprint. */
    public static boolean isIn(String path) {
        return path.length() <= MAX_PATH && NAME.matcher(path).matches();
    }

    /** Returns whether the name of a file contains the fingerprint of the content. */
    public static boolean isIn(String path, byte[] content) {
        Matcher name = NAME.matcher(path);
        return name.matches() && name.group(1).equals(Sha256.hex(content, LENGTH));
    }
}
