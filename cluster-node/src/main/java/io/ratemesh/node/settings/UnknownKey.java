package io.ratemesh.node.settings;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** What is said of a key that nothing asks for. */
final class UnknownKey {

    private UnknownKey() {}

    /**
     * What is wrong with it, and which was meant.
     *
     * @param known keys, or the variables of keys
     * @param separator of what is below a key
     */
    static String fault(String name, Set<String> known, String separator) {
        Optional<String> below =
                known.stream().filter(key -> key.startsWith(name + separator)).findFirst();
        if (below.isPresent()) {
            return "no key of its own (expected: one of those below it, as " + below.get() + ")";
        }
        return nearest(name, known)
                .map(nearest -> "unknown key (expected: a known one; the nearest is " + nearest + ")")
                .orElse("unknown key (expected: one of docs/settings.md; none is near)");
    }

    /** One that may have been meant: at most half of it is different. */
    private static Optional<String> nearest(String name, Set<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(key -> distance(name, key)))
                .filter(key -> 2 * distance(name, key) <= key.length());
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
