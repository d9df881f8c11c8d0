package io.ratemesh.rates.history;

import io.ratemesh.model.TargetCalendar;
import io.ratemesh.rates.feed.FeedResponse;
import io.ratemesh.rates.history.DayValidator.CheckedDays;
import io.ratemesh.rates.poll.AcceptedQuotes;
import io.ratemesh.rates.poll.PollException;
import io.ratemesh.rates.poll.PollListener;
import io.ratemesh.rates.poll.PollOutcome;
import io.ratemesh.rates.publish.PollReporter;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Imports days from the ECB's files into the history. */
public final class DayImporter implements PollListener {

    private final DayStore days;
    private final MissingDays missing;
    private final PollReporter reporter;
    private final Clock clock;
    private String lastRejection = "";

    DayImporter(DayStore days, MissingDays missing, PollReporter reporter, Clock clock) {
        this.days = days;
        this.missing = missing;
        this.reporter = reporter;
        this.clock = clock;
    }

    /** Imports the day of an accepted response of the feed {@code ecb}. */
    public void importDaily(FeedResponse daily) {
        add(DayValidator.checkNewest(days.all(), daily, today()));
    }

    @Override
    public AcceptedQuotes accept(FeedResponse file) throws PollException {
        CheckedDays checked = DayValidator.checkFile(days.all(), file, today());
        missing.markPublished(checked.dates());
        add(checked);
        if (!checked.rejected().isEmpty()) {
            // The valid days are imported, and the file does not change soon.
            throw new PollException(summary(checked.rejected()), Optional.of(EcbHistoryFile.POLL));
        }
        int currencies = days.all()
                .lastDay()
                .flatMap(days.all()::day)
                .map(newest -> newest.perEuro().size())
                .orElse(0);
        return new AcceptedQuotes(currencies, true);
    }

    @Override
    public void started() {
        reporter.started();
    }

    @Override
    public void ended(PollOutcome outcome) {
        reporter.ended(EcbHistoryFile.NAME, outcome);
    }

    @Override
    public void failed(String error) {
        reporter.failed(EcbHistoryFile.NAME, error);
    }

    @Override
    public void recovered() {
        reporter.recovered(EcbHistoryFile.NAME, "no available day is missing");
    }

    private void add(CheckedDays checked) {
        if (!checked.rejected().isEmpty() && !lastRejection.equals(summary(checked.rejected()))) {
            lastRejection = summary(checked.rejected());
            reporter.daysRejected(EcbHistoryFile.NAME, lastRejection);
        }
        if (!checked.valid().isEmpty()) {
            days.add(checked.valid());
            LocalDate newest = checked.valid().get(checked.valid().size() - 1).day();
            reporter.daysImported(EcbHistoryFile.NAME, count(checked.valid().size()) + newest);
        }
    }

    private static String count(int days) {
        return days == 1 ? "the day " : days + " days, the newest ";
    }

    private static String summary(List<String> rejected) {
        return rejected.get(0) + (rejected.size() == 1 ? "" : ", and " + (rejected.size() - 1) + " more");
    }

    private LocalDate today() {
        return clock.instant().atZone(TargetCalendar.FRANKFURT).toLocalDate();
    }
}
