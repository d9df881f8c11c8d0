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
import io.ratemesh.rates.disk.DurableFile;
import io.ratemesh.rates.feed.EcbFeed;
import io.ratemesh.rates.feed.Feed;
import io.ratemesh.rates.meters.RatesMeters;
import io.ratemesh.rates.poll.FeedPoller;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
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
 * What a rates node owes the cluster of the past: to keep it, here and on disk, so that it outlives any one node and a
 * restart of them all; and to add to it while it leads. Lives on one event loop.
 */
public final class HistoryService {

    /** The loop that fetches missing days. */
    public static final String CATCH_UP = EcbHistoryFile.NAME;

    /** How often that loop looks whether a day is missing. */
    public static final Duration LOOK = EcbHistoryFile.LOOK;

    private static final Logger LOG = LoggerFactory.getLogger(HistoryService.class);
    private static final int MAX_DAYS_BYTES = 8 << 20;

    /** A subscription may be lost for good when the network flaps (vert.x issue 4394), and the cluster its memory. */
    private static final int MINUTES_TO_RECONCILE = 5;

    private final Node node;
    private final Clock clock;
    private final BooleanSupplier leads;
    private final DayStore days;
    private final MinuteStore minutes;
    private final SharedDays sharedDays;
    private final SharedMinutes sharedMinutes;
    private final DiskWriter disk;
    private final MissingDays missing;
    private boolean led;

    private HistoryService(
            Node node, SharedHistory shared, OnDisk found, boolean simulating, BooleanSupplier leads, Clock clock) {
        this.node = node;
        this.clock = clock;
        this.leads = leads;
        this.days = new DayStore(found.bundled());
        this.minutes = new MinuteStore(simulating);
        this.disk = new DiskWriter(node.vertx());
        this.missing = new MissingDays(found.bundled().lastDay().orElse(LocalDate.EPOCH));
        this.sharedDays = new SharedDays(shared, days, found.daysFile(), disk, leads);
        this.sharedMinutes = new SharedMinutes(shared, minutes, found.hourFiles(), disk, leads, clock);
        days.learn(DayStore.all(found.days()));
        found.hours().forEach(hour -> minutes.learn(hour, clock.instant()));
        StoredHistoryMeters.register(node.meters(), days, minutes);
    }

    /**
     * Reads what is bundled and on disk; a disk that fails is said, and stops nothing.
     *
     * @param simulating whether the settings ask for simulated rates
     * @param leads whether this node leads
     */
    public static Future<HistoryService> open(Node node, boolean simulating, BooleanSupplier leads, Clock clock) {
        Path folder = node.settings().rates().dataDir();
        Vertx vertx = node.vertx();
        Future<OnDisk> found = vertx.executeBlocking(() -> OnDisk.read(folder, clock));
        Future<SharedHistory> shared = SharedHistory.open(vertx);
        return Future.all(found, shared)
                .map(ignored -> new HistoryService(node, shared.result(), found.result(), simulating, leads, clock));
    }

    /** What fetches missing days; empty where the ECB is not among the feeds, or nobody knows what lies beside its file. */
    public Optional<FeedPoller> poller(Collection<Feed> feeds) {
        return feeds.stream()
                .filter(EcbFeed.class::isInstance)
                .flatMap(ecb -> HistoryFiles.beside(((EcbFeed) ecb).uri()).stream())
                .findFirst()
                .map(files -> new HistoryPoller(node.vertx(), files, days, missing, clock));
    }

    /** Who takes what the ECB says of past days. */
    public DayImporter desk(RatesMeters meters, Runnable report) {
        return new DayImporter(days, missing, meters, node.ops(), report, clock);
    }

    /** Goes on from what the cluster knows, and looks at the book each minute from now on. */
    public Future<?> begin(Supplier<RateBook> book) {
        return Future.all(sharedDays.subscribe(), sharedMinutes.subscribe()).onSuccess(subscribed -> {
            reconcile();
            atNextMinute(book);
        });
    }

    /** A book is held: the ECB's day in it is one of the history from now on, also once the book has moved on. */
    public void held(RateBook book) {
        LocalDate today = clock.instant().atZone(TargetCalendar.FRANKFURT).toLocalDate();
        BookDay.newest(book, days.known())
                .filter(day -> !day.day().isAfter(today))
                .ifPresent(day -> days.learn(List.of(day)));
    }

    /** Sees who leads; several times a second. */
    public void look() {
        boolean leading = leads.getAsBoolean();
        if (leading && !led) {
            reconcile();
        }
        led = leading;
    }

    /** Writes what still waits. */
    public Future<Void> flush() {
        return disk.write(() -> {});
    }

    private void reconcile() {
        sharedDays.reconcile();
        sharedMinutes.reconcile();
    }

    private void atNextMinute(Supplier<RateBook> book) {
        Instant now = clock.instant();
        Instant next = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        node.vertx().setTimer(Math.max(1, Duration.between(now, next).toMillis()), timer -> {
            // A timer that is a little early finds its minute recorded, and is set for the same one again.
            Instant minute = clock.instant().truncatedTo(ChronoUnit.MINUTES);
            sharedMinutes.minute(book.get(), minute);
            if (minute.getEpochSecond() / 60 % MINUTES_TO_RECONCILE == 0) {
                reconcile();
            }
            atNextMinute(book);
        });
    }

    /** What a start finds. */
    private record OnDisk(
            RateHistory bundled,
            RateHistory days,
            List<HourOfMinutes> hours,
            DurableFile daysFile,
            HourFiles hourFiles) {

        static OnDisk read(Path folder, Clock clock) {
            DurableFile daysFile = new DurableFile(folder, "days", MAX_DAYS_BYTES, clock);
            HourFiles hourFiles = new HourFiles(folder.resolve("minutes"), clock);
            return new OnDisk(BundledHistory.load(), days(daysFile), hours(hourFiles), daysFile, hourFiles);
        }

        private static RateHistory days(DurableFile file) {
            try {
                file.prepare();
                return file.read(HistoryCodec::decode).orElse(RateHistory.EMPTY);
            } catch (IOException e) {
                LOG.warn("the days on disk were not read", e);
                return RateHistory.EMPTY;
            }
        }

        private static List<HourOfMinutes> hours(HourFiles files) {
            try {
                return files.read();
            } catch (IOException e) {
                LOG.warn("the minutes on disk were not read", e);
                return List.of();
            }
        }
    }
}
