package io.ratemesh.converter.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Content negotiation by {@code Accept} (RFC 9110 §12.5.1). */
public final class AcceptHeader {

    /** Weights are in thousandths. */
    private static final int FULL_WEIGHT = 1000;

    private AcceptHeader() {}

    /**
     * The preferred type; the first of equals. The most specific range that matches a type decides; {@code q=0} excludes.
     *
     * @param accept the field's value
     * @param types such as {@code application/json}
     * @return empty when none is acceptable
     */
    public static Optional<String> preferred(String accept, List<String> types) {
        String best = null;
        int most = 0;
        for (String type : types) {
            int weight = weight(accept, type);
            if (weight > most) {
                best = type;
                most = weight;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int weight(String accept, String type) {
        if (accept.isBlank()) {
            return FULL_WEIGHT;
        }
        String mainType = type.substring(0, type.indexOf('/') + 1);
        int decisive = -1;
        int weight = 0;
        for (String range : accept.split(",")) {
            String[] parts = range.split(";");
            int specific = specific(parts[0].strip().toLowerCase(Locale.ROOT), type, mainType);
            if (specific > decisive) {
                decisive = specific;
                weight = weight(parts);
            }
        }
        return weight;
    }

    private static int specific(String range, String type, String mainType) {
        if (range.equals(type)) {
            return 2;
        }
        if (range.equals(mainType + "*")) {
            return 1;
        }
        // Some old clients send a single star.
        return "*/*".equals(range) || "*".equals(range) ? 0 : -1;
    }

    /** An invalid weight is ignored. */
    private static int weight(String... parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
            if (parameter.matches("q=(0(\\.\\d{0,3})?|1(\\.0{0,3})?)")) {
                String decimals = (parameter + (parameter.contains(".") ? "000" : ".000")).substring(4);
                return parameter.charAt(2) == '1' ? FULL_WEIGHT : Integer.parseInt(decimals.substring(0, 3));
            }
        }
        return FULL_WEIGHT;
    }
}
