package io.ratemesh.rates.history;

import io.ratemesh.model.RateBook;
import io.ratemesh.model.TargetCalendar;
import io.ratemesh.model.history.BookDay;
import io.ratemesh.model.history.BundledHistory;
import io.ratemesh.model.history.HistoryCodec;
import io.ratemesh.model.history.HourOfMinutes;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.node.history.SharedHistory;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.settings.RatesSettings;
import io.ratemesh.rates.disk.DurableFile;
import io.ratemesh.rates.disk.FolderLock;
import io.ratemesh.rates.feed.EcbFeed;
import io.ratemesh.rates.feed.Feed;
import io.ratemesh.rates.feed.SimulatedFeed;
import io.ratemesh.rates.poll.FeedLoop;
import io.ratemesh.rates.poll.FeedLoopFactory;
import io.ratemesh.rates.publish.PollReporter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The history on a rates node: kept in memory and on disk on every node, so that it survives the loss of nodes and a full
 * restart; extended by the leader. Runs on one event loop.
 */
public final class HistoryService {

    /** The name of the loop that fetches missing days. */
    public static final String IMPORT = EcbHistoryFile.NAME;

    private static final Logger LOG = LoggerFactory.getLogger(HistoryService.class);
    private static final int MAX_DAYS_BYTES = 8 << 20;

    /** A subscription may be lost for good when the network flaps (vert.x issue 4394), and the cluster its memory. */
    private static final int MINUTES_TO_RECONCILE = 5;

    private final Node node;
    private final Clock clock;
    private final BooleanSupplier leads;
    private final DayStore days;
    private final SharedDays sharedDays;
    private final SharedMinutes sharedMinutes;
    private final DiskWriter disk;
    private final MissingDays missing;
    private boolean led;

    private HistoryService(
            Node node, SharedHistory shared, OnDisk found, FolderLock lock, BooleanSupplier leads, Clock clock) {
        this.node = node;
        this.clock = clock;
        this.leads = leads;
        this.days = new DayStore(found.bundled());
        this.disk = new DiskWriter(node.vertx(), lock::acquire);
        this.missing = new MissingDays(found.bundled().lastDay().orElse(LocalDate.EPOCH));
        this.sharedDays = new SharedDays(shared, days, found.daysFile(), disk, leads);
        MinuteStore minutes =
                new MinuteStore(SimulatedFeed.isConfigured(node.settings().rates()));
        this.sharedMinutes = new SharedMinutes(shared, minutes, found.hourFiles(), disk, leads);
        days.add(DayStore.daysOf(found.days()));
        found.hours().forEach(hour -> minutes.add(hour, clock.instant()));
        StoredHistoryMeters.register(node.meters(), days, minutes);
    }

    /**
     * Reads the bundled days and the files on disk. A file that cannot be read is logged, and does not fail the start.
     *
     * @param lock of {@code rates.data-dir}
     * @param leads whether this node leads
     */
    public static Future<HistoryService> open(Node node, FolderLock lock, BooleanSupplier leads, Clock clock) {
        RatesSettings settings = node.settings().rates();
        Vertx vertx = node.vertx();
        Future<OnDisk> found = vertx.executeBlocking(() -> OnDisk.read(settings, clock));
        Future<SharedHistory> shared = SharedHistory.open(vertx);
        return Future.all(found, shared)
                .map(ignored -> new HistoryService(node, shared.result(), found.result(), lock, leads, clock));
    }

    /**
     * The loop that fetches missing days.
     *
     * @return empty if the ECB is not among the feeds, or the address of its daily file does not show those of the others
     */
    public Optional<FeedLoop> importLoop(Collection<Feed> feeds, FeedLoopFactory loops, DayImporter importer) {
        return feeds.stream()
                .filter(EcbFeed.class::isInstance)
                .flatMap(ecb -> HistoryFiles.beside(((EcbFeed) ecb).uri()).stream())
                .findFirst()
                .map(files -> new HistoryPoller(node.vertx(), files, days, missing, clock))
                .map(poller -> loops.create(EcbHistoryFile.NAME, poller, EcbHistoryFile.POLL, importer));
    }

    /** Imports days from the ECB's files into this history. */
    public DayImporter importer(PollReporter reporter) {
        return new DayImporter(days, missing, reporter, clock);
    }

    /** Starts to synchronize with the cluster, and to record the rates of the book each minute. */
    public Future<?> start(Supplier<RateBook> book) {
        return Future.all(sharedDays.subscribe(), sharedMinutes.subscribe(clock))
                .onSuccess(subscribed -> {
                    reconcile();
                    recordNextMinute(book);
                });
    }

    /** Adds the ECB's day of a book to the history, if the book has a whole one. */
    public void addDay(RateBook book) {
        LocalDate today = clock.instant().atZone(TargetCalendar.FRANKFURT).toLocalDate();
        BookDay.newest(book, days.all())
                .filter(day -> !day.day().isAfter(today))
                .ifPresent(day -> days.add(List.of(day)));
    }

    /** Checks whether this node leads; several times a second. */
    public void checkLeadership() {
        boolean leading = leads.getAsBoolean();
        if (leading && !led) {
            reconcile();
        }
        led = leading;
    }

    /** Completes when all writes before are done. */
    public Future<Void> flush() {
        return disk.write(() -> {});
    }

    private void reconcile() {
        sharedDays.reconcile();
        sharedMinutes.reconcile(clock.instant());
    }

    private void recordNextMinute(Supplier<RateBook> book) {
        Instant now = clock.instant();
        Instant next = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        node.vertx().setTimer(Math.max(1, Duration.between(now, next).toMillis()), timer -> {
            // A timer that fires early finds its minute recorded, and is set for the same one again.
            Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
            sharedMinutes.record(book.get(), minute);
            if (minute.getEpochSecond() / 60 % MINUTES_TO_RECONCILE == 0) {
                reconcile();
            }
            recordNextMinute(book);
        });
    }

    /** The bundled days and the content of the disk. */
    private record OnDisk(
            RateHistory bundled,
            RateHistory days,
            List<HourOfMinutes> hours,
            DurableFile daysFile,
            HourFiles hourFiles) {

        static OnDisk read(RatesSettings settings, Clock clock) {
            DurableFile daysFile = new DurableFile(settings.dataDir(), "days", MAX_DAYS_BYTES, clock);
            HourFiles hourFiles = new HourFiles(SimulatedFeed.folder(settings).resolve("minutes"), clock);
            return new OnDisk(BundledHistory.load(), days(daysFile), hours(hourFiles), daysFile, hourFiles);
        }

        private static RateHistory days(DurableFile file) {
            try {
                file.prepare();
                return file.read(HistoryCodec::decode).orElse(RateHistory.EMPTY);
            } catch (IOException e) {
                LOG.warn("the days on disk could not be read", e);
                return RateHistory.EMPTY;
            }
        }

        private static List<HourOfMinutes> hours(HourFiles files) {
            try {
                return files.read();
            } catch (IOException e) {
                LOG.warn("the minutes on disk could not be read", e);
                return List.of();
            }
        }
    }
}
