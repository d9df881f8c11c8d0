package io.ratemesh.benchmarks.slow;

import java.util.Arrays;
import java.util.List;

/**
 * What became of the connections of an attack.
 *
 * @param most how many were open at a time
 * @param last how many were when it ended
 * @param closed how many the server had closed until then
 */
record HeldConnections(int most, int last, int closed) {

    private static final String CLOSED = "Closed";
    private static final String CONNECTED = "Connected";

    /** What slowhttptest says when it ends before its time. Its last line of CSV is then of when some were left. */
    private static final String NONE_LEFT = "No open connections left";

    /**
     * Reads what slowhttptest left.
     *
     * @param csv its statistics, with a line for each second
     * @param said what it printed
     * @throws IllegalStateException where that is something else
     */
    static HeldConnections read(List<String> csv, String said) {
        List<String[]> rows = csv.stream()
                .filter(line -> !line.isBlank())
                .map(line -> line.split(",", -1))
                .toList();
        List<String> head = rows.isEmpty()
                ? List.of()
                : Arrays.stream(rows.get(0)).map(String::strip).toList();
        int closed = head.indexOf(CLOSED);
        int connected = head.indexOf(CONNECTED);
        if (closed < 0 || connected < 0 || rows.size() < 2) {
            throw new IllegalStateException("slowhttptest left no statistics that read: " + csv);
        }
        List<String[]> seconds = rows.subList(1, rows.size());
        String[] end = seconds.get(seconds.size() - 1);
        int most =
                seconds.stream().mapToInt(row -> number(row, connected)).max().orElse(0);
        return said.contains(NONE_LEFT)
                ? new HeldConnections(most, 0, number(end, closed) + number(end, connected))
                : new HeldConnections(most, number(end, connected), number(end, closed));
    }

    private static int number(String[] row, int column) {
        return Integer.parseInt(row[column].strip());
    }
}
