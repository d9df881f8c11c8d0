package io.ratemesh.launcher.outcome;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * What a command says: answers to {@code out}, complaints to {@code err}.
 *
 * @param clock for the seconds in front of the progress lines
 * @param began when the command did
 */
public record Console(PrintStream out, PrintStream err, InstantSource clock, Instant began) {

    public static Console ofThisProcess() {
        return new Console(
                System.out,
                System.err,
                InstantSource.system(),
                InstantSource.system().instant());
    }

    public void say(String line) {
        out.println(line);
        out.flush();
    }

    /** A line of a longer work, with the seconds it took so far. */
    public void progress(String line) {
        say(String.format(Locale.ROOT, "%5.1f s  %s", seconds(), line));
    }

    public void complain(String line) {
        err.println(line);
        err.flush();
    }

    public double seconds() {
        return Duration.between(began, clock.instant()).toMillis() / 1000.0;
    }
}
