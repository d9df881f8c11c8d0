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

/** When one feed was asked, how that went, and when it is asked next. A feed that was never asked is due at once. */
public final class PollSchedule {

    /** As many failures in a row are no hiccup. */
    private static final int FAILURES_TO_OPEN = 5;

    /** A provider that says when it has newer rates is left alone for no longer than this. */
    private static final Duration LONGEST_HINT = Duration.ofHours(26);

    private static final int JITTER_SHARE = 10;

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

    /** The feed is being asked: whoever takes over while it answers need not ask again before the interval is over. */
    public void tried(Instant now) {
        lastTry = now;
        nextTry = now.plus(interval);
        if (circuit == CircuitState.OPEN) {
            circuit = CircuitState.HALF_OPEN;
        }
    }

    /**
     * The feed answered with rates.
     *
     * @param held how many currencies of it are believed
     * @param nextUpdate when it will have newer ones: it is not asked before, nor by everybody at that moment
     * @return whether it had failed before
     */
    public boolean answered(Instant now, int held, Optional<Instant> nextUpdate) {
        currencies = held;
        boolean recovered = unchanged(now);
        Instant rhythm = nextTry;
        nextUpdate
                .filter(update -> rhythm != null && update.isAfter(rhythm))
                .map(update -> update.plus(backoff.upTo(interval.dividedBy(JITTER_SHARE))))
                .filter(update -> update.isBefore(now.plus(LONGEST_HINT)))
                .ifPresent(update -> {
                    nextTry = update;
                    hinted = Duration.between(now, update);
                });
        return recovered;
    }

    /**
     * The feed said that nothing changed.
     *
     * @return whether it had failed before
     */
    public boolean unchanged(Instant now) {
        boolean recovered = failures > 0;
        failures = 0;
        circuit = CircuitState.CLOSED;
        hinted = Duration.ZERO;
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
        circuit = failures >= FAILURES_TO_OPEN ? CircuitState.OPEN : CircuitState.CLOSED;
        Duration wait = circuit == CircuitState.OPEN ? backoff.rest() : backoff.after(failures);
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
        Duration longest = Stream.of(interval, RetryAfter.LONGEST, hinted)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return wait.compareTo(longest) > 0 ? longest : wait;
    }

    /** Takes over what another node says of this feed, so that a new leader does not ask what was just asked. */
    public void remember(FeedStatusReport report) {
        lastTry = report.lastTry().orElse(null);
        lastSuccess = report.lastSuccess().orElse(null);
        nextTry = report.nextTry().orElse(null);
        lastError = report.lastError().orElse(null);
        currencies = report.currencies();
        circuit = report.circuit();
        failures = lastError == null ? 0 : circuit == CircuitState.CLOSED ? 1 : FAILURES_TO_OPEN;
    }

    /** How the feed is doing. */
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
