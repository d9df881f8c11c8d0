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
 * Keeps {@link CurrentHistory} current: first the days in the jar, then those of the cluster. It subscribes before it reads
 * the cache, so that it misses nothing between the two, and reads again each minute in case a publication was lost. Used on
 * the event loop that made it.
 */
public final class HistoryFollower {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryFollower.class);

    private static final Duration REFRESH = Duration.ofMinutes(1);
    private static final long RETRY_MILLIS = 1000;

    /** How long the start waits for the history of the cluster; it may also arrive later. */
    private static final long START_TIMEOUT_SECONDS = 3;

    private final Vertx vertx;
    private final Context context;
    private final Clock clock;
    private final CurrentHistory current;
    private final Duration refresh;

    /** Made on the event loop of {@code current}. */
    public HistoryFollower(Vertx vertx, Clock clock, CurrentHistory current) {
        this(vertx, clock, current, REFRESH);
    }

    /** Reads again at an interval. */
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
     * @return completes when the days of the jar and of the cluster are loaded. If the cluster's are not available, it
     *     completes without them and tries again each second
     */
    public Future<Void> start() {
        return vertx.executeBlocking(BundledHistory::load).compose(bundled -> {
            current.add(bundled);
            return follow().timeout(START_TIMEOUT_SECONDS, TimeUnit.SECONDS).otherwiseEmpty();
        });
    }

    /** Subscribing again after a failure is harmless: adding the same twice changes nothing. */
    private Future<Void> follow() {
        return SharedHistory.open(vertx)
                .compose(shared -> shared.subscribeDays(days -> context.runOnContext(now -> current.add(days)))
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
                        shared.readDays().onSuccess(current::add),
                        shared.readMinutes(clock.instant())
                                .onSuccess(read -> read.hours().forEach(current::add)))
                .mapEmpty();
    }

    private void readAgain(SharedHistory shared) {
        long hour = currentHour();
        current.forgetBefore(hour - MinutePoints.WHOLE_HOURS);
        Future.all(
                        shared.readDays().onSuccess(current::add),
                        shared.readHour(hour - 1).onSuccess(read -> read.ifPresent(current::add)),
                        shared.readHour(hour).onSuccess(read -> read.ifPresent(current::add)))
                .onFailure(cause -> LOG.warn("could not read the history again: {}", cause.toString()));
    }

    /** Ignores an hour outside the last two days and the next hour: it comes from a wrong clock. */
    private void published(HourOfMinutes hour) {
        long now = currentHour();
        if (hour.epochHour() >= now - MinutePoints.WHOLE_HOURS && hour.epochHour() <= now + 1) {
            current.add(hour);
        }
    }

    private long currentHour() {
        return HourOfMinutes.epochHour(clock.instant());
    }
}
