package io.ratemesh.node.settings;

import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.settings.SettingsSources.Given;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads typed values of one section. An invalid value is recorded and the default is used, so that one start reports all
 * faults; {@link #finish} throws them. Keys are relative to the section.
 */
final class SettingsReader {

    private static final int MAX_PORT = 65_535;

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,10})(B|KiB|MiB|GiB)?");
    private static final Map<String, Integer> UNIT_SHIFT = Map.of("B", 0, "KiB", 10, "MiB", 20, "GiB", 30);
    private static final Pattern PERCENTAGE = Pattern.compile("(\\d{1,3})%");
    private static final Map<String, Long> UNIT_MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

    private final SettingsSources sources;
    private final SettingsFaults faults;
    private final EffectiveValues effective;
    private final String prefix;

    SettingsReader(SettingsSources sources) {
        this(sources, new SettingsFaults(sources), new EffectiveValues(), "");
    }

    private SettingsReader(SettingsSources sources, SettingsFaults faults, EffectiveValues effective, String prefix) {
        this.sources = sources;
        this.faults = faults;
        this.effective = effective;
        this.prefix = prefix;
    }

    /** A reader of the keys below {@code section}; faults are recorded with those of this reader. */
    SettingsReader in(String section) {
        return new SettingsReader(sources, faults, effective, prefix + section + ".");
    }

    /** What was given for the key, as text. */
    Optional<String> given(String key) {
        return sources.find(prefix + key).map(Given::text);
    }

    String text(String key, String byDefault) {
        return orDefault(key, optionalText(key), byDefault, byDefault);
    }

    Optional<String> optionalText(String key) {
        return read(key, "text", "one value that is not empty", given -> {
            boolean scalar = given.value() != null && !(given.value() instanceof List);
            return scalar && !given.text().isBlank() ? Optional.of(given.text()) : Optional.empty();
        });
    }

    /** An address or a host name to listen on. Brackets around an IPv6 address are removed; its zone stays. */
    String bind(String key, String byDefault) {
        String text = text(key, byDefault);
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        return bare.indexOf('%') < 0 ? IpAddresses.text(bare) : bare;
    }

    /** The path of a file or a folder, which need not exist. */
    Optional<Path> path(String key) {
        return optionalText(key).flatMap(text -> {
            try {
                return Optional.of(Path.of(text));
            } catch (InvalidPathException e) {
                fault(key, "is not a valid path", "use the path of a file or a folder");
                return Optional.empty();
            }
        });
    }

    /** The same with a default. */
    Path path(String key, Path byDefault) {
        return orDefault(key, path(key), byDefault, byDefault.toString());
    }

    boolean flag(String key, boolean byDefault) {
        Optional<Boolean> flag = read(
                key,
                "value",
                "true or false",
                given -> given.value() instanceof Boolean value ? Optional.of(value) : Optional.empty());
        return orDefault(key, flag, byDefault, byDefault);
    }

    /** A whole number from {@code min} to {@code max}, both included. */
    int number(String key, int min, int max, int byDefault) {
        return number(key, "number", min, max, byDefault);
    }

    /** A port; 0 is any free port. */
    int port(String key, int byDefault) {
        return number(key, "port", 0, MAX_PORT, byDefault);
    }

    private int number(String key, String kind, int min, int max, int byDefault) {
        Optional<Integer> number =
                read(key, kind, "a number from " + min + " to " + max, given -> within(given, min, max));
        return orDefault(key, number, byDefault, byDefault);
    }

    /** A whole number, or {@code auto}, which is empty. */
    Optional<Integer> numberOrAuto(String key, int min, int max) {
        Optional<Integer> number = read(
                key,
                "number",
                "auto or a number from " + min + " to " + max,
                given -> "auto".equals(given.value()) ? Optional.of(0) : within(given, min, max));
        return Optional.of(orDefault(key, number, 0, "auto")).filter(n -> n > 0);
    }

    /** A duration such as {@code 250ms}, {@code 2s}, {@code 1m} or {@code 26h}; zero needs no unit. */
    Duration duration(String key, Duration min, Duration max, Duration byDefault) {
        Optional<Duration> duration = read(
                key,
                "duration",
                "a duration from " + written(min) + " to " + written(max) + ", such as 250ms, 2s, 1m or 26h",
                given -> parseDuration(given.text())
                        .filter(parsed -> parsed.compareTo(min) >= 0 && parsed.compareTo(max) <= 0));
        return orDefault(key, duration, byDefault, written(byDefault));
    }

    /**
     * A lower and an upper bound, the lower one from 100 ms to 1 h, the upper one from 100 ms to 24 h. Where only one of them
     * is given, the default of the other gives way.
     */
    Bounds bounds(String minKey, String maxKey, Duration defaultMin, Duration defaultMax) {
        Duration max = duration(maxKey, Duration.ofMillis(100), Duration.ofHours(24), defaultMax);
        Duration min = duration(
                minKey, Duration.ofMillis(100), Duration.ofHours(1), defaultMin.compareTo(max) < 0 ? defaultMin : max);
        if (max.compareTo(min) >= 0) {
            return new Bounds(min, max);
        }
        effective.remove(prefix + maxKey);
        if (given(maxKey).isPresent()) {
            fault(maxKey, "is less than " + prefix + minKey, "use at least " + written(min));
        }
        return new Bounds(min, min);
    }

    /** Two durations, the first not longer than the second. */
    record Bounds(Duration min, Duration max) {}

    /** A percentage such as {@code 20%}, as a whole number from {@code min} to {@code max}. */
    int percentage(String key, int min, int max, int byDefault) {
        Optional<Integer> percentage = read(
                key,
                "percentage",
                "a percentage from " + min + "% to " + max + "%, such as 20%",
                given -> Optional.of(PERCENTAGE.matcher(given.text()))
                        .filter(Matcher::matches)
                        .map(matcher -> Integer.parseInt(matcher.group(1)))
                        .filter(value -> value >= min && value <= max));
        return orDefault(key, percentage, byDefault, byDefault + "%");
    }

    /** A size such as {@code 512B}, {@code 1KiB} or {@code 4MiB}, in bytes; without a unit it is bytes. */
    int size(String key, int min, int max, int byDefault) {
        Optional<Integer> size = read(
                key,
                "size",
                "a size from " + writtenSize(min) + " to " + writtenSize(max) + ", such as 512B, 1KiB or 4MiB",
                given -> parseSize(given.text())
                        .filter(bytes -> bytes >= min && bytes <= max)
                        .map(Long::intValue));
        return orDefault(key, size, byDefault, writtenSize(byDefault));
    }

    /** The value of one of the words in {@code options}. */
    <T> T oneOf(String key, Map<String, T> options, T byDefault) {
        return orDefault(key, optionalOneOf(key, options), byDefault, word(options, byDefault));
    }

    <T> Optional<T> optionalOneOf(String key, Map<String, T> options) {
        return read(
                key,
                "value",
                "one of " + String.join(", ", new TreeSet<>(options.keySet())),
                given -> Optional.ofNullable(options.get(given.text())));
    }

    /**
     * The names of the sections below {@code section}, in the given order. Of environment variables only one that is a map can
     * add a name: the spelling of the others is ambiguous.
     */
    List<String> names(String section) {
        String start = prefix + section + ".";
        return sources.keysBelow(prefix + section).stream()
                .map(key -> key.substring(start.length()).split("\\.", 2)[0])
                .distinct()
                .toList();
    }

    /** The texts of a section whose keys are free, such as fields by name, in the given order. */
    Map<String, String> entries(String section) {
        read(
                section,
                "section",
                "a map such as {name: value}",
                given -> Optional.ofNullable(given.value()).filter(Map.class::isInstance));
        String start = prefix + section + ".";
        Map<String, String> entries = new LinkedHashMap<>();
        for (String key : sources.keysBelow(prefix + section)) {
            String name = key.substring(start.length());
            optionalText(section + "." + name).ifPresent(text -> entries.put(name, text));
        }
        return entries;
    }

    /** A text with variables of a request; records a fault where it has an unknown one. */
    Optional<TextTemplate> template(String key, String text, Set<TextTemplate.Variable> known) {
        Optional<TextTemplate> template = TextTemplate.parse(text, known);
        if (template.isEmpty()) {
            fault(key, "has an unknown variable", "use " + TextTemplate.list(known));
        }
        return template;
    }

    List<String> texts(String key, List<String> byDefault) {
        Optional<List<String>> texts = read(
                key,
                "list",
                "a list such as [\"a\", \"b\"]",
                given -> given.value() instanceof List<?> list
                        ? Optional.of(list.stream().map(String::valueOf).toList())
                        : Optional.empty());
        return orDefault(key, texts, byDefault, byDefault);
    }

    /** A list, or one value without brackets. */
    List<String> oneOrMore(String key) {
        boolean one = sources.find(prefix + key)
                .filter(given -> given.value() != null && !(given.value() instanceof List))
                .isPresent();
        return one ? List.of(text(key, "")) : texts(key, List.of());
    }

    /** A list of networks and addresses. */
    List<AddressRange> networks(String key, List<String> byDefault) {
        List<AddressRange> networks = new ArrayList<>();
        List<String> written = texts(key, byDefault);
        for (int i = 0; i < written.size(); i++) {
            Optional<AddressRange> network = AddressRange.parse(written.get(i));
            network.ifPresent(networks::add);
            if (network.isEmpty()) {
                fault(
                        key,
                        "[" + i + "]",
                        Optional.of(written.get(i)),
                        "is not a valid network",
                        "use addresses and networks such as [\"10.0.0.0/8\", \"fd00::/8\", \"192.0.2.7\"]");
            }
        }
        return List.copyOf(networks);
    }

    /**
     * A list of maps. Each item has a reader of its own, so that its keys are checked as strictly as others.
     *
     * @param example such a list
     * @param read makes one item of it
     */
    <T> List<T> items(String key, String example, Function<SettingsReader, T> read, List<T> byDefault) {
        Optional<List<?>> items = read(
                key,
                "list",
                "a list of maps such as " + example,
                given -> given.value() instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)
                        ? Optional.of(list)
                        : Optional.empty());
        if (items.isEmpty()) {
            return byDefault;
        }
        String origin = sources.find(prefix + key).map(Given::origin).orElse("");
        List<T> values = new ArrayList<>();
        List<Map<String, Object>> written = new ArrayList<>();
        for (int i = 0; i < items.get().size(); i++) {
            Map<String, Object> item = new LinkedHashMap<>();
            ((Map<?, ?>) items.get().get(i)).forEach((name, value) -> item.put(String.valueOf(name), value));
            SettingsReader reader = new SettingsReader(SettingsSources.ofItem(item, origin));
            values.add(read.apply(reader));
            faults.addItem(prefix + key, i, reader.faults);
            written.add(reader.effective.tree());
        }
        effective.put(prefix + key, written, Optional.of(origin));
        return values;
    }

    /** A value that only an environment variable may give: other users can read a command line, and often a file. */
    Optional<Secret> secret(String key) {
        String full = prefix + key;
        faults.know(full);
        Optional<Given> given = sources.find(full);
        if (given.isPresent() && !given.get().origin().startsWith(SettingsSources.ENVIRONMENT)) {
            rejectSecret(key, SettingsSources.variable(full), full + "-file");
            return Optional.empty();
        }
        return given.map(Given::text).filter(text -> !text.isEmpty()).map(Secret::new);
    }

    /** Records a fault where the key is given at all, without its value. */
    void rejectSecret(String key, String variable, String fileKey) {
        String full = prefix + key;
        faults.know(full);
        sources.find(full)
                .ifPresent(given -> faults.add(full + ": a secret must not be given here (value not shown); use the"
                        + " environment variable " + variable + ", or " + fileKey + " with the path of a file (from "
                        + given.origin() + ")"));
    }

    /** Accepts environment variables of this form even where no setting has them. */
    void acceptVariables(Pattern variables) {
        faults.acceptVariables(variables);
    }

    /** Records a fault of a value that has the right type. */
    void fault(String key, String problem, String remedy) {
        fault(key, "", given(key), problem, remedy);
    }

    /**
     * Records a fault of a part of a value.
     *
     * @param place of the part, such as {@code [2]} or {@code [2].pool}
     * @param part the value there; empty if there is none
     * @param problem continues a sentence that begins with the value
     * @param remedy what to do
     */
    void fault(String key, String place, Optional<String> part, String problem, String remedy) {
        String full = prefix + key;
        faults.add(full + place, part, problem, remedy, sources.find(full).map(Given::origin));
    }

    /** Notes the value in force of a key without a default here, as it is written in a settings file. */
    void use(String key, Object written) {
        effective.putDefault(prefix + key, written);
    }

    /** Notes that a key has no effect. */
    void withoutEffect(String key) {
        effective.remove(prefix + key);
    }

    /** Notes that the section of this reader has no effect. */
    void withoutEffect() {
        effective.removeBelow(prefix);
    }

    /** The values in force, as far as they were read. */
    EffectiveValues effective() {
        return effective;
    }

    /** All keys that were read; those of items as {@code balancer.tcp[].port}. */
    Set<String> keys() {
        return faults.keys();
    }

    /**
     * Ends the reading.
     *
     * @throws SettingsException with all faults, unknown keys included, if there are any
     */
    void finish() {
        List<String> all = faults.all();
        if (!all.isEmpty()) {
            throw new SettingsException(all);
        }
    }

    /** Ends the reading as {@link #finish} does, and returns the faults. */
    List<String> finishWithFaults() {
        return faults.all();
    }

    static Optional<Duration> parseDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return text.equals("0") ? Optional.of(Duration.ZERO) : Optional.empty();
        }
        long unit = UNIT_MILLIS.getOrDefault(matcher.group(2), 0L);
        return Optional.of(Duration.ofMillis(Long.parseLong(matcher.group(1)) * unit));
    }

    private <T> Optional<T> read(String key, String kind, String accepted, Function<Given, Optional<T>> convert) {
        faults.know(prefix + key);
        Optional<Given> given = sources.find(prefix + key);
        Optional<T> value = given.flatMap(convert);
        if (given.isPresent() && value.isEmpty()) {
            fault(key, "is not a valid " + kind, "use " + accepted);
        }
        given.filter(ignored -> value.isPresent())
                .ifPresent(from ->
                        effective.put(prefix + key, Objects.requireNonNull(from.value()), Optional.of(from.origin())));
        return value;
    }

    private <T> T orDefault(String key, Optional<T> value, T byDefault, Object written) {
        effective.putDefault(prefix + key, written);
        return value.orElse(byDefault);
    }

    private static <T> String word(Map<String, T> options, T value) {
        return options.entrySet().stream()
                .filter(option -> option.getValue().equals(value))
                .map(Map.Entry::getKey)
                .min(Comparator.naturalOrder())
                .orElse(String.valueOf(value));
    }

    private static Optional<Integer> within(Given given, int min, int max) {
        return given.value() instanceof Integer number && number >= min && number <= max
                ? Optional.of(number)
                : Optional.empty();
    }

    private static Optional<Long> parseSize(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2);
        int shift = unit == null ? 0 : UNIT_SHIFT.getOrDefault(unit, 0);
        return Optional.of(Long.parseLong(matcher.group(1)) << shift);
    }

    private static String writtenSize(int bytes) {
        for (String unit : List.of("GiB", "MiB", "KiB")) {
            int shift = UNIT_SHIFT.getOrDefault(unit, 0);
            if (bytes > 0 && bytes % (1 << shift) == 0) {
                return (bytes >> shift) + unit;
            }
        }
        return bytes + "B";
    }

    static String written(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 3_600_000 == 0 && millis > 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0 && millis > 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }
}
