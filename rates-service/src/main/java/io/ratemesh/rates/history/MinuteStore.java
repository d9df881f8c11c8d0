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

/** The minutes this node knows, of the hour under way and the 48 before it. Learns on one event loop. */
final class MinuteStore {

    private final boolean simulating;
    private volatile MinutePoints points = MinutePoints.EMPTY;

    /**
     * No minutes yet.
     *
     * @param simulating whether the settings ask for simulated rates; without that none may outlive a demonstration
     */
    MinuteStore(boolean simulating) {
        this.simulating = simulating;
    }

    /** All of them. */
    MinutePoints points() {
        return points;
    }

    /** The oldest hour that is kept, in hours since 1970. */
    static long oldest(Instant now) {
        return HourOfMinutes.epochHour(now) - MinutePoints.WHOLE_HOURS;
    }

    /**
     * Records what the book says at a whole minute; a rate that is stale then is none.
     *
     * @return the hour as it is now; empty where there was nothing to record, or the minute has its point already
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
        return learn(point, minute);
    }

    /**
     * Learns the minutes of an hour; those that are known already stay.
     *
     * @return all that is known of the hour; empty where nothing of it was new
     */
    Optional<HourOfMinutes> learn(HourOfMinutes hour, Instant now) {
        boolean kept = hour.epochHour() >= oldest(now) && hour.epochHour() <= HourOfMinutes.epochHour(now) + 1;
        if (!kept || (hour.simulated() && !simulating)) {
            return Optional.empty();
        }
        MinutePoints more = points.plus(hour);
        boolean learnt = more != points;
        points = more.since(oldest(now));
        return learnt ? points.hour(hour.epochHour()) : Optional.empty();
    }

    /** Lets go of the hours before, also where nothing is learnt any more. */
    void forgetBefore(long epochHour) {
        points = points.since(epochHour);
    }
}
