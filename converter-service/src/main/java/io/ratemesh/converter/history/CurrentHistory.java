package io.ratemesh.converter.history;

import io.ratemesh.model.history.HourOfMinutes;
import io.ratemesh.model.history.MinutePoints;
import io.ratemesh.model.history.RateHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The days and minutes with rates that this node knows. Changed on one event loop; may be read on any thread. */
public final class CurrentHistory {

    private final List<Consumer<RateHistory>> listeners = new ArrayList<>();
    private RateHistory lastAdded = RateHistory.EMPTY;
    private volatile RateHistory days = RateHistory.EMPTY;
    private volatile MinutePoints minutes = MinutePoints.EMPTY;

    /** All known days: those in the jar and later ones. */
    public RateHistory days() {
        return days;
    }

    /** The known minutes of the last two days. */
    public MinutePoints minutes() {
        return minutes;
    }

    public void listen(Consumer<RateHistory> listener) {
        listeners.add(listener);
    }

    /** Adds days; they replace known ones. Adding the same days again is cheap. */
    void add(RateHistory added) {
        if (added.equals(lastAdded)) {
            return;
        }
        lastAdded = added;
        RateHistory more = days.overlaid(added);
        if (!more.equals(days)) {
            days = more;
            listeners.forEach(listener -> listener.accept(more));
        }
    }

    /** Adds minutes; known ones stay. */
    void add(HourOfMinutes hour) {
        minutes = minutes.plus(hour);
    }

    /** Removes the minutes of earlier hours. */
    void forgetBefore(long epochHour) {
        minutes = minutes.since(epochHour);
    }
}
