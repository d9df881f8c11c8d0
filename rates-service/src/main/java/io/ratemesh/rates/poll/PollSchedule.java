package io.ratemesh.rates.poll;

import io.ratemesh.node.book.CircuitState;
import io.ratemesh.node.book.FeedStatusReport;
import io.ratemesh.node.book.QuoteRejections;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The times and results of the polls of one feed, and the time of the next. A feed that was never polled is due at once. */
public final class PollSchedule {

    private static final int FAILURES_TO_OPEN = 5;

    /** The longest delay that a provider's time of its next update can cause. */
    private static final Duration LONGEST_HINT = Duration.ofHours(26);

    private static final int JITTER_DIVISOR = 10;

    private final String feed;
    private final Duration interval;
    private final Backoff backoff;
    private @Nullable Instant lastTry;
    private @Nullable Instant lastSuccess;
    private @Nullable Instant nextTry;
    private @Nullable String lastError;
    private int currencies;
    private int failures;
    private CircuitState circuit = CircuitState.CLOSED;
    private Duration hinted = Duration.ZERO;

    /**
     * Creates a schedule.
     *
     * @param interval from one poll to the next while polls succeed
     * @param backoff the delay after failures
     */
    public PollSchedule(String feed, Duration interval, Backoff backoff) {
        this.feed = feed;
        this.interval = interval;
        this.backoff = backoff;
    }

    /** The name of the feed. */
    public String feed() {
        return feed;
    }

    /** A poll starts. A new leader that takes over meanwhile does not poll again before the interval is over. */
    public void started(Instant now) {
        lastTry = now;
        nextTry = now.plus(interval);
        if (circuit == CircuitState.OPEN) {
            circuit = CircuitState.HALF_OPEN;
        }
    }

    /**
     * A poll brought accepted quotes.
     *
     * @param accepted the number of currencies
     * @param nextUpdate when the provider will have newer rates: the next poll is at a random time soon after
     * @return whether the poll before had failed
     */
    public boolean succeeded(Instant now, int accepted, Optional<Instant> nextUpdate) {
        currencies = accepted;
        boolean recovered = unchanged(now);
        Instant regular = nextTry;
        nextUpdate
                .filter(update -> regular != null && update.isAfter(regular))
                .map(update -> update.plus(backoff.upTo(interval.dividedBy(JITTER_DIVISOR))))
                .filter(update -> update.isBefore(now.plus(LONGEST_HINT)))
                .ifPresent(update -> {
                    nextTry = update;
                    hinted = Duration.between(now, update);
                });
        return recovered;
    }

    /**
     * A poll succeeded and brought nothing new.
     *
     * @return whether the poll before had failed
     */
    public boolean unchanged(Instant now) {
        boolean recovered = failures > 0;
        failures = 0;
        circuit = CircuitState.CLOSED;
        hinted = Duration.ZERO;
        lastError = null;
        lastSuccess = now;
        Instant regular = (lastTry == null ? now : lastTry).plus(interval);
        nextTry = regular.isBefore(now) ? now : regular;
        return recovered;
    }

    /**
     * A poll failed, or its response was rejected.
     *
     * @param error one phrase for a person
     * @param retryAfter the delay that the provider demands; the longer of this and the backoff applies
     * @return whether the poll before had not failed
     */
    public boolean failed(Instant now, String error, Optional<Duration> retryAfter) {
        failures++;
        lastError = error;
        circuit = failures >= FAILURES_TO_OPEN ? CircuitState.OPEN : CircuitState.CLOSED;
        Duration delay = circuit == CircuitState.OPEN ? backoff.rest() : backoff.after(failures);
        nextTry = now.plus(
                retryAfter.filter(demanded -> demanded.compareTo(delay) > 0).orElse(delay));
        return failures == 1;
    }

    /** The time until the next poll; zero if it is due. */
    public Duration untilNext(Instant now) {
        if (nextTry == null || !nextTry.isAfter(now)) {
            return Duration.ZERO;
        }
        // A clock that was set back must not delay a poll for longer than any rule here could have.
        Duration delay = Duration.between(now, nextTry);
        Duration longest = Stream.of(interval, RetryAfter.LONGEST, hinted)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return delay.compareTo(longest) > 0 ? longest : delay;
    }

    /** Takes the state over from another node's report, so that a new leader does not repeat a recent poll. */
    public void restore(FeedStatusReport report) {
        lastTry = report.lastTry().orElse(null);
        lastSuccess = report.lastSuccess().orElse(null);
        nextTry = report.nextTry().orElse(null);
        lastError = report.lastError().orElse(null);
        currencies = report.currencies();
        circuit = report.circuit();
        failures = lastError == null ? 0 : circuit == CircuitState.CLOSED ? 1 : FAILURES_TO_OPEN;
    }

    /** The status of the feed, without rejections. */
    public FeedStatusReport report() {
        return new FeedStatusReport(
                feed,
                Optional.ofNullable(lastTry),
                Optional.ofNullable(lastSuccess),
                Optional.ofNullable(nextTry),
                Optional.ofNullable(lastError),
                currencies,
                circuit,
                QuoteRejections.NONE);
    }
}
