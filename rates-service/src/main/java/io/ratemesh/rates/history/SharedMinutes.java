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

/** Keeps the minutes the same here, on disk and on the cluster; the leader adds to them. Lives on one event loop. */
final class SharedMinutes {

    private static final Logger LOG = LoggerFactory.getLogger(SharedMinutes.class);

    private final SharedHistory shared;
    private final MinuteStore minutes;
    private final HourFiles files;
    private final DiskWriter disk;
    private final BooleanSupplier leads;
    private final Clock clock;
    private long forgotten;

    SharedMinutes(
            SharedHistory shared,
            MinuteStore minutes,
            HourFiles files,
            DiskWriter disk,
            BooleanSupplier leads,
            Clock clock) {
        this.shared = shared;
        this.minutes = minutes;
        this.files = files;
        this.disk = disk;
        this.leads = leads;
        this.clock = clock;
    }

    /** Hears of what the leader records, from now on. */
    Future<?> subscribe() {
        return shared.subscribeMinutes(this::take);
    }

    /** A whole minute has come: the leader records it; what is too old goes. */
    void minute(RateBook book, Instant minute) {
        if (leads.getAsBoolean()) {
            minutes.record(book, minute).ifPresent(hour -> {
                save(hour);
                publish(hour);
            });
        }
        forget(MinuteStore.oldest(minute));
    }

    /** Reads what the cluster knows, and puts back what it has lost or never had. */
    Future<?> reconcile() {
        return shared.readMinutes(clock.instant())
                .onSuccess(this::found)
                .onFailure(cause -> LOG.debug("the cluster's minutes were not read", cause));
    }

    private void found(MinutePoints found) {
        found.hours().forEach(this::take);
        minutes.points().hours().filter(hour -> !has(found, hour)).forEach(this::publish);
    }

    private static boolean has(MinutePoints found, HourOfMinutes hour) {
        return found.hour(hour.epochHour())
                .filter(theirs -> theirs.plus(hour).equals(theirs))
                .isPresent();
    }

    private void take(HourOfMinutes hour) {
        minutes.learn(hour, clock.instant()).ifPresent(this::save);
    }

    private void save(HourOfMinutes hour) {
        disk.write(() -> files.write(hour));
    }

    private void publish(HourOfMinutes hour) {
        shared.publishHour(hour).onFailure(cause -> LOG.debug("the minutes did not reach the cluster", cause));
    }

    private void forget(long epochHour) {
        if (epochHour == forgotten) {
            return;
        }
        forgotten = epochHour;
        minutes.forgetBefore(epochHour);
        disk.write(() -> files.forgetBefore(epochHour));
        if (leads.getAsBoolean()) {
            shared.forgetBefore(epochHour).onFailure(cause -> LOG.debug("old minutes stay on the cluster", cause));
        }
    }
}
