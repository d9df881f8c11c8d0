package io.ratemesh.rates.history;

import io.ratemesh.model.TargetCalendar;
import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.rates.feed.FeedResponse;
import io.ratemesh.rates.history.DayValidator.Checked;
import io.ratemesh.rates.meters.RatesMeters;
import io.ratemesh.rates.poll.AcceptedQuotes;
import io.ratemesh.rates.poll.PollException;
import io.ratemesh.rates.poll.PollListener;
import io.ratemesh.rates.poll.PollOutcome;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Takes what the ECB says of past days and of the newest to the history, and tells operators what it made of it. */
public final class DayImporter implements PollListener {

    private final DayStore days;
    private final MissingDays missing;
    private final RatesMeters meters;
    private final OpsEvents ops;
    private final Runnable report;
    private final Clock clock;
    private String told = "";

    /**
     * A desk.
     *
     * @param report publishes how the feeds are
     */
    DayImporter(DayStore days, MissingDays missing, RatesMeters meters, OpsEvents ops, Runnable report, Clock clock) {
        this.days = days;
        this.missing = missing;
        this.meters = meters;
        this.ops = ops;
        this.report = report;
        this.clock = clock;
    }

    /** The daily answer of the feed {@code ecb} is believed: its day is one of the history too. */
    public void learn(FeedResponse daily) {
        take(DayValidator.newest(days.known(), daily, today()));
    }

    @Override
    public AcceptedQuotes answered(String name, FeedResponse file) throws PollException {
        Checked checked = DayValidator.file(days.known(), file, today());
        missing.published(checked.said());
        take(checked);
        if (!checked.refused().isEmpty()) {
            // What was good of it is learnt, and the file will not be another one at once.
            throw new PollException(summary(checked.refused()), Optional.of(EcbHistoryFile.LOOK));
        }
        int currencies = days.known()
                .lastDay()
                .flatMap(days.known()::day)
                .map(newest -> newest.perEuro().size())
                .orElse(0);
        return new AcceptedQuotes(currencies, true);
    }

    @Override
    public void asking(String name) {
        report.run();
    }

    @Override
    public void polled(String name, PollOutcome outcome) {
        meters.polled(name, outcome);
        report.run();
    }

    @Override
    public void failing(String name, String error) {
        ops.publish("feed-failed", name, error);
    }

    @Override
    public void recovered(String name) {
        ops.publish("feed-recovered", name, "no available day is missing");
    }

    private void take(Checked checked) {
        if (!checked.refused().isEmpty() && !told.equals(summary(checked.refused()))) {
            told = summary(checked.refused());
            ops.publish("history-rejected", EcbHistoryFile.NAME, told);
        }
        if (!checked.learnt().isEmpty()) {
            days.learn(checked.learnt());
            LocalDate newest = checked.learnt().get(checked.learnt().size() - 1).day();
            ops.publish(
                    "history-imported",
                    EcbHistoryFile.NAME,
                    count(checked.learnt().size()) + newest);
        }
    }

    private static String count(int days) {
        return days == 1 ? "the day " : days + " days, the newest ";
    }

    private static String summary(List<String> refused) {
        return refused.get(0) + (refused.size() == 1 ? "" : ", and " + (refused.size() - 1) + " more");
    }

    private LocalDate today() {
        return clock.instant().atZone(TargetCalendar.FRANKFURT).toLocalDate();
    }
}
