package io.ratemesh.rates.poll;

import io.ratemesh.rates.feed.FeedResponse;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls one feed at its interval, one request at a time. Runs on one event loop. */
public final class FeedLoop {

    private static final Logger LOG = LoggerFactory.getLogger(FeedLoop.class);
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final Clock clock;
    private final FeedPoller poller;
    private final PollSchedule schedule;
    private final PollListener listener;
    private Validators validators = Validators.NONE;
    private Optional<String> notice = Optional.empty();
    private boolean running;
    private boolean inFlight;
    private long timer = NO_TIMER;

    public FeedLoop(Vertx vertx, Clock clock, FeedPoller poller, PollSchedule schedule, PollListener listener) {
        this.vertx = vertx;
        this.clock = clock;
        this.poller = poller;
        this.schedule = schedule;
        this.listener = listener;
    }

    /** The times and results of the polls. */
    public PollSchedule schedule() {
        return schedule;
    }

    /** Starts polling, now if the feed is due. */
    public void start() {
        running = true;
        scheduleNext();
    }

    /** Stops polling. The result of a poll in flight is ignored. */
    public void stop() {
        running = false;
        vertx.cancelTimer(timer);
        timer = NO_TIMER;
    }

    /** Stops for good. */
    public void close() {
        stop();
        poller.close();
    }

    private void scheduleNext() {
        if (running && !inFlight) {
            vertx.cancelTimer(timer);
            long delay = schedule.untilNext(clock.instant()).toMillis();
            timer = vertx.setTimer(Math.max(1, delay), ignored -> poll());
        }
    }

    private void poll() {
        inFlight = true;
        schedule.started(clock.instant());
        listener.started();
        Future.succeededFuture().compose(ignored -> poller.poll(validators)).onComplete(polled -> {
            inFlight = false;
            if (running) {
                handle(polled);
            }
            scheduleNext();
        });
    }

    private void handle(AsyncResult<PollResult> polled) {
        if (polled.failed()) {
            fail(PollException.of(polled.cause()), PollOutcome.FAILED);
        } else if (polled.result() instanceof PollResult.Received received) {
            accept(received.response(), received.validators());
        } else {
            succeed(schedule.unchanged(clock.instant()), PollOutcome.UNCHANGED);
        }
    }

    private void accept(FeedResponse response, Validators next) {
        try {
            AcceptedQuotes accepted = listener.accept(response);
            // Only now: with the validators of a rejected response a 304 would hide the error.
            validators = next;
            update(response.notice());
            // A quote that is held back may be confirmed before the provider has newer rates.
            Optional<Instant> hint = accepted.complete() ? response.nextUpdate() : Optional.empty();
            succeed(schedule.succeeded(clock.instant(), accepted.currencies(), hint), PollOutcome.ACCEPTED);
        } catch (PollException e) {
            fail(e, PollOutcome.REJECTED);
        } catch (RuntimeException e) {
            // A bug in the handling of one response must stop neither this loop nor the others.
            LOG.error("feed {}: the response could not be processed", schedule.feed(), e);
            fail(PollException.of(e), PollOutcome.FAILED);
        }
    }

    private void update(Optional<String> latest) {
        latest.filter(text -> !notice.equals(latest)).ifPresent(listener::noticed);
        notice = latest;
    }

    private void succeed(boolean recovered, PollOutcome outcome) {
        if (recovered) {
            listener.recovered();
        }
        listener.ended(outcome);
    }

    private void fail(PollException cause, PollOutcome outcome) {
        String error = String.valueOf(cause.getMessage());
        if (schedule.failed(clock.instant(), error, cause.retryAfter())) {
            listener.failed(error);
        } else {
            LOG.debug("feed {} still fails: {}", schedule.feed(), error);
        }
        listener.ended(outcome);
    }
}
