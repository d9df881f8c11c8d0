package io.ratemesh.benchmarks.process;

/**
 * What a server says at {@code /metrics}.
 *
 * @param text in the format of Prometheus
 */
public record Metrics(String text) {

    /** The value of one, with its labels as they are written; of one without labels by its name alone; 0 where it is not there. */
    public double value(String metric) {
        return sum(metric + " ");
    }

    /** Of all whose lines begin so. */
    public double sum(String begin) {
        return text.lines()
                .filter(line -> line.startsWith(begin))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
