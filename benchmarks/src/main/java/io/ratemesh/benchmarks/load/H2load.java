package io.ratemesh.benchmarks.load;

import io.ratemesh.benchmarks.process.Program;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator h2load with one thread, which sends as many requests over TLS as the server handles. */
public final class H2load {

    public static final Program PROGRAM = new Program("h2load", "nghttp2-client");

    private static final Pattern RATE = Pattern.compile("finished in [^,]+, ([0-9.]+) req/s");
    private static final Pattern COUNTS = Pattern.compile(
            "requests: \\d+ total, \\d+ started, (\\d+) done, (\\d+) succeeded, (\\d+) failed, (\\d+) errored, (\\d+) timeout");
    private static final Pattern STATUSES = Pattern.compile("status codes: (\\d+) 2xx.*");
    private static final Pattern PROTOCOL = Pattern.compile("Application protocol: (\\S+)");

    /** The version of HTTP, by its name in ALPN. */
    public enum Version {
        HTTP_1_1("http/1.1", 1),
        HTTP_2("h2", 10);

        private final String alpn;
        private final int requestsInFlight;

        Version(String alpn, int requestsInFlight) {
            this.alpn = alpn;
            this.requestsInFlight = requestsInFlight;
        }
    }

    private H2load() {}

    /**
     * Sends GET requests of the first path to a server, over HTTP/2 ten at a time on each connection.
     *
     * @throws IllegalStateException if a response is an error, or if the server has chosen another version
     */
    public static Wrk.Load run(Version version, LoadPlan plan, int port, int seconds) {
        return parse(
                version, PROGRAM.output(arguments(version, plan, port, seconds).toArray(String[]::new)));
    }

    static List<String> arguments(Version version, LoadPlan plan, int port, int seconds) {
        return List.of(
                "-t1",
                "-c" + plan.connections(),
                "-m" + version.requestsInFlight,
                "-D" + seconds,
                "--npn-list=" + version.alpn,
                "https://127.0.0.1:" + port + plan.path());
    }

    /** Parses a report of h2load. */
    static Wrk.Load parse(Version version, String report) {
        Matcher rate = RATE.matcher(report);
        Matcher counts = COUNTS.matcher(report);
        Matcher statuses = STATUSES.matcher(report);
        Matcher protocol = PROTOCOL.matcher(report);
        if (!rate.find() || !counts.find() || !statuses.find() || !protocol.find()) {
            throw new IllegalStateException("the output of h2load has no result: " + report.strip());
        }
        if (!protocol.group(1).equals(version.alpn)) {
            throw new IllegalStateException(
                    "the server has chosen " + protocol.group(1) + " (expected: " + version.alpn + ")");
        }
        long done = Long.parseLong(counts.group(1));
        boolean failed = List.of(3, 4, 5).stream().anyMatch(group -> Long.parseLong(counts.group(group)) > 0);
        if (failed || done == 0 || Long.parseLong(statuses.group(1)) != done) {
            throw new IllegalStateException("h2load received errors: " + counts.group() + "; " + statuses.group());
        }
        return new Wrk.Load(done, Double.parseDouble(rate.group(1)));
    }
}
