package io.ratemesh.rates.history;

import io.ratemesh.model.RateBook;
import io.ratemesh.model.history.HourOfMinutes;
import io.ratemesh.model.history.MinutePoints;
import io.ratemesh.node.history.SharedHistory;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Synchronizes the minutes between this node, its disk and the cluster; the leader records new ones. Runs on one event loop.
 */
final class SharedMinutes {

    private static final Logger LOG = LoggerFactory.getLogger(SharedMinutes.class);

    private final SharedHistory shared;
    private final MinuteStore minutes;
    private final HourFiles files;
    private final DiskWriter disk;
    private final BooleanSupplier leads;
    private long oldest;

    SharedMinutes(SharedHistory shared, MinuteStore minutes, HourFiles files, DiskWriter disk, BooleanSupplier leads) {
        this.shared = shared;
        this.minutes = minutes;
        this.files = files;
        this.disk = disk;
        this.leads = leads;
    }

    /** Subscribes to the minutes that the leader records. */
    Future<?> subscribe(Clock clock) {
        return shared.subscribeMinutes(hour -> add(hour, clock.instant()));
    }

    /** Records a whole minute on the leader, and removes old minutes. */
    void record(RateBook book, Instant minute) {
        if (leads.getAsBoolean()) {
            minutes.record(book, minute).ifPresent(hour -> {
                save(hour);
                publish(hour);
            });
        }
        removeBefore(MinuteStore.oldest(minute));
    }

    /** Reads the minutes of the cluster, and adds those that it lacks. */
    Future<?> reconcile(Instant now) {
        return shared.readMinutes(now)
                .onSuccess(found -> merge(found, now))
                .onFailure(cause -> LOG.debug("the minutes of the cluster could not be read", cause));
    }

    private void merge(MinutePoints found, Instant now) {
        found.hours().forEach(hour -> add(hour, now));
        minutes.points().hours().filter(hour -> !has(found, hour)).forEach(this::publish);
    }

    private static boolean has(MinutePoints found, HourOfMinutes hour) {
        return found.hour(hour.epochHour())
                .filter(shared -> shared.plus(hour).equals(shared))
                .isPresent();
    }

    private void add(HourOfMinutes hour, Instant now) {
        minutes.add(hour, now).ifPresent(this::save);
    }

    private void save(HourOfMinutes hour) {
        disk.write(() -> files.write(hour));
    }

    private void publish(HourOfMinutes hour) {
        shared.publishHour(hour).onFailure(cause -> LOG.debug("the minutes could not be published", cause));
    }

    private void removeBefore(long epochHour) {
        if (epochHour == oldest) {
            return;
        }
        oldest = epochHour;
        minutes.removeBefore(epochHour);
        disk.write(() -> files.deleteBefore(epochHour));
        if (leads.getAsBoolean()) {
            shared.removeBefore(epochHour)
                    .onFailure(cause -> LOG.debug("old minutes could not be removed from the cluster", cause));
        }
    }
}
