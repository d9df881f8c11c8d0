package io.ratemesh.converter.http;

import java.util.Locale;

/** What {@code Accept} says of a media type (RFC 9110 §12.5.1). */
public final class Acceptance {

    private Acceptance() {}

    /**
     * Whether the type is acceptable: the most specific range that covers it decides, and {@code q=0} excludes.
     *
     * @param accept the field's value
     * @param type as {@code application/json}
     */
    public static boolean allows(String accept, String type) {
        if (accept.isBlank()) {
            return true;
        }
        String mainType = type.substring(0, type.indexOf('/') + 1);
        int decisive = -1;
        boolean allowed = false;
        for (String range : accept.split(",")) {
            String[] parts = range.split(";");
            int specific = specific(parts[0].strip().toLowerCase(Locale.ROOT), type, mainType);
            if (specific > decisive) {
                decisive = specific;
                allowed = !excluded(parts);
            }
        }
        return allowed;
    }

    private static int specific(String range, String type, String mainType) {
        if (range.equals(type)) {
            return 2;
        }
        if (range.equals(mainType + "*")) {
            return 1;
        }
        // Some old clients send a lone star.
        return "*/*".equals(range) || "*".equals(range) ? 0 : -1;
    }

    private static boolean excluded(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.matches("q=0(\\.0{0,3})?")) {
                return true;
            }
        }
        return false;
    }
}
