package io.ratemesh.converter.history;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.ratemesh.model.history.RateHistory;
import java.time.LocalDate;
import java.util.function.Supplier;

/** What of the history is measured. */
public final class HistoryMeters {

    private HistoryMeters() {}

    /**
     * Registers the gauges.
     *
     * @param days those that are answered from
     */
    public static void register(Supplier<RateHistory> days, CurrentHistory history, MeterRegistry registry) {
        Gauge.builder("ratemesh.converter.history.days", () -> days.get().days())
                .description("Days with rates held")
                .register(registry);
        Gauge.builder(
                        "ratemesh.converter.history.newest.day",
                        () -> days.get().lastDay().map(LocalDate::toEpochDay).orElse(0L))
                .description("The newest of them, in days since 1970-01-01")
                .register(registry);
        Gauge.builder(
                        "ratemesh.converter.history.minutes",
                        () -> history.minutes().points())
                .description("Minutes with rates held")
                .register(registry);
        Gauge.builder(
                        "ratemesh.converter.history.bytes",
                        () -> days.get().bytes() + history.minutes().bytes())
                .description("About how much memory days and minutes take")
                .baseUnit("bytes")
                .register(registry);
    }
}
