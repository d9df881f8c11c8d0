package io.ratemesh.rates.history;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.model.history.HourOfMinutes;
import io.ratemesh.model.history.MinutePoints;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The minutes of the current hour and of the 48 before it. Changes on one event loop. */
final class MinuteStore {

    private final boolean simulating;
    private volatile MinutePoints points = MinutePoints.EMPTY;

    /**
     * Creates an empty store.
     *
     * @param simulating whether simulated rates are configured; if not, simulated rates are ignored
     */
    MinuteStore(boolean simulating) {
        this.simulating = simulating;
    }

    /** All minutes. */
    MinutePoints points() {
        return points;
    }

    /** The oldest hour to keep, in hours since 1970. */
    static long oldest(Instant now) {
        return HourOfMinutes.epochHour(now) - MinutePoints.WHOLE_HOURS;
    }

    /**
     * Records the rates of the book at a whole minute, except stale ones.
     *
     * @return the hour with the new point; empty if there is no rate to record, or the minute has a point already
     */
    Optional<HourOfMinutes> record(RateBook book, Instant minute) {
        Map<String, BigDecimal> perEuro = new TreeMap<>();
        boolean simulated = false;
        for (Map.Entry<String, Rate> entry : book.rates().entrySet()) {
            Rate rate = entry.getValue();
            if (!rate.stale(minute) && (simulating || !rate.simulated())) {
                perEuro.put(entry.getKey(), rate.perEuro());
                simulated |= rate.simulated();
            }
        }
        HourOfMinutes point = HourOfMinutes.empty(HourOfMinutes.epochHour(minute))
                .with(minute.atOffset(ZoneOffset.UTC).getMinute(), perEuro, simulated);
        return add(point, minute);
    }

    /**
     * Adds the minutes of an hour; existing ones are kept.
     *
     * @return the whole hour; empty if nothing changed
     */
    Optional<HourOfMinutes> add(HourOfMinutes hour, Instant now) {
        boolean kept = hour.epochHour() >= oldest(now) && hour.epochHour() <= HourOfMinutes.epochHour(now) + 1;
        if (!kept || (hour.simulated() && !simulating)) {
            return Optional.empty();
        }
        MinutePoints more = points.plus(hour);
        boolean changed = more != points;
        points = more.since(oldest(now));
        return changed ? points.hour(hour.epochHour()) : Optional.empty();
    }

    /** Removes earlier hours. */
    void removeBefore(long epochHour) {
        points = points.since(epochHour);
    }
}
