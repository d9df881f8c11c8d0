package io.ratemesh.benchmarks.load;

import io.ratemesh.benchmarks.process.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator: Debian's package {@code wrk}, one thread, as many requests as are answered. */
public final class Wrk {

    private static final Program PROGRAM = new Program("wrk", "wrk");

    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern WRONG = Pattern.compile("(Non-2xx.*|Socket errors.*)");

    private Wrk() {}

    /**
     * What it counted.
     *
     * @param requests answered
     * @param perSecond of them
     */
    public record Load(long requests, double perSecond) {}

    /**
     * Checks that it is there.
     *
     * @throws IllegalStateException with how to get it
     */
    public static void require() {
        PROGRAM.require();
    }

    /**
     * Loads a server.
     *
     * @throws IllegalStateException where an answer was no success
     */
    public static Load run(LoadPlan aim, int port, int seconds) {
        return read(PROGRAM.output(arguments(aim, port, seconds).toArray(String[]::new)));
    }

    /**
     * Loads a server with POST instead of GET.
     *
     * @param bodyBytes of each request
     * @param folder where a script for it may lie
     * @throws IllegalStateException where an answer was no success
     */
    public static Load post(LoadPlan aim, int bodyBytes, Path folder, int port, int seconds) {
        List<String> arguments =
                new ArrayList<>(List.of("-s", script(bodyBytes, folder).toString()));
        arguments.addAll(arguments(aim, port, seconds));
        return read(PROGRAM.output(arguments.toArray(String[]::new)));
    }

    private static Path script(int bodyBytes, Path folder) {
        try {
            return Files.writeString(
                    folder.resolve("post.lua"),
                    "wrk.method = \"POST\"\nwrk.body = string.rep(\"x\", " + bodyBytes + ")\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> arguments(LoadPlan aim, int port, int seconds) {
        List<String> arguments = new ArrayList<>(List.of("-t1", "-c" + aim.connections(), "-d" + seconds + "s"));
        // Its own limit of 2 s would count an answer as lost that only waited for a cold server.
        arguments.addAll(List.of("--timeout", "10s"));
        aim.headers().forEach(header -> arguments.addAll(List.of("-H", header)));
        arguments.add("http://127.0.0.1:" + port + aim.path());
        return arguments;
    }

    /** What a report of wrk says. */
    static Load read(String report) {
        Matcher requests = REQUESTS.matcher(report);
        Matcher rate = RATE.matcher(report);
        Matcher wrong = WRONG.matcher(report);
        if (wrong.find()) {
            throw new IllegalStateException("wrk was answered with errors: " + wrong.group(1));
        }
        if (!requests.find() || !rate.find()) {
            throw new IllegalStateException("wrk said nothing that reads: " + report);
        }
        return new Load(Long.parseLong(requests.group(1)), Double.parseDouble(rate.group(1)));
    }
}
