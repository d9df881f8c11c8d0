package io.ratemesh.node.settings;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code check}: how a balancer asks a server whether it is well.
 *
 * @param kind what asking is
 * @param path what is asked for over HTTP
 * @param expected the statuses that are well
 * @param interval from one question to the next
 * @param fastInterval the same while in doubt: between up and down, either way
 * @param timeout how long an answer may take
 * @param rise good answers in a row until it is up
 * @param fall bad answers in a row until it is down
 */
public record CheckSettings(
        Kind kind,
        String path,
        Statuses expected,
        Duration interval,
        Duration fastInterval,
        Duration timeout,
        int rise,
        int fall) {

    /** What asking is. */
    public enum Kind {
        /** A request, answered with an expected status. */
        HTTP,
        /** A connection, accepted. */
        TCP,
        /** Nothing is asked: it counts as well until requests fail there. */
        NONE
    }

    /** Statuses from one to another, both included. */
    public record Statuses(int from, int to) {

        private static final Pattern WRITTEN = Pattern.compile("([1-5]\\d\\d)(?:-([1-5]\\d\\d))?");

        /** Whether a status is one of them. */
        public boolean include(int status) {
            return status >= from && status <= to;
        }

        @Override
        public String toString() {
            return from == to ? String.valueOf(from) : from + "-" + to;
        }

        static Optional<Statuses> parse(String text) {
            Matcher matcher = WRITTEN.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            int from = Integer.parseInt(matcher.group(1));
            int to = matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
            return from <= to ? Optional.of(new Statuses(from, to)) : Optional.empty();
        }
    }

    private static final Map<String, Kind> KINDS = Map.of("http", Kind.HTTP, "tcp", Kind.TCP, "none", Kind.NONE);

    /** Of our own nodes: ready or not, at once. */
    static final CheckSettings OF_OWN_NODES = new CheckSettings(
            Kind.HTTP,
            "/health/ready",
            new Statuses(200, 200),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            2,
            3);

    /** Of servers of which nothing is known: whether they accept connections. */
    static final CheckSettings OF_OTHERS = new CheckSettings(
            Kind.TCP,
            "/",
            new Statuses(200, 399),
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            2,
            3);

    /**
     * Reads a check.
     *
     * @param key of the section
     * @param byDefault what holds where nothing is said; a path alone makes it one over HTTP
     */
    static CheckSettings read(SettingsReader reader, String key, CheckSettings byDefault) {
        Optional<String> path = reader.optionalText(key + ".path");
        if (path.filter(p -> !p.startsWith("/")).isPresent()) {
            reader.fault(key + ".path", "a path that begins with /");
        }
        Duration interval =
                reader.duration(key + ".interval", Duration.ofMillis(100), Duration.ofHours(1), byDefault.interval());
        Duration fast = byDefault.fastInterval().compareTo(interval) < 0 ? byDefault.fastInterval() : interval;
        return new CheckSettings(
                reader.oneOf(key + ".type", KINDS, path.isPresent() ? Kind.HTTP : byDefault.kind()),
                path.orElse(byDefault.path()),
                expected(reader, key + ".expect", byDefault.expected()),
                interval,
                reader.duration(key + ".fast-interval", Duration.ofMillis(100), Duration.ofHours(1), fast),
                reader.duration(key + ".timeout", Duration.ofMillis(50), Duration.ofMinutes(1), byDefault.timeout()),
                reader.number(key + ".rise", 1, 100, byDefault.rise()),
                reader.number(key + ".fall", 1, 100, byDefault.fall()));
    }

    private static Statuses expected(SettingsReader reader, String key, Statuses byDefault) {
        Optional<String> given = reader.optionalText(key);
        if (given.isEmpty()) {
            return byDefault;
        }
        return Statuses.parse(given.get()).orElseGet(() -> {
            reader.fault(key, "a status or a range of them, as 200 or 200-399");
            return byDefault;
        });
    }
}
