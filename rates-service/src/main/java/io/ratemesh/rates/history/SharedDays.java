package io.ratemesh.rates.history;

import io.ratemesh.model.history.HistoryCodec;
import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.node.history.SharedHistory;
import io.ratemesh.rates.disk.DurableFile;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the days that were learnt the same here, on disk and on the cluster. What the cluster says counts more, but for
 * the leader, who may have learnt what did not get there; what it lacks, everybody gives it. Lives on one event loop.
 */
final class SharedDays {

    private static final Logger LOG = LoggerFactory.getLogger(SharedDays.class);

    private final SharedHistory shared;
    private final DayStore days;
    private final DurableFile file;
    private final DiskWriter disk;
    private final BooleanSupplier leads;

    SharedDays(SharedHistory shared, DayStore days, DurableFile file, DiskWriter disk, BooleanSupplier leads) {
        this.shared = shared;
        this.days = days;
        this.file = file;
        this.disk = disk;
        this.leads = leads;
    }

    /** Hears of what others learn, from now on. */
    Future<?> subscribe() {
        days.onLearnt(this::learnt);
        return shared.subscribeDays(others -> days.learn(DayStore.all(others)));
    }

    /** Reads what the cluster knows, and puts back what it has lost or never had. */
    Future<?> reconcile() {
        return shared.readDays()
                .onSuccess(this::found)
                .onFailure(cause -> LOG.debug("the cluster's days were not read", cause));
    }

    private void found(RateHistory found) {
        if (leads.getAsBoolean()) {
            days.fill(found);
        } else {
            days.learn(DayStore.all(found));
        }
        List<HistoryDay> news = DayStore.all(days.learnt()).stream()
                .filter(day -> found.day(day.day()).filter(day::equals).isEmpty())
                .toList();
        if (!news.isEmpty()) {
            publish(RateHistory.of(news));
        }
    }

    private void learnt(RateHistory learnt) {
        disk.write(() -> file.write(HistoryCodec.encode(learnt)));
        if (leads.getAsBoolean()) {
            publish(learnt);
        }
    }

    private void publish(RateHistory learnt) {
        shared.publishDays(learnt).onFailure(cause -> LOG.debug("the days did not reach the cluster", cause));
    }
}
