package io.ratemesh.node.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code check}: the health checks of a server.
 *
 * @param kind what a check does
 * @param path the request target of an HTTP check
 * @param expected the statuses of a successful HTTP check
 * @param interval from one check to the next
 * @param fastInterval the same while the server is between up and down
 * @param timeout how long a check may take
 * @param rise successful checks in a row until the server is up
 * @param fall failed checks in a row until it is down
 * @param http the request of an HTTP check, and what its response must have
 * @param agent what the server says itself of its state and weight, besides the check; empty for nothing
 */
public record CheckSettings(
        Kind kind,
        String path,
        Statuses expected,
        Duration interval,
        Duration fastInterval,
        Duration timeout,
        int rise,
        int fall,
        HttpCheckSettings http,
        Optional<AgentSettings> agent) {

    /** Without an agent. */
    public CheckSettings(
            Kind kind,
            String path,
            Statuses expected,
            Duration interval,
            Duration fastInterval,
            Duration timeout,
            int rise,
            int fall,
            HttpCheckSettings http) {
        this(kind, path, expected, interval, fastInterval, timeout, rise, fall, http, Optional.empty());
    }

    /** With a GET request of which only the status counts. */
    public CheckSettings(
            Kind kind,
            String path,
            Statuses expected,
            Duration interval,
            Duration fastInterval,
            Duration timeout,
            int rise,
            int fall) {
        this(kind, path, expected, interval, fastInterval, timeout, rise, fall, HttpCheckSettings.DEFAULT);
    }

    /** What a check does. */
    public enum Kind {
        /** Sends a request; a response with an expected status and body is a success. */
        HTTP,
        /** Asks by {@code grpc.health.v1.Health/Check}, over HTTP/2; SERVING is a success. */
        GRPC,
        /** Opens a connection; an accepted one is a success. */
        TCP,
        /** Nothing: the server is up until requests to it fail. */
        NONE
    }

    /** A range of statuses, both ends included. */
    public record Statuses(int from, int to) {

        private static final Pattern STATUSES = Pattern.compile("([1-5]\\d\\d)(?:-([1-5]\\d\\d))?");

        public boolean include(int status) {
            return status >= from && status <= to;
        }

        @Override
        public String toString() {
            return from == to ? String.valueOf(from) : from + "-" + to;
        }

        static Optional<Statuses> parse(String text) {
            Matcher matcher = STATUSES.matcher(text);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            int from = Integer.parseInt(matcher.group(1));
            int to = matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
            return from <= to ? Optional.of(new Statuses(from, to)) : Optional.empty();
        }
    }

    private static final Map<String, Kind> KINDS =
            Map.of("http", Kind.HTTP, "grpc", Kind.GRPC, "tcp", Kind.TCP, "none", Kind.NONE);

    /** The default for nodes of the cluster: their readiness, checked each second. */
    static final CheckSettings OF_OWN_NODES = new CheckSettings(
            Kind.HTTP,
            "/health/ready",
            new Statuses(200, 200),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            2,
            3);

    /** The default for listed servers: whether they accept connections. */
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
     * @param byDefault the defaults; where {@code path} or another key of the request is given, the default of {@code type} is HTTP
     */
    static CheckSettings read(SettingsReader reader, CheckSettings byDefault) {
        Optional<String> path = reader.optionalText("path");
        if (path.filter(p -> !p.startsWith("/")).isPresent()) {
            reader.fault("path", "is not a valid path", "use a path that begins with /");
        }
        reader.use("path", byDefault.path());
        reader.use("expect", byDefault.expected().toString());
        HttpCheckSettings http = HttpCheckSettings.read(reader);
        boolean ofHttp = path.isPresent() || !http.equals(HttpCheckSettings.DEFAULT);
        Duration interval =
                reader.duration("interval", Duration.ofMillis(100), Duration.ofHours(1), byDefault.interval());
        Duration fast = byDefault.fastInterval().compareTo(interval) < 0 ? byDefault.fastInterval() : interval;
        Kind kind = reader.oneOf("type", KINDS, ofHttp ? Kind.HTTP : byDefault.kind());
        if (!http.service().isEmpty() && kind != Kind.GRPC) {
            reader.fault("service", "needs a gRPC check", "set type: grpc");
        }
        if (kind != Kind.HTTP) {
            List.of("path", "expect", "method").forEach(reader::withoutEffect);
        }
        return new CheckSettings(
                kind,
                path.orElse(byDefault.path()),
                expected(reader, byDefault.expected()),
                interval,
                reader.duration("fast-interval", Duration.ofMillis(100), Duration.ofHours(1), fast),
                reader.duration("timeout", Duration.ofMillis(50), Duration.ofMinutes(1), byDefault.timeout()),
                reader.number("rise", 1, 100, byDefault.rise()),
                reader.number("fall", 1, 100, byDefault.fall()),
                http,
                AgentSettings.read(reader.in("agent")));
    }

    private static Statuses expected(SettingsReader reader, Statuses byDefault) {
        Optional<String> given = reader.optionalText("expect");
        if (given.isEmpty()) {
            return byDefault;
        }
        return Statuses.parse(given.get()).orElseGet(() -> {
            reader.fault("expect", "is not a valid status", "use a status such as 200, or a range such as 200-399");
            return byDefault;
        });
    }
}
