package io.ratemesh.node.settings;

import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.SettingsSources.Given;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads typed values out of the sources. What does not fit is noted and the default taken, so that one start names all
 * faults; {@link #finish} then throws if there was one, or if something was given that nobody asked for.
 */
public final class SettingsReader {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern SHARE = Pattern.compile("(\\d{1,3})%");
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");
    private static final int MOST_SHOWN = 200;
    private static final Map<String, Long> UNIT_MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

    private final SettingsSources sources;
    private final Set<String> known = new TreeSet<>();
    private final Set<String> knownOfItems = new TreeSet<>();
    private final List<Pattern> unused = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    public SettingsReader(SettingsSources sources) {
        this.sources = sources;
    }

    public String text(String key, String byDefault) {
        return optionalText(key).orElse(byDefault);
    }

    /** An address to listen on, or a name of one; of IPv6 with or without brackets. A zone stays: it says which link is meant. */
    public String bind(String key, String byDefault) {
        String text = text(key, byDefault);
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        return bare.indexOf('%') < 0 ? IpAddresses.text(bare) : bare;
    }

    public Optional<String> optionalText(String key) {
        return read(key, "text", given -> {
            boolean scalar = given.value() != null && !(given.value() instanceof List);
            return scalar && !given.text().isBlank() ? Optional.of(given.text()) : Optional.empty();
        });
    }

    /** The path of a file or a folder, which need not be there. */
    public Optional<Path> path(String key) {
        return optionalText(key).flatMap(text -> {
            try {
                return Optional.of(Path.of(text));
            } catch (InvalidPathException e) {
                fault(key, "the path of a file or a folder");
                return Optional.empty();
            }
        });
    }

    public boolean flag(String key, boolean byDefault) {
        return read(
                        key,
                        "true or false",
                        given -> Optional.ofNullable(given.value())
                                .filter(Boolean.class::isInstance)
                                .map(Boolean.class::cast))
                .orElse(byDefault);
    }

    /** A whole number from {@code min} to {@code max}, both included. */
    public int number(String key, int min, int max, int byDefault) {
        return read(
                        key,
                        "a number from " + min + " to " + max,
                        given -> Optional.ofNullable(given.value())
                                .filter(Integer.class::isInstance)
                                .map(Integer.class::cast)
                                .filter(n -> n >= min && n <= max))
                .orElse(byDefault);
    }

    /** A whole number, or {@code auto}, which is empty. */
    public Optional<Integer> numberOrAuto(String key, int min, int max) {
        return read(key, "auto, or a number from " + min + " to " + max, given -> {
                    if ("auto".equals(given.value())) {
                        return Optional.of(0);
                    }
                    return Optional.ofNullable(given.value())
                            .filter(Integer.class::isInstance)
                            .map(Integer.class::cast)
                            .filter(n -> n >= min && n <= max);
                })
                .filter(n -> n > 0);
    }

    /** A length of time as {@code 250ms}, {@code 2s}, {@code 1m}, {@code 26h}; zero needs no unit. */
    public Duration duration(String key, Duration min, Duration max, Duration byDefault) {
        String expected = "a duration from " + written(min) + " to " + written(max) + ", as 250ms, 2s, 1m or 26h";
        return read(key, expected, given -> parseDuration(given.text()).filter(within(min, max)))
                .orElse(byDefault);
    }

    /** A share of a whole as {@code 20%}: whole numbers, {@code 0.20} is what it reads as. */
    public BigDecimal share(String key, BigDecimal min, BigDecimal max, BigDecimal byDefault) {
        String expected = "a percentage from " + percent(min) + " to " + percent(max) + ", as 20%";
        return read(
                        key,
                        expected,
                        given -> parseShare(given.text())
                                .filter(share -> share.compareTo(min) >= 0 && share.compareTo(max) <= 0))
                .orElse(byDefault);
    }

    /** One of the words that {@code options} holds, and what it stands for. */
    public <T> T oneOf(String key, Map<String, T> options, T byDefault) {
        return optionalOneOf(key, options).orElse(byDefault);
    }

    /** One of the words that {@code options} holds, and what it stands for; empty where nothing is said. */
    public <T> Optional<T> optionalOneOf(String key, Map<String, T> options) {
        String expected = "one of " + String.join(", ", new TreeSet<>(options.keySet()));
        return read(key, expected, given -> Optional.ofNullable(options.get(given.text())));
    }

    /** The names that a section of free names has, in the order in which they were given; variables cannot name any. */
    public List<String> names(String section) {
        return sources.keys().stream()
                .filter(key -> key.startsWith(section + "."))
                .map(key -> key.substring(section.length() + 1).split("\\.", 2)[0])
                .distinct()
                .toList();
    }

    public List<String> texts(String key, List<String> byDefault) {
        return read(
                        key,
                        "a list, as [\"a\", \"b\"]",
                        given -> Optional.ofNullable(given.value())
                                .filter(List.class::isInstance)
                                .map(list -> ((List<?>) list)
                                        .stream().map(String::valueOf).toList()))
                .orElse(byDefault);
    }

    /**
     * A list whose items are maps, each read by a reader of its own, so that an item is as strict as the rest.
     *
     * @param example of such a list
     * @param read makes one item; the keys its reader knows are relative to the item
     */
    public <T> List<T> items(String key, String example, Function<SettingsReader, T> read, List<T> byDefault) {
        String expected = "a list of maps, as " + example;
        Optional<List<?>> items = read(
                key,
                expected,
                given -> given.value() instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)
                        ? Optional.of(list)
                        : Optional.empty());
        if (items.isEmpty()) {
            return byDefault;
        }
        String origin = sources.find(key).map(Given::origin).orElse("");
        List<T> values = new ArrayList<>();
        for (int i = 0; i < items.get().size(); i++) {
            Map<String, Object> item = new LinkedHashMap<>();
            ((Map<?, ?>) items.get().get(i)).forEach((name, value) -> item.put(String.valueOf(name), value));
            SettingsReader reader = new SettingsReader(SettingsSources.ofItem(item, origin));
            values.add(read.apply(reader));
            reader.noteUnknown();
            String path = key + "[" + i + "].";
            reader.faults.forEach(fault -> faults.add(path + fault));
            reader.known.forEach(name -> knownOfItems.add(key + "[]." + name));
        }
        return values;
    }

    /** A value that only the environment may give, for a command line and a file are read by others. */
    public Optional<Secret> secret(String key) {
        known.add(key);
        Optional<Given> given = sources.find(key);
        if (given.isPresent() && !given.get().origin().startsWith(SettingsSources.ENVIRONMENT)) {
            faults.add(key + ": (not shown) (expected: " + SettingsSources.variable(key) + ", or " + key
                    + "-file with the path of a file) from " + given.get().origin());
            return Optional.empty();
        }
        return given.map(Given::text).filter(text -> !text.isEmpty()).map(Secret::new);
    }

    /** Notes a secret that stands where others read it, and does not repeat it. */
    public void refuseSecret(String key, String expected) {
        known.add(key);
        sources.find(key)
                .ifPresent(
                        given -> faults.add(key + ": (not shown) (expected: " + expected + ") from " + given.origin()));
    }

    /** Variables of this shape are known even where nothing asks for them. */
    public void mayGoUnused(Pattern variables) {
        unused.add(variables);
    }

    /** Notes a fault that only the meaning of a value shows. */
    public void fault(String key, String expected) {
        Optional<String> text = sources.find(key).map(Given::text);
        fault(key, "", text, expected);
    }

    /**
     * Notes a fault of a part of what was given for a key, so that nobody has to look for it in all of it.
     *
     * @param place of the part, as {@code [2]} or {@code [2].pool}
     * @param part what stands there; empty for nothing
     */
    public void fault(String key, String place, Optional<String> part, String expected) {
        faults.add(key + place + ": " + part.map(SettingsReader::shown).orElse("not set") + " (expected: " + expected
                + ")"
                + sources.find(key).map(given -> " from " + given.origin()).orElse(""));
    }

    /** All keys that were asked for; those of items as {@code balancer.tcp[].port}. */
    Set<String> keys() {
        Set<String> keys = new TreeSet<>(known);
        keys.addAll(knownOfItems);
        return keys;
    }

    /**
     * Ends the reading.
     *
     * @throws SettingsException with every fault, if there is one
     */
    public void finish() {
        noteUnknown();
        if (!faults.isEmpty()) {
            throw new SettingsException(faults);
        }
    }

    static Optional<Duration> parseDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return text.equals("0") ? Optional.of(Duration.ZERO) : Optional.empty();
        }
        long unit = UNIT_MILLIS.getOrDefault(matcher.group(2), 0L);
        return Optional.of(Duration.ofMillis(Long.parseLong(matcher.group(1)) * unit));
    }

    private static Optional<BigDecimal> parseShare(String text) {
        Matcher matcher = SHARE.matcher(text);
        return matcher.matches() ? Optional.of(new BigDecimal(matcher.group(1)).movePointLeft(2)) : Optional.empty();
    }

    private static String percent(BigDecimal share) {
        return share.movePointRight(2).toBigInteger() + "%";
    }

    private <T> Optional<T> read(String key, String expected, Function<Given, Optional<T>> convert) {
        known.add(key);
        Optional<Given> given = sources.find(key);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> value = convert.apply(given.get());
        if (value.isEmpty()) {
            fault(key, expected);
        }
        return value;
    }

    private void noteUnknown() {
        Set<String> variables = new TreeSet<>();
        known.forEach(key -> variables.add(SettingsSources.variable(key)));
        sources.origins().forEach((name, origin) -> {
            boolean variable = origin.startsWith(SettingsSources.ENVIRONMENT);
            Set<String> candidates = variable ? variables : known;
            if (!candidates.contains(name) && !emptySection(name) && !mayGoUnused(name)) {
                faults.add(name + ": " + UnknownKey.fault(name, candidates, variable ? "_" : ".") + " from " + origin);
            }
        });
    }

    /** {@code cluster:} with nothing below it, as where all of it is commented out. */
    private boolean emptySection(String name) {
        return sources.find(name).filter(given -> given.value() == null).isPresent()
                && known.stream().anyMatch(key -> key.startsWith(name + "."));
    }

    private boolean mayGoUnused(String name) {
        return unused.stream().anyMatch(shape -> shape.matcher(name).matches());
    }

    /** On one line, and as much of it as is needed to know it again. */
    private static String shown(String value) {
        if (value.isBlank()) {
            return "(empty)";
        }
        String line = CONTROLS.matcher(value).replaceAll(" ");
        return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "…";
    }

    private static Predicate<Duration> within(Duration min, Duration max) {
        return duration -> duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0;
    }

    private static String written(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 3_600_000 == 0 && millis > 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0 && millis > 0) {
            return millis / 60_000 + "m";
        }
        if (millis % 1_000 == 0) {
            return millis / 1_000 + "s";
        }
        return millis + "ms";
    }
}
