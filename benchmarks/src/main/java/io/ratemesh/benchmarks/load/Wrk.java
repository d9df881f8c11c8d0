package io.ratemesh.benchmarks.load;

import io.ratemesh.benchmarks.process.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator wrk with one thread, which sends as many requests as the server handles. */
public final class Wrk {

    public static final Program PROGRAM = new Program("wrk", "wrk");

    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");
    private static final Map<String, Double> MICROS = Map.of("us", 1.0, "ms", 1e3, "s", 1e6);
    private static final Pattern ERRORS = Pattern.compile("(Non-2xx.*|Socket errors.*)");

    private Wrk() {}

    /**
     * The result of a load.
     *
     * @param requests completed
     * @param perSecond requests per second
     */
    public record Load(long requests, double perSecond) {}

    /**
     * Sends GET requests to a server.
     *
     * @throws IllegalStateException if a response is an error
     */
    public static Load run(LoadPlan plan, int port, int seconds) {
        return plan.paths().size() == 1
                ? parse(run(arguments(plan, port, seconds)))
                : scripted(WrkScript.get(plan.paths()), plan, port, seconds);
    }

    /**
     * The same over TLS, without verification of the certificate.
     *
     * @throws IllegalStateException if a response is an error
     */
    public static Load runTls(LoadPlan plan, int port, int seconds) {
        return parse(run(arguments("https", plan, port, seconds)));
    }

    /**
     * The result of a load with its latency, which wrk measures from when a request was sent.
     *
     * @param perSecond requests per second
     * @param p99Millis the 99th percentile
     */
    public record TimedLoad(double perSecond, double p99Millis) {}

    /**
     * Sends GET requests to a server, and measures their latency.
     *
     * @throws IllegalStateException if a response is an error
     */
    public static TimedLoad timed(LoadPlan plan, int port, int seconds) {
        List<String> arguments = new ArrayList<>(List.of("--latency"));
        arguments.addAll(arguments(plan, port, seconds));
        return parseTimed(run(arguments));
    }

    static TimedLoad parseTimed(String report) {
        double perSecond = parse(report).perSecond();
        Matcher p99 = P99.matcher(report);
        if (!p99.find()) {
            throw new IllegalStateException("the output of wrk has no latency: " + report);
        }
        return new TimedLoad(
                perSecond, Double.parseDouble(p99.group(1)) * MICROS.getOrDefault(p99.group(2), 0.0) / 1e3);
    }

    /**
     * Sends POST requests to a server.
     *
     * @param body of each request
     * @throws IllegalStateException if a response is an error
     */
    public static Load post(LoadPlan plan, String body, int port, int seconds) {
        return scripted(WrkScript.post(body), plan, port, seconds);
    }

    private static Load scripted(String script, LoadPlan plan, int port, int seconds) {
        try {
            Path file = Files.createTempFile("ratemesh-bench-", ".lua");
            try {
                List<String> arguments = new ArrayList<>(
                        List.of("-s", Files.writeString(file, script).toString()));
                arguments.addAll(arguments(plan, port, seconds));
                return parse(run(arguments));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(List<String> arguments) {
        return PROGRAM.output(arguments.toArray(String[]::new));
    }

    static List<String> arguments(LoadPlan plan, int port, int seconds) {
        return arguments("http", plan, port, seconds);
    }

    private static List<String> arguments(String scheme, LoadPlan plan, int port, int seconds) {
        List<String> arguments = new ArrayList<>(List.of("-t1", "-c" + plan.connections(), "-d" + seconds + "s"));
        // Its default of 2 s is too short for a server that is still cold.
        arguments.addAll(List.of("--timeout", "10s"));
        plan.headers().forEach(header -> arguments.addAll(List.of("-H", header)));
        arguments.add(scheme + "://127.0.0.1:" + port + plan.path());
        return arguments;
    }

    /** Parses a report of wrk. */
    static Load parse(String report) {
        Matcher requests = REQUESTS.matcher(report);
        Matcher rate = RATE.matcher(report);
        Matcher errors = ERRORS.matcher(report);
        if (errors.find()) {
            throw new IllegalStateException("wrk received errors: " + errors.group(1));
        }
        if (!requests.find() || !rate.find()) {
            throw new IllegalStateException("the output of wrk has no result: " + report);
        }
        return new Load(Long.parseLong(requests.group(1)), Double.parseDouble(rate.group(1)));
    }
}
