package io.ratemesh.node.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The known keys, and what is wrong with the given ones, one line each: the key, its value, the problem, the remedy and
 * the source of the value.
 */
final class SettingsFaults {

    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");
    private static final int MAX_SHOWN = 200;

    private final SettingsSources sources;
    private final Set<String> known = new TreeSet<>();
    private final Set<String> itemKeys = new TreeSet<>();
    private final List<Pattern> acceptedVariables = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    SettingsFaults(SettingsSources sources) {
        this.sources = sources;
    }

    void know(String key) {
        known.add(key);
    }

    void acceptVariables(Pattern variables) {
        acceptedVariables.add(variables);
    }

    void add(String fault) {
        faults.add(fault);
    }

    void add(String key, Optional<String> value, String problem, String remedy, Optional<String> origin) {
        faults.add(key + ": " + value.map(text -> shown(text) + " " + problem).orElse("not set") + "; " + remedy
                + origin.map(from -> " (from " + from + ")").orElse(""));
    }

    /** Adds the keys and the faults of one item of a list. */
    void addItem(String list, int index, SettingsFaults item) {
        item.addUnknown();
        item.faults.forEach(fault -> faults.add(list + "[" + index + "]." + fault));
        item.known.forEach(key -> itemKeys.add(list + "[]." + key));
    }

    /** All known keys; those of items as {@code balancer.tcp[].port}. */
    Set<String> keys() {
        Set<String> keys = new TreeSet<>(known);
        keys.addAll(itemKeys);
        return keys;
    }

    /** All faults, unknown keys included; call it once. */
    List<String> all() {
        addUnknown();
        return List.copyOf(faults);
    }

    private void addUnknown() {
        Set<String> variables = new TreeSet<>();
        known.forEach(key -> variables.add(SettingsSources.variable(key)));
        addUnknown(sources.keyOrigins(), known, ".");
        addUnknown(sources.variableOrigins(), variables, "_");
    }

    private void addUnknown(Map<String, String> origins, Set<String> candidates, String separator) {
        origins.forEach((name, origin) -> {
            if (!candidates.contains(name) && !isEmptySection(name) && !isAccepted(name)) {
                faults.add(name + ": " + unknown(name, candidates, separator) + " (from " + origin + ")");
            }
        });
    }

    /** {@code cluster:} with nothing below it, for example because all of it is commented out. */
    private boolean isEmptySection(String name) {
        return sources.find(name).filter(given -> given.value() == null).isPresent()
                && known.stream().anyMatch(key -> key.startsWith(name + "."));
    }

    private boolean isAccepted(String name) {
        return acceptedVariables.stream()
                .anyMatch(pattern -> pattern.matcher(name).matches());
    }

    private static String unknown(String name, Set<String> candidates, String separator) {
        Optional<String> below = candidates.stream()
                .filter(key -> key.startsWith(name + separator))
                .findFirst();
        if (below.isPresent()) {
            return "a section, not a key; set one of the keys below it, such as " + below.get();
        }
        return nearest(name, candidates)
                .map(nearest -> "unknown key; did you mean " + nearest + "?")
                .orElse("unknown key; use one of those in docs/settings.md");
    }

    /** The key that was probably meant: at most half of it differs. */
    private static Optional<String> nearest(String name, Set<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(key -> distance(name, key)))
                .filter(key -> 2 * distance(name, key) <= key.length());
    }

    /** The Levenshtein distance. */
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

    /** The value on one line, cut after 200 characters. */
    private static String shown(String value) {
        String line = CONTROLS.matcher(value).replaceAll(" ");
        return '"' + (line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "…") + '"';
    }
}
