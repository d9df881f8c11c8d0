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

/** Asks one feed again and again while it is told to, never twice at once. Lives on one event loop. */
public final class FeedLoop {

    private static final Logger LOG = LoggerFactory.getLogger(FeedLoop.class);
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final Clock clock;
    private final String feed;
    private final FeedPoller poller;
    private final PollSchedule schedule;
    private final PollListener listener;
    private Validators known = Validators.NONE;
    private Optional<String> notice = Optional.empty();
    private boolean running;
    private boolean inFlight;
    private long timer = NO_TIMER;

    public FeedLoop(
            Vertx vertx, Clock clock, String feed, FeedPoller poller, PollSchedule schedule, PollListener listener) {
        this.vertx = vertx;
        this.clock = clock;
        this.feed = feed;
        this.poller = poller;
        this.schedule = schedule;
        this.listener = listener;
    }

    /** When the feed was asked and is asked next. */
    public PollSchedule schedule() {
        return schedule;
    }

    /** Begins to ask, now if the feed is due. */
    public void start() {
        running = true;
        plan();
    }

    /** Asks no more. An answer that is under way is not listened to. */
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

    private void plan() {
        if (running && !inFlight) {
            vertx.cancelTimer(timer);
            long wait = schedule.untilNext(clock.instant()).toMillis();
            timer = vertx.setTimer(Math.max(1, wait), ignored -> ask());
        }
    }

    private void ask() {
        inFlight = true;
        schedule.tried(clock.instant());
        listener.asking(feed);
        Future.succeededFuture().compose(ignored -> poller.poll(known)).onComplete(polled -> {
            inFlight = false;
            if (running) {
                take(polled);
            }
            plan();
        });
    }

    private void take(AsyncResult<PollResult> polled) {
        if (polled.failed()) {
            fail(PollException.of(polled.cause()), PollOutcome.FAILED);
        } else if (polled.result() instanceof PollResult.Answered answered) {
            believe(answered.answer(), answered.validators());
        } else {
            well(schedule.unchanged(clock.instant()), PollOutcome.UNCHANGED);
        }
    }

    private void believe(FeedResponse answer, Validators validators) {
        try {
            AcceptedQuotes believed = listener.answered(feed, answer);
            // Only now: a 304 to the validators of an answer that was refused would hide what was wrong.
            known = validators;
            notice(answer.notice());
            // Of what is doubted more may be known before the provider has newer rates.
            Optional<Instant> hint = believed.whole() ? answer.nextUpdate() : Optional.empty();
            well(schedule.answered(clock.instant(), believed.currencies(), hint), PollOutcome.ACCEPTED);
        } catch (PollException e) {
            fail(e, PollOutcome.REJECTED);
        } catch (RuntimeException e) {
            // A fault of ours with one feed's answer must end neither this feed's rhythm nor the other feeds.
            LOG.error("feed {}: its answer was not taken", feed, e);
            fail(PollException.of(e), PollOutcome.FAILED);
        }
    }

    private void notice(Optional<String> latest) {
        latest.filter(text -> !notice.equals(latest)).ifPresent(text -> listener.noticed(feed, text));
        notice = latest;
    }

    private void well(boolean recovered, PollOutcome outcome) {
        if (recovered) {
            listener.recovered(feed);
        }
        listener.polled(feed, outcome);
    }

    private void fail(PollException cause, PollOutcome outcome) {
        String error = String.valueOf(cause.getMessage());
        if (schedule.failed(clock.instant(), error, cause.retryAfter())) {
            listener.failing(feed, error);
        } else {
            LOG.debug("feed {} still fails: {}", feed, error);
        }
        listener.polled(feed, outcome);
    }
}
