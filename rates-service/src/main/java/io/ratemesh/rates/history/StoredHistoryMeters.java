package io.ratemesh.rates.history;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.ZoneOffset;

/** The meters of the history. */
final class StoredHistoryMeters {

    private StoredHistoryMeters() {}

    /** Registers the meters. */
    static void register(MeterRegistry meters, DayStore days, MinuteStore minutes) {
        Gauge.builder("ratemesh.history.days", () -> days.all().days())
                .description("Days with reference rates on this node")
                .baseUnit("days")
                .register(meters);
        Gauge.builder("ratemesh.history.newest.day.timestamp", () -> newest(days))
                .description(
                        "Start of the newest imported day, UTC, as Unix time; 0 if there are only the bundled days")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("ratemesh.history.minutes", () -> minutes.points().points())
                .description("Recorded minutes of the last two days")
                .baseUnit("minutes")
                .register(meters);
    }

    private static long newest(DayStore days) {
        return days.imported()
                .lastDay()
                .map(day -> day.atStartOfDay().toEpochSecond(ZoneOffset.UTC))
                .orElse(0L);
    }
}
