package io.ratemesh.benchmarks.growth;

import io.ratemesh.benchmarks.report.Measure;
import java.util.List;

/** A size that grows, and the cost that is watched. */
enum Sweep {
    CONVERTERS("converters", Measure.CPU),
    UPSTREAMS("upstreams", Measure.CPU),
    CONNECTIONS("connections", Measure.CPU),
    READERS("readers", Measure.CPU_PER_DELIVERY),
    CURRENCIES("currencies", Measure.CPU_PER_UPDATE),
    UPDATES("updates per second", Measure.CPU_PER_UPDATE),
    BATCH("conversions in a batch", Measure.CPU_PER_CONVERSION);

    private final String unit;
    private final Measure cost;

    Sweep(String unit, Measure cost) {
        this.unit = unit;
        this.cost = cost;
    }

    /** What the sizes count. */
    String unit() {
        return unit;
    }

    /** The cost of one request, event, update or conversion. */
    Measure cost() {
        return cost;
    }

    /** The sizes in ascending order, up to a largest one; at least the first. */
    List<Integer> sizes(int most) {
        List<Integer> all = sizes();
        return all.stream()
                .filter(size -> size <= most || size.equals(all.get(0)))
                .toList();
    }

    private List<Integer> sizes() {
        return switch (this) {
            case CONVERTERS -> List.of(1, 2, 4, 8, 16);
            case UPSTREAMS -> List.of(2, 10, 100, 1000);
            case CONNECTIONS -> List.of(16, 64, 256, 1024, 4096, 10_000);
            case READERS -> List.of(100, 1000, 3000, 10_000);
            case CURRENCIES -> List.of(30, 60, 100, 170);
            case UPDATES -> List.of(1, 3, 10, 30, 100);
            case BATCH -> List.of(1, 10, 100, 1000);
        };
    }
}
