package io.ratemesh.converter.history;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.ratemesh.model.history.RateHistory;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** The metrics of the history. */
public final class HistoryMeters {

    private HistoryMeters() {}

    /**
     * Registers the gauges.
     *
     * @param days of the current view
     */
    public static void register(Supplier<RateHistory> days, CurrentHistory history, MeterRegistry registry) {
        Gauge.builder("ratemesh.converter.history.days", () -> days.get().days())
                .description("Known days with rates")
                .register(registry);
        Gauge.builder("ratemesh.converter.history.newest.day.timestamp", () -> newest(days.get()))
                .description("Start of the newest day with rates, UTC, as Unix time")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder(
                        "ratemesh.converter.history.minutes",
                        () -> history.minutes().points())
                .description("Known minutes with rates")
                .register(registry);
        Gauge.builder(
                        "ratemesh.converter.history.bytes",
                        () -> days.get().bytes() + history.minutes().bytes())
                .description("About how much memory days and minutes take")
                .baseUnit("bytes")
                .register(registry);
    }

    private static long newest(RateHistory days) {
        return days.lastDay()
                .map(day -> day.atStartOfDay().toEpochSecond(ZoneOffset.UTC))
                .orElse(0L);
    }
}
