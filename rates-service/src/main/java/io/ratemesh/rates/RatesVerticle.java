package io.ratemesh.rates;

import io.micrometer.core.instrument.Gauge;
import io.ratemesh.model.RateBook;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.book.FeedStatusReport;
import io.ratemesh.node.book.SharedBook;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.settings.FeedSettings;
import io.ratemesh.node.settings.RatesSettings;
import io.ratemesh.rates.book.BookFile;
import io.ratemesh.rates.book.BookRules;
import io.ratemesh.rates.book.BookState;
import io.ratemesh.rates.book.InitialBook;
import io.ratemesh.rates.book.VersionClock;
import io.ratemesh.rates.disk.FolderLock;
import io.ratemesh.rates.feed.EcbFeed;
import io.ratemesh.rates.feed.Feed;
import io.ratemesh.rates.feed.FeedResponse;
import io.ratemesh.rates.feed.SimulatedFeed;
import io.ratemesh.rates.history.DayImporter;
import io.ratemesh.rates.history.HistoryService;
import io.ratemesh.rates.meters.RatesMeters;
import io.ratemesh.rates.poll.FeedLoop;
import io.ratemesh.rates.poll.FeedLoopFactory;
import io.ratemesh.rates.publish.BookSaver;
import io.ratemesh.rates.publish.FeedPolls;
import io.ratemesh.rates.publish.FeedResponseHandler;
import io.ratemesh.rates.publish.Leadership;
import io.ratemesh.rates.publish.LeadershipCoordinator;
import io.ratemesh.rates.publish.PollReporter;
import io.ratemesh.rates.publish.RatesLeader;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Wires a rates node: feeds to the book state, the accepted book to the cluster, the published book to the disk. */
final class RatesVerticle extends VerticleBase {

    private static final long CHECK_MILLIS = 250;
    private static final long RECONCILE_MILLIS = 5000;

    /** After a power failure at most the books of this time are missing on disk. */
    private static final Duration SAVE_PAUSE = Duration.ofMillis(250);

    private final Node node;
    private final BookFile file;
    private final FolderLock lock;
    private final Clock clock;
    private final Clock versionClock;
    private final Leadership leadership;
    private final BookState state;
    private final FeedPolls polls = new FeedPolls();
    private RatesSettings settings;
    private Optional<Wiring> wiring = Optional.empty();

    /** The parts that exist once the node has opened the shared state. */
    private record Wiring(
            LeadershipCoordinator coordinator,
            RatesLeader leader,
            HistoryService history,
            BookSaver saver,
            RatesMeters meters,
            PollReporter reporter,
            DayImporter importer,
            FeedLoopFactory loops) {}

    RatesVerticle(Node node, List<Feed> feeds, BookFile file, FolderLock lock, Clock clock) {
        this.node = node;
        this.file = file;
        this.lock = lock;
        this.clock = clock;
        this.versionClock = new VersionClock(clock, node.id());
        this.settings = node.settings().rates();
        this.leadership = new Leadership(() -> node.membership().leads(NodeRole.RATES));
        this.state = new BookState(BookRules.of(feeds, settings.limits(), versionClock), clock);
    }

    @Override
    public Future<?> start() {
        node.health().addReadinessCheck("book", this::bookStatus);
        Future<SharedBook> shared = SharedBook.open(vertx);
        Future<HistoryService> history = HistoryService.open(node, lock, leadership::isLeading, clock);
        return Future.all(shared, history).compose(opened -> {
            Wiring parts = wire(shared.result(), history.result());
            wiring = Optional.of(parts);
            LeadershipCoordinator coordinator = parts.coordinator();
            vertx.eventBus()
                    .<JsonObject>consumer(FeedStatusReport.ADDRESS, message -> coordinator.onReport(message.body()));
            return Future.all(
                            shared.result().subscribe(coordinator::onBook),
                            parts.history().start(state::published))
                    .onSuccess(subscribed -> startTimers(parts));
        });
    }

    @Override
    public Future<?> stop() {
        wiring.map(Wiring::coordinator).ifPresent(LeadershipCoordinator::close);
        return wiring.<Future<?>>map(parts ->
                        Future.join(parts.saver().flush(), parts.history().flush()))
                .orElse(Future.succeededFuture());
    }

    private Wiring wire(SharedBook shared, HistoryService history) {
        BookSaver saver = new BookSaver(vertx, file, lock::acquire, SAVE_PAUSE, state::published);
        state.onPublished(book -> saver.save());
        state.onPublished(this::announce);
        state.onPublished(history::addDay);
        InitialBook initial = new InitialBook(file, SimulatedFeed.isConfigured(settings), versionClock);
        RatesLeader leader = new RatesLeader(vertx, shared, state, initial, this::announceFirst);
        LeadershipCoordinator coordinator = new LeadershipCoordinator(node, leader, polls, state, leadership);
        List<String> names = Stream.concat(state.rules().feeds().keySet().stream(), Stream.of(HistoryService.IMPORT))
                .toList();
        Gauge.builder("ratemesh.rates.data.writer", () -> lock.isHeld() ? 1 : 0)
                .description("1 on the node that writes to its data folder, 0 while another process does")
                .register(node.meters());
        RatesMeters meters = new RatesMeters(node.meters(), names, state::published, leadership::isLeading, clock);
        PollReporter reporter = new PollReporter(node.ops(), meters, coordinator::report);
        Wiring parts = new Wiring(
                coordinator,
                leader,
                history,
                saver,
                meters,
                reporter,
                history.importer(reporter),
                new FeedLoopFactory(vertx, clock, state::accepted));
        polls.replace(loops(Set.of(), parts));
        return parts;
    }

    /**
     * Applies new feeds and limits. Feeds with unchanged settings keep their schedule and their quotes; the others are polled at
     * once. The rates of a removed feed remain in the book until another feed replaces them.
     *
     * @param made the feeds of these settings, in their order
     * @return completes when the settings are applied
     */
    Future<Void> reload(RatesSettings next, List<Feed> made) {
        return Future.future(promise -> context.runOnContext(ignored -> Future.succeededFuture()
                .<Void>map(started -> {
                    apply(next, made, wiring.orElseThrow());
                    return null;
                })
                .onComplete(promise)));
    }

    private void apply(RatesSettings next, List<Feed> made, Wiring parts) {
        Set<String> unchanged = next.feeds().stream()
                // The content of a key file may have changed.
                .filter(feed -> feed.keyFile().isEmpty() && settings.feeds().contains(feed))
                .map(FeedSettings::name)
                .collect(Collectors.toSet());
        Map<String, Feed> current = state.rules().feeds();
        List<Feed> feeds = made.stream()
                .map(feed -> unchanged.contains(feed.name()) ? current.getOrDefault(feed.name(), feed) : feed)
                .toList();
        settings = next;
        state.changeRules(BookRules.of(feeds, next.limits(), versionClock), unchanged);
        feeds.forEach(feed -> parts.meters().addFeed(feed.name()));
        polls.replace(loops(unchanged, parts));
        parts.leader().rebuild();
        parts.coordinator().report();
    }

    /**
     * The loops of all feeds.
     *
     * @param unchanged the names of the feeds that keep their loop
     */
    private Map<String, FeedLoop> loops(Set<String> unchanged, Wiring parts) {
        Map<String, FeedLoop> loops = new LinkedHashMap<>();
        Map<String, Feed> feeds = state.rules().feeds();
        feeds.forEach((name, feed) -> loops.put(
                name,
                polls.find(name)
                        .filter(existing -> unchanged.contains(name))
                        .orElseGet(() -> parts.loops().create(feed, handler(feed, parts)))));
        Optional<FeedLoop> daysImport = unchanged.contains(EcbFeed.NAME)
                ? polls.find(HistoryService.IMPORT)
                : parts.history().importLoop(feeds.values(), parts.loops(), parts.importer());
        daysImport.ifPresent(loop -> loops.put(HistoryService.IMPORT, loop));
        return loops;
    }

    private FeedResponseHandler handler(Feed feed, Wiring parts) {
        // Only the ECB's reference rates are days of the history.
        Consumer<FeedResponse> complete =
                feed.name().equals(EcbFeed.NAME) ? parts.importer()::importDaily : response -> {};
        return new FeedResponseHandler(feed, state, parts.leader()::publish, complete, parts.reporter());
    }

    private void startTimers(Wiring parts) {
        LeadershipCoordinator coordinator = parts.coordinator();
        parts.leader().readShared();
        coordinator.check();
        parts.history().checkLeadership();
        vertx.setPeriodic(CHECK_MILLIS, timer -> {
            coordinator.check();
            parts.history().checkLeadership();
        });
        vertx.setPeriodic(RECONCILE_MILLIS, timer -> coordinator.reconcile());
        node.membership().onMemberLeft(member -> context.runOnContext(ignored -> coordinator.check()));
    }

    private void announce(RateBook published) {
        node.announcer().setBookVersion(published.version());
        if (node.announcer().current().state() == NodeState.STARTING) {
            node.announcer().setState(NodeState.READY);
        }
    }

    private void announceFirst(RateBook first) {
        Instant now = clock.instant();
        long stale =
                first.rates().values().stream().filter(rate -> rate.stale(now)).count();
        TreeSet<String> sources = new TreeSet<>();
        first.rates().values().forEach(rate -> sources.add(rate.source()));
        node.ops()
                .publish(
                        "book-published",
                        String.valueOf(first.version()),
                        first.rates().size() + " currencies from " + String.join(", ", sources) + ", " + stale
                                + " of them stale");
    }

    private Status bookStatus() {
        long version = state.published().version();
        JsonObject data = new JsonObject().put("version", version).put("leader", leadership.isLeading());
        return (version > 0 ? Status.OK() : Status.KO()).setData(data);
    }
}
