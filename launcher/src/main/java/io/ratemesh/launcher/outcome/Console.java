package io.ratemesh.launcher.outcome;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * The output of a command: results to {@code out}, errors to {@code err}.
 *
 * @param clock for the seconds in progress lines
 * @param startedAt the start of the command
 */
public record Console(PrintStream out, PrintStream err, InstantSource clock, Instant startedAt) {

    public static Console ofThisProcess() {
        return new Console(
                System.out,
                System.err,
                InstantSource.system(),
                InstantSource.system().instant());
    }

    public void print(String line) {
        out.println(line);
        out.flush();
    }

    /** Prints a line with the seconds since the start of the command. */
    public void progress(String line) {
        print(String.format(Locale.ROOT, "%5.1f s  %s", seconds(), line));
    }

    public void printError(String line) {
        err.println(line);
        err.flush();
    }

    public double seconds() {
        return Duration.between(startedAt, clock.instant()).toMillis() / 1000.0;
    }
}
