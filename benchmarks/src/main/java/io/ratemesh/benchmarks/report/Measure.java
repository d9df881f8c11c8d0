package io.ratemesh.benchmarks.report;

/** What a {@link Figure} counts, with its unit. */
public enum Measure {
    REQUESTS("requests/s", true),
    DELIVERIES("deliveries/s of CPU", true),
    CPU("µs of CPU per request", false),
    CPU_PER_CONNECTION("µs of CPU per connection", false),
    CPU_PER_DELIVERY("µs of CPU per delivery", false),
    CPU_PER_UPDATE("µs of CPU per update", false),
    CPU_PER_CONVERSION("µs of CPU per conversion", false),
    CPU_SECONDS("s of CPU", false),
    P50("µs, p50", false),
    P99("µs, p99", false),
    P999("µs, p99.9", false),
    MEMORY("MB resident", false),
    MEMORY_PER_CONNECTION("kB per connection", false),
    TIME("s", false),
    NANOS("ns per call", false),
    FAILURES("failed requests", false);

    private final String unit;
    private final boolean moreIsBetter;

    Measure(String unit, boolean moreIsBetter) {
        this.unit = unit;
        this.moreIsBetter = moreIsBetter;
    }

    public String unit() {
        return unit;
    }

    public boolean moreIsBetter() {
        return moreIsBetter;
    }
}
