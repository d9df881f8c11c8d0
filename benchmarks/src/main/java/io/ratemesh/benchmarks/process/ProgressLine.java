package io.ratemesh.benchmarks.process;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * The current step of a benchmark and the seconds since its start: on a terminal one line that is rewritten, elsewhere a line for a
 * step that begins at least ten seconds after the last line. Thread-safe.
 */
public final class ProgressLine {

    private static final String CLEAR_LINE = "\r\u001b[K";

    /** A longer line would wrap, and only its end would be rewritten. */
    private static final int WIDTH = 79;

    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** The launcher sets the property if its output is a terminal. */
    private static final ProgressLine OF_THIS_PROCESS =
            new ProgressLine(System.out, System::nanoTime, Boolean.getBoolean("ratemesh.terminal"));

    private final PrintStream out;
    private final LongSupplier nanoTime;
    private final boolean terminal;
    private final long begin;
    private long lastLine;
    private String step = "";

    ProgressLine(PrintStream out, LongSupplier nanoTime, boolean terminal) {
        this.out = out;
        this.nanoTime = nanoTime;
        this.terminal = terminal;
        this.begin = nanoTime.getAsLong();
        this.lastLine = begin;
    }

    /** Begins a step, which lasts until the next one or until a line is printed. */
    public static void step(String step) {
        OF_THIS_PROCESS.begin(step);
    }

    /** Prints a line that stays. */
    public static void print(String line) {
        OF_THIS_PROCESS.end(System.out, line);
    }

    /** Prints an error that stays. */
    public static void printError(String line) {
        OF_THIS_PROCESS.end(System.err, line);
    }

    /** Counts the seconds of the steps until the process ends. Called once. */
    public static void startClock() {
        Thread clock = new Thread(
                () -> {
                    while (true) {
                        Delay.sleep(PERIOD);
                        OF_THIS_PROCESS.refresh();
                    }
                },
                "progress-line");
        clock.setDaemon(true);
        clock.start();
    }

    synchronized void begin(String next) {
        if (terminal) {
            step = next;
            refresh();
        } else if (nanoTime.getAsLong() - lastLine >= SILENCE.toNanos()) {
            end(out, timed(next));
        }
    }

    synchronized void refresh() {
        if (!step.isEmpty()) {
            String line = timed(step);
            out.print(CLEAR_LINE + line.substring(0, Math.min(WIDTH, line.length())));
            out.flush();
        }
    }

    synchronized void end(PrintStream stream, String line) {
        if (!step.isEmpty()) {
            out.print(CLEAR_LINE);
            out.flush();
        }
        stream.println(line);
        lastLine = nanoTime.getAsLong();
        step = "";
    }

    private String timed(String text) {
        return String.format(
                Locale.ROOT,
                "%5d s  %s",
                Duration.ofNanos(nanoTime.getAsLong() - begin).toSeconds(),
                text);
    }
}
