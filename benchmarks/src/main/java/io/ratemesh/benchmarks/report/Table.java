package io.ratemesh.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A Markdown table. */
public final class Table {

    private static final double BYTES_PER_MB = 1e6;
    private static final double LEAST_WITHOUT_DECIMALS = 100;

    private final List<String> lines = new ArrayList<>();

    public Table(String... columns) {
        row((Object[]) columns);
        lines.add("|" + "---|".repeat(columns.length));
    }

    /** Adds a row; an empty cell has the text "". */
    public void row(Object... cells) {
        StringBuilder line = new StringBuilder("|");
        for (Object cell : cells) {
            String text = String.valueOf(cell);
            line.append(text.isEmpty() ? " |" : " " + text + " |");
        }
        lines.add(line.toString());
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Formats a number with thousands separators. */
    public static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    /** Formats a number with thousands separators. */
    public static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Formats a number with a fixed number of decimals and without separators. */
    public static String decimal(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** Formats a number with at most two decimals. */
    public static String plain(double value) {
        return decimal(value, 2).replaceAll("\\.?0+$", "");
    }

    /** Formats a number of 100 or more without decimals, a smaller one with at most two. */
    public static String brief(double value) {
        return Math.abs(value) >= LEAST_WITHOUT_DECIMALS ? number(value) : plain(value);
    }

    /** Formats bytes as whole MB. */
    public static String megabytes(long bytes) {
        return decimal(bytes / BYTES_PER_MB, 0) + " MB";
    }

    /** Makes a cell bold. */
    public static String bold(String text) {
        return "**" + text + "**";
    }
}
