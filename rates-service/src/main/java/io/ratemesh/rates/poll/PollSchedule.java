package io.ratemesh.rates.poll;

import io.ratemesh.node.book.FeedReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When one feed was asked, how that went, and when it is asked next. A feed that was never asked is due at once. */
public final class PollSchedule {

    private final String feed;
    private final Duration interval;
    private final Backoff backoff;
    private @Nullable Instant lastTry;
    private @Nullable Instant lastSuccess;
    private @Nullable Instant nextTry;
    private @Nullable String lastError;
    private int currencies;
    private int failures;

    /**
     * A schedule.
     *
     * @param interval from one try to the next while all is well
     * @param backoff how long to wait after failures
     */
    public PollSchedule(String feed, Duration interval, Backoff backoff) {
        this.feed = feed;
        this.interval = interval;
        this.backoff = backoff;
    }

    /** The feed is being asked. */
    public void tried(Instant now) {
        lastTry = now;
    }

    /**
     * The feed answered with rates.
     *
     * @param held how many currencies the answer had
     * @return whether it had failed before
     */
    public boolean answered(Instant now, int held) {
        currencies = held;
        return unchanged(now);
    }

    /**
     * The feed said that nothing changed.
     *
     * @return whether it had failed before
     */
    public boolean unchanged(Instant now) {
        boolean recovered = failures > 0;
        failures = 0;
        lastError = null;
        lastSuccess = now;
        Instant rhythm = (lastTry == null ? now : lastTry).plus(interval);
        nextTry = rhythm.isBefore(now) ? now : rhythm;
        return recovered;
    }

    /**
     * The feed did not answer, or not with what could be believed.
     *
     * @param error a few words for a person
     * @param retryAfter how long the provider wants to be left alone; the longer of this and the backoff counts
     * @return whether it had not failed before
     */
    public boolean failed(Instant now, String error, Optional<Duration> retryAfter) {
        failures++;
        lastError = error;
        Duration wait = backoff.after(failures);
        nextTry = now.plus(retryAfter.filter(asked -> asked.compareTo(wait) > 0).orElse(wait));
        return failures == 1;
    }

    /** How long until the feed is due; zero where it is. */
    public Duration untilNext(Instant now) {
        if (nextTry == null || !nextTry.isAfter(now)) {
            return Duration.ZERO;
        }
        // A clock that was set back must not put a feed to sleep for longer than it could have been told to wait.
        Duration wait = Duration.between(now, nextTry);
        Duration longest = interval.compareTo(RetryAfter.LONGEST) > 0 ? interval : RetryAfter.LONGEST;
        return wait.compareTo(longest) > 0 ? longest : wait;
    }

    /** Takes over what another node says of this feed, so that a new leader does not ask what was just asked. */
    public void remember(FeedReport report) {
        lastTry = report.lastTry().orElse(null);
        lastSuccess = report.lastSuccess().orElse(null);
        nextTry = report.nextTry().orElse(null);
        lastError = report.lastError().orElse(null);
        currencies = report.currencies();
        failures = lastError == null ? 0 : Math.max(1, failures);
    }

    /** How the feed is doing. */
    public FeedReport report() {
        return new FeedReport(
                feed,
                Optional.ofNullable(lastTry),
                Optional.ofNullable(lastSuccess),
                Optional.ofNullable(nextTry),
                Optional.ofNullable(lastError),
                currencies);
    }
}
