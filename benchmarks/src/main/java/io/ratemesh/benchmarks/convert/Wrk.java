package io.ratemesh.benchmarks.convert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator: Debian's package {@code wrk}, one thread and 64 connections. */
final class Wrk {

    static final int CONNECTIONS = 64;

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
    record Load(long requests, double perSecond) {}

    /**
     * Checks that it is there.
     *
     * @throws IllegalStateException with how to get it
     */
    static void require() {
        try {
            output("wrk", "--version");
        } catch (IOException e) {
            throw new IllegalStateException(
                    "wrk is missing; install it (Debian, as root: apt install wrk; elsewhere https://github.com/wg/wrk)",
                    e);
        }
    }

    /**
     * Loads a server.
     *
     * @throws IllegalStateException where an answer was no success
     */
    static Load run(String url, int seconds) {
        try {
            return read(output("wrk", "-t1", "-c" + CONNECTIONS, "-d" + seconds + "s", url));
        } catch (IOException e) {
            throw new IllegalStateException("wrk cannot be run: " + e.getMessage(), e);
        }
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

    private static String output(String... command) throws IOException {
        Process process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
        return output;
    }
}
