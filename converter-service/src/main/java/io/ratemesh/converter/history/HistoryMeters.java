package io.ratemesh.converter.history;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.LocalDate;

/** What of the history is measured. */
public final class HistoryMeters {

    private HistoryMeters() {}

    /** Registers the gauges. */
    public static void register(CurrentHistory history, MeterRegistry registry) {
        Gauge.builder("ratemesh.converter.history.days", () -> history.days().days())
                .description("Days with rates held")
                .register(registry);
        Gauge.builder(
                        "ratemesh.converter.history.newest.day",
                        () -> history.days()
                                .lastDay()
                                .map(LocalDate::toEpochDay)
                                .orElse(0L))
                .description("The newest of them, in days since 1970-01-01")
                .register(registry);
        Gauge.builder(
                        "ratemesh.converter.history.minutes",
                        () -> history.minutes().points())
                .description("Minutes with rates held")
                .register(registry);
        Gauge.builder(
                        "ratemesh.converter.history.bytes",
                        () -> history.days().bytes() + history.minutes().bytes())
                .description("About how much memory days and minutes take")
                .baseUnit("bytes")
                .register(registry);
    }
}
