package io.ratemesh.benchmarks.slow;

import java.util.Arrays;
import java.util.List;

/**
 * The connections of an attack.
 *
 * @param most the largest number that was open at a time
 * @param last the number that was open at the end
 * @param closed the number that the server had closed by the end
 */
record HeldConnections(int most, int last, int closed) {

    private static final String CLOSED = "Closed";
    private static final String CONNECTED = "Connected";

    /** slowhttptest prints this if it ends early. The last line of its CSV then still shows open connections. */
    private static final String ALL_CLOSED = "No open connections left";

    /**
     * Parses the output of slowhttptest.
     *
     * @param csv its statistics, with a line for each second
     * @param output what it printed
     * @throws IllegalStateException if the CSV has another format
     */
    static HeldConnections parse(List<String> csv, String output) {
        List<List<String>> rows = csv.stream()
                .filter(line -> !line.isBlank())
                .map(line ->
                        Arrays.stream(line.split(",", -1)).map(String::strip).toList())
                .toList();
        List<String> header = rows.isEmpty() ? List.of() : rows.get(0);
        int closed = header.indexOf(CLOSED);
        int connected = header.indexOf(CONNECTED);
        if (closed < 0 || connected < 0 || rows.size() < 2) {
            throw new IllegalStateException("the statistics of slowhttptest cannot be parsed: " + csv);
        }
        List<List<String>> seconds = rows.subList(1, rows.size());
        int most = seconds.stream()
                .mapToInt(row -> Integer.parseInt(row.get(connected)))
                .max()
                .orElse(0);
        List<String> end = rows.get(rows.size() - 1);
        int lastConnected = Integer.parseInt(end.get(connected));
        int lastClosed = Integer.parseInt(end.get(closed));
        return output.contains(ALL_CLOSED)
                ? new HeldConnections(most, 0, lastClosed + lastConnected)
                : new HeldConnections(most, lastConnected, lastClosed);
    }
}
