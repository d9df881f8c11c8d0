package io.ratemesh.benchmarks.process;

/**
 * A response of {@code /metrics}.
 *
 * @param text in the Prometheus text format
 */
public record ScrapedMetrics(String text) {

    /** The value of a metric, given with its labels as they are written; 0 if it is missing. */
    public double value(String metric) {
        return sum(metric + " ");
    }

    /** The sum of all metrics whose lines start with the prefix. */
    public double sum(String prefix) {
        return text.lines()
                .filter(line -> line.startsWith(prefix))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
