package io.ratemesh.rates.history;

import io.ratemesh.model.TargetCalendar;
import io.ratemesh.rates.poll.FeedPoller;
import io.ratemesh.rates.poll.FetchLimits;
import io.ratemesh.rates.poll.HttpPoller;
import io.ratemesh.rates.poll.PollResult;
import io.ratemesh.rates.poll.Validators;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Fetches the smallest file with the missing days; fetches nothing if none is missing. Runs on one event loop. */
final class HistoryPoller implements FeedPoller {

    /** The days before the first missing one that are also read: to check the file, and for corrections. */
    private static final int DAYS_TO_COMPARE = 90;

    private final Vertx vertx;
    private final HistoryFiles files;
    private final DayStore days;
    private final MissingDays missing;
    private final Clock clock;
    private Optional<HttpPoller> current = Optional.empty();

    HistoryPoller(Vertx vertx, HistoryFiles files, DayStore days, MissingDays missing, Clock clock) {
        this.vertx = vertx;
        this.files = files;
        this.days = days;
        this.missing = missing;
        this.clock = clock;
    }

    /** Fetches without validators: a file with a missing day has changed. */
    @Override
    public Future<PollResult> poll(Validators validators) {
        Instant now = clock.instant();
        return missing.first(days.all(), now)
                .map(first -> fetch(first, now.atZone(TargetCalendar.FRANKFURT).toLocalDate()))
                .orElseGet(() -> Future.succeededFuture(new PollResult.Unchanged()));
    }

    @Override
    public void close() {
        current.ifPresent(HttpPoller::close);
        current = Optional.empty();
    }

    private Future<PollResult> fetch(LocalDate first, LocalDate today) {
        EcbHistoryFile file = new EcbHistoryFile(files.from(first, today), first.minusDays(DAYS_TO_COMPARE));
        HttpPoller poller = new HttpPoller(vertx, file, FetchLimits.DEFAULT, clock);
        current = Optional.of(poller);
        return poller.poll(Validators.NONE).onComplete(ignored -> close());
    }
}
