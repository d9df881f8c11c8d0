package io.ratemesh.converter.history;

import io.ratemesh.model.history.BundledHistory;
import io.ratemesh.model.history.HourOfMinutes;
import io.ratemesh.model.history.MinutePoints;
import io.ratemesh.node.history.SharedHistory;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link CurrentHistory} current: the days of the jar at once, then what the cluster knows. Subscribes first and
 * reads the cache then, so that nothing falls between the two, and reads again once in a while, so that a publication
 * that was lost is lost for no longer than that. Lives on the event loop that made it.
 */
public final class HistoryFollower {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryFollower.class);

    private static final Duration REFRESH = Duration.ofMinutes(1);
    private static final long RETRY_MILLIS = 1000;

    /** How long a start waits for the cluster's part of the history; it comes later where it takes longer. */
    private static final long PATIENCE_SECONDS = 3;

    private final Vertx vertx;
    private final Context context;
    private final Clock clock;
    private final CurrentHistory current;
    private final Duration refresh;

    /** Made on the event loop of {@code current}. */
    public HistoryFollower(Vertx vertx, Clock clock, CurrentHistory current) {
        this(vertx, clock, current, REFRESH);
    }

    /** Reads again as often as {@code refresh} says. */
    HistoryFollower(Vertx vertx, Clock clock, CurrentHistory current, Duration refresh) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.clock = clock;
        this.current = current;
        this.refresh = refresh;
    }

    /**
     * Begins to follow.
     *
     * @return completes when the days of the jar are there and those of the cluster too, or are not to be had just now:
     *     then it tries again each second
     */
    public Future<Void> start() {
        return vertx.executeBlocking(BundledHistory::load).compose(bundled -> {
            current.learn(bundled);
            return follow().timeout(PATIENCE_SECONDS, TimeUnit.SECONDS).otherwiseEmpty();
        });
    }

    /** To subscribe a second time after a failure does no harm: nothing changes by being learnt twice. */
    private Future<Void> follow() {
        return SharedHistory.open(vertx)
                .compose(shared -> shared.subscribeDays(days -> context.runOnContext(now -> current.learn(days)))
                        .compose(subscribed ->
                                shared.subscribeMinutes(hour -> context.runOnContext(now -> published(hour))))
                        .compose(subscribed -> readAll(shared))
                        .onSuccess(read -> vertx.setPeriodic(refresh.toMillis(), ignored -> readAgain(shared))))
                .onFailure(cause -> {
                    LOG.warn("cannot follow the history yet, trying again: {}", cause.toString());
                    vertx.setTimer(RETRY_MILLIS, ignored -> follow());
                });
    }

    private Future<Void> readAll(SharedHistory shared) {
        return Future.all(
                        shared.readDays().onSuccess(current::learn),
                        shared.readMinutes(clock.instant())
                                .onSuccess(read -> read.hours().forEach(current::learn)))
                .mapEmpty();
    }

    private void readAgain(SharedHistory shared) {
        long hour = currentHour();
        current.forgetBefore(hour - MinutePoints.WHOLE_HOURS);
        Future.all(
                        shared.readDays().onSuccess(current::learn),
                        shared.readHour(hour - 1).onSuccess(read -> read.ifPresent(current::learn)),
                        shared.readHour(hour).onSuccess(read -> read.ifPresent(current::learn)))
                .onFailure(cause -> LOG.warn("could not read the history again: {}", cause.toString()));
    }

    /** An hour that is neither of the last two days nor about to begin is of a clock gone wrong. */
    private void published(HourOfMinutes hour) {
        long now = currentHour();
        if (hour.epochHour() >= now - MinutePoints.WHOLE_HOURS && hour.epochHour() <= now + 1) {
            current.learn(hour);
        }
    }

    private long currentHour() {
        return HourOfMinutes.epochHour(clock.instant());
    }
}
