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
 * Synchronizes the imported days between this node, its disk and the cluster. The cluster's version of a day takes precedence,
 * except on the leader, whose imports may not have reached the cluster. Every node adds days that the cluster lacks. Runs on
 * one event loop.
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

    /** Subscribes to days imported by other nodes. */
    Future<?> subscribe() {
        days.onChange(this::changed);
        return shared.subscribeDays(others -> days.add(DayStore.daysOf(others)));
    }

    /** Reads the days of the cluster, and adds those that it lacks. */
    Future<?> reconcile() {
        return shared.readDays()
                .onSuccess(this::merge)
                .onFailure(cause -> LOG.debug("the days of the cluster could not be read", cause));
    }

    private void merge(RateHistory found) {
        if (leads.getAsBoolean()) {
            days.addMissing(found);
        } else {
            days.add(DayStore.daysOf(found));
        }
        List<HistoryDay> lacking = DayStore.daysOf(days.imported()).stream()
                .filter(day -> found.day(day.day()).filter(day::equals).isEmpty())
                .toList();
        if (!lacking.isEmpty()) {
            publish(RateHistory.of(lacking));
        }
    }

    private void changed(RateHistory imported) {
        disk.write(() -> file.write(HistoryCodec.encode(imported)));
        if (leads.getAsBoolean()) {
            publish(imported);
        }
    }

    private void publish(RateHistory imported) {
        shared.publishDays(imported).onFailure(cause -> LOG.debug("the days could not be published", cause));
    }
}
