package io.ratemesh.launcher.outcome;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The output of a command: results and progress to {@code out}, errors to {@code err}. What a command waits for is one line that is
 * rewritten on a terminal, and elsewhere a line after every ten seconds without another. Thread-safe.
 */
public final class Console {

    /** Set by the script if its output is a terminal. */
    private static final String TERMINAL = "ratemesh.terminal";

    private static final String CLEAR_LINE = "\r\u001b[K";

    /** A longer line would wrap, and only its end would be rewritten. */
    private static final int WIDTH = 79;

    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final PrintStream out;
    private final PrintStream err;
    private final InstantSource clock;
    private final boolean terminal;
    private final Instant startedAt;
    private Instant lastLine;
    private String live = "";

    /** Starts with the command: {@code clock} is for the seconds in progress lines. */
    public Console(PrintStream out, PrintStream err, InstantSource clock, boolean terminal) {
        this.out = out;
        this.err = err;
        this.clock = clock;
        this.terminal = terminal;
        this.startedAt = clock.instant();
        this.lastLine = startedAt;
    }

    public static Console ofThisProcess() {
        return new Console(System.out, System.err, InstantSource.system(), Boolean.getBoolean(TERMINAL));
    }

    public PrintStream out() {
        return out;
    }

    public PrintStream err() {
        return err;
    }

    public InstantSource clock() {
        return clock;
    }

    /** The JVM option with which another process finds out whether this output is a terminal. */
    public String terminalOption() {
        return "-D" + TERMINAL + "=" + terminal;
    }

    public void print(String line) {
        printTo(out, line);
    }

    /** Prints a line with the seconds since the start of the command. */
    public void progress(String line) {
        print(timed(line));
    }

    public void printError(String line) {
        printTo(err, line);
    }

    public double seconds() {
        return Duration.between(startedAt, clock.instant()).toMillis() / 1000.0;
    }

    /**
     * Polls until the condition holds, and shows what is awaited.
     *
     * @param subject what is awaited, such as {@code converter-1}
     * @return false after the timeout
     */
    public boolean await(Duration timeout, Supplier<String> subject, BooleanSupplier condition) {
        try {
            return Polling.within(timeout).until(() -> {
                boolean holds = condition.getAsBoolean();
                if (!holds) {
                    showAwaited("waiting for " + subject.get());
                }
                return holds;
            });
        } finally {
            clear();
        }
    }

    private synchronized void showAwaited(String text) {
        if (terminal) {
            String line = timed(text);
            line = line.substring(0, Math.min(WIDTH, line.length()));
            if (!line.equals(live)) {
                out.print(CLEAR_LINE + line);
                out.flush();
                live = line;
            }
        } else if (Duration.between(lastLine, clock.instant()).compareTo(SILENCE) >= 0) {
            progress(text);
        }
    }

    private synchronized void printTo(PrintStream stream, String line) {
        clear();
        stream.println(line);
        stream.flush();
        lastLine = clock.instant();
    }

    private synchronized void clear() {
        if (!live.isEmpty()) {
            out.print(CLEAR_LINE);
            out.flush();
            live = "";
        }
    }

    private String timed(String line) {
        return String.format(Locale.ROOT, "%5.1f s  %s", seconds(), line);
    }
}
