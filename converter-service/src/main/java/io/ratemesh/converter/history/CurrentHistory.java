package io.ratemesh.converter.history;

import io.ratemesh.model.history.HourOfMinutes;
import io.ratemesh.model.history.MinutePoints;
import io.ratemesh.model.history.RateHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The days and the minutes this node knows. Changed and listened to on one event loop; may be read anywhere. */
public final class CurrentHistory {

    private final List<Consumer<RateHistory>> listeners = new ArrayList<>();
    private RateHistory lastLearnt = RateHistory.EMPTY;
    private volatile RateHistory days = RateHistory.EMPTY;
    private volatile MinutePoints minutes = MinutePoints.EMPTY;

    /** Every day that is known: the bundled ones and those learnt since. */
    public RateHistory days() {
        return days;
    }

    /** The minutes of the last two days that somebody saw. */
    public MinutePoints minutes() {
        return minutes;
    }

    /** Calls back whenever there are other days. */
    public void listen(Consumer<RateHistory> listener) {
        listeners.add(listener);
    }

    /** Takes days; where one is known already, the new one counts. To be told the same again costs next to nothing. */
    void learn(RateHistory learnt) {
        if (learnt.equals(lastLearnt)) {
            return;
        }
        lastLearnt = learnt;
        RateHistory more = days.overlaid(learnt);
        if (!more.equals(days)) {
            days = more;
            listeners.forEach(listener -> listener.accept(more));
        }
    }

    /** Takes minutes; one that is known already stays. */
    void learn(HourOfMinutes hour) {
        minutes = minutes.plus(hour);
    }

    /** Forgets the minutes of the hours before. */
    void forgetBefore(long epochHour) {
        minutes = minutes.since(epochHour);
    }
}
