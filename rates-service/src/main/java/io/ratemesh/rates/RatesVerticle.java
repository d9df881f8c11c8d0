package io.ratemesh.rates;

import io.ratemesh.model.Rate;
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
import io.ratemesh.rates.book.BundledBook;
import io.ratemesh.rates.book.InitialBook;
import io.ratemesh.rates.book.RateChoice;
import io.ratemesh.rates.feed.EcbFeed;
import io.ratemesh.rates.feed.Feed;
import io.ratemesh.rates.feed.FeedResponse;
import io.ratemesh.rates.feed.HttpFeed;
import io.ratemesh.rates.feed.SteppingFeed;
import io.ratemesh.rates.history.DayImporter;
import io.ratemesh.rates.history.HistoryService;
import io.ratemesh.rates.meters.RatesMeters;
import io.ratemesh.rates.poll.Backoff;
import io.ratemesh.rates.poll.FeedLoop;
import io.ratemesh.rates.poll.FeedPoller;
import io.ratemesh.rates.poll.FetchLimits;
import io.ratemesh.rates.poll.HttpPoller;
import io.ratemesh.rates.poll.PollListener;
import io.ratemesh.rates.poll.PollSchedule;
import io.ratemesh.rates.poll.SteppingPoller;
import io.ratemesh.rates.publish.BookHolder;
import io.ratemesh.rates.publish.BookSaver;
import io.ratemesh.rates.publish.FeedPolls;
import io.ratemesh.rates.publish.FeedResponseHandler;
import io.ratemesh.rates.publish.LeaderBook;
import io.ratemesh.rates.publish.Leadership;
import io.ratemesh.rates.publish.LeadershipCoordinator;
import io.ratemesh.rates.publish.RatesLeader;
import io.ratemesh.rates.publish.RejectionLog;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.Status;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires a rates node: feeds to the leader's book, the leader's book to the cluster, the cluster's book to the disk. */
final class RatesVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(RatesVerticle.class);
    private static final long LOOK_MILLIS = 250;
    private static final long RECONCILE_MILLIS = 5000;

    /** Short enough that a cut of power costs at most the book under way where rates move each second. */
    private static final Duration SAVE_PAUSE = Duration.ofMillis(250);

    private static final Duration LEAST_BACKOFF = Duration.ofSeconds(1);
    private static final Duration FIRST_BACKOFF = Duration.ofSeconds(5);
    private static final Duration BACKOFF_CAP = Duration.ofMinutes(1);

    /** A feed that is asked each second is a near one, and may be asked again sooner than one that is asked each hour. */
    private static final int INTERVALS_OF_BACKOFF = 15;

    private final Node node;
    private final Map<String, Feed> feeds = new LinkedHashMap<>();
    private final BookFile file;
    private final Clock clock;
    private final BookHolder holder = new BookHolder();
    private final FeedPolls polls = new FeedPolls();
    private final Leadership leadership;
    private final LeaderBook book;
    private final RejectionLog doubts;
    private final InitialBook first;
    private RatesSettings inForce;
    private Optional<Wired> wired = Optional.empty();
    private Optional<BookSaver> saver = Optional.empty();
    private Optional<HistoryService> history = Optional.empty();

    /** What the feeds' answers go to. */
    private record Wired(
            LeadershipCoordinator duty,
            RatesLeader leader,
            RatesMeters meters,
            FeedResponseHandler answers,
            DayImporter days,
            HistoryService past) {}

    RatesVerticle(Node node, List<Feed> feeds, BookFile file, Clock clock) {
        this.node = node;
        feeds.forEach(feed -> this.feeds.put(feed.name(), feed));
        this.file = file;
        this.clock = clock;
        this.leadership = new Leadership(() -> node.membership().leads(NodeRole.RATES));
        this.inForce = node.settings().rates();
        this.first = new InitialBook(choiceAmong(this.feeds), this.feeds.containsKey(Rate.SIMULATED), clock);
        this.book = new LeaderBook(BookRules.of(this.feeds.values(), inForce.limits(), clock), clock);
        this.doubts = new RejectionLog(book, clock);
    }

    @Override
    public Future<?> start() {
        node.health().readyWhen("book", this::bookStatus);
        Future<SharedBook> opened = SharedBook.open(vertx);
        Future<HistoryService> past =
                HistoryService.open(node, feeds.containsKey(Rate.SIMULATED), leadership::leading, clock);
        return Future.all(opened, past).compose(ready -> {
            SharedBook shared = opened.result();
            history = Optional.of(past.result());
            Wired all = assemble(shared, past.result());
            wired = Optional.of(all);
            LeadershipCoordinator ours = all.duty();
            holder.onNewer(this::held);
            holder.onNewer(past.result()::held);
            vertx.eventBus().<JsonObject>consumer(FeedStatusReport.ADDRESS, message -> ours.reported(message.body()));
            return Future.all(shared.subscribe(ours::heard), past.result().begin(holder::book))
                    .onSuccess(subscribed -> begin(ours, past.result()));
        });
    }

    @Override
    public Future<?> stop() {
        wired.map(Wired::duty).ifPresent(LeadershipCoordinator::end);
        return Future.join(
                saver.map(BookSaver::flush).orElse(Future.succeededFuture()),
                history.map(HistoryService::flush).orElse(Future.succeededFuture()));
    }

    private Wired assemble(SharedBook shared, HistoryService past) {
        BookSaver disk = new BookSaver(vertx, file, SAVE_PAUSE);
        saver = Optional.of(disk);
        holder.onNewer(disk::save);
        RatesLeader leader =
                new RatesLeader(vertx, shared, holder, book, first, this::booksAtHand, polls, this::tellOfFirst);
        LeadershipCoordinator ours = new LeadershipCoordinator(node, shared, holder, leader, polls, doubts, leadership);
        List<String> names = Stream.concat(feeds.keySet().stream(), Stream.of(HistoryService.CATCH_UP))
                .toList();
        RatesMeters meters = new RatesMeters(node.meters(), names, holder::book, leadership::leading, clock);
        DayImporter days = past.desk(meters, ours::report);
        FeedResponseHandler desk =
                new FeedResponseHandler(feeds, book, leader, meters, node.ops(), doubts, theEcbTo(days), ours::report);
        Wired all = new Wired(ours, leader, meters, desk, days, past);
        polls.use(loops(Set.of(), all));
        return all;
    }

    /**
     * Takes over feeds and limits. Feeds of the same settings are asked on in their rhythm, and what they said is not forgotten;
     * others are asked at once. What a feed said that is gone stays in the book until another says it.
     *
     * @param made the feeds of these settings, in their order
     * @return completes when that is done
     */
    Future<Void> use(RatesSettings next, List<Feed> made) {
        return Future.future(promise -> context.runOnContext(ignored -> Future.succeededFuture()
                .<Void>map(begin -> {
                    take(next, made, wired.orElseThrow());
                    return null;
                })
                .onComplete(promise)));
    }

    private void take(RatesSettings next, List<Feed> made, Wired to) {
        Set<String> same = next.feeds().stream()
                // What is in a file may be another key than it was.
                .filter(feed -> feed.keyFile().isEmpty() && inForce.feeds().contains(feed))
                .map(FeedSettings::name)
                .collect(Collectors.toSet());
        Map<String, Feed> all = new LinkedHashMap<>();
        made.forEach(feed ->
                all.put(feed.name(), same.contains(feed.name()) ? feeds.getOrDefault(feed.name(), feed) : feed));
        feeds.clear();
        feeds.putAll(all);
        inForce = next;
        first.prefer(choiceAmong(feeds));
        book.use(BookRules.of(feeds.values(), next.limits(), clock), same);
        feeds.keySet().forEach(to.meters()::know);
        polls.use(loops(same, to));
        to.leader().rebuild();
        to.duty().report();
    }

    private static RateChoice choiceAmong(Map<String, Feed> feeds) {
        return new RateChoice(List.copyOf(feeds.keySet()));
    }

    /**
     * What asks the feeds.
     *
     * @param same the names of those that are asked on as they are
     */
    private Map<String, FeedLoop> loops(Set<String> same, Wired to) {
        Map<String, FeedLoop> loops = new LinkedHashMap<>();
        feeds.forEach((name, feed) -> loops.put(
                name,
                polls.of(name)
                        .filter(known -> same.contains(name))
                        .orElseGet(() -> loop(name, poller(feed), feed.poll(), to.answers()))));
        Optional<FeedLoop> catchingUp = same.contains(EcbFeed.NAME)
                ? polls.of(HistoryService.CATCH_UP)
                : to.past()
                        .poller(feeds.values())
                        .map(poller -> loop(HistoryService.CATCH_UP, poller, HistoryService.LOOK, to.days()));
        catchingUp.ifPresent(loop -> loops.put(HistoryService.CATCH_UP, loop));
        return loops;
    }

    /** The ECB's newest day is one of the history the moment it is out; no other feed's answer is. */
    private static BiConsumer<String, FeedResponse> theEcbTo(DayImporter days) {
        return (feed, answer) -> {
            if (EcbFeed.NAME.equals(feed)) {
                days.learn(answer);
            }
        };
    }

    private void begin(LeadershipCoordinator ours, HistoryService past) {
        ours.readShared();
        ours.look();
        past.look();
        vertx.setPeriodic(LOOK_MILLIS, timer -> {
            ours.look();
            past.look();
        });
        vertx.setPeriodic(RECONCILE_MILLIS, timer -> ours.reconcile());
        node.membership().onMemberLeft(member -> context.runOnContext(ignored -> ours.look()));
    }

    private FeedPoller poller(Feed feed) {
        // A pattern switch over the sealed type would need Java 21.
        return feed instanceof HttpFeed http
                ? new HttpPoller(vertx, http, FetchLimits.DEFAULT, clock)
                : new SteppingPoller((SteppingFeed) feed, book::book, clock);
    }

    private FeedLoop loop(String name, FeedPoller poller, Duration interval, PollListener listener) {
        Duration patience = interval.multipliedBy(INTERVALS_OF_BACKOFF);
        Duration shortest = patience.compareTo(BACKOFF_CAP) < 0 ? patience : BACKOFF_CAP;
        Duration cap = interval.compareTo(shortest) > 0 ? interval : shortest;
        Backoff backoff = new Backoff(LEAST_BACKOFF, FIRST_BACKOFF, cap, new SplittableRandom());
        PollSchedule schedule = new PollSchedule(name, interval, backoff);
        return new FeedLoop(vertx, clock, name, poller, schedule, listener);
    }

    private Future<List<RateBook>> booksAtHand() {
        return vertx.executeBlocking(() -> List.of(bookOnDisk(), BundledBook.read()));
    }

    private RateBook bookOnDisk() {
        try {
            return file.read().orElse(RateBook.EMPTY);
        } catch (IOException e) {
            // Without it the bundled day is older, but a cluster that waits for a disk has no book at all.
            LOG.warn("the book on disk was not read", e);
            return RateBook.EMPTY;
        }
    }

    private void held(RateBook newest) {
        node.announcer().bookVersion(newest.version());
        if (node.announcer().current().state() == NodeState.STARTING) {
            node.announcer().state(NodeState.READY);
        }
    }

    private void tellOfFirst(RateBook newest) {
        Instant now = clock.instant();
        long stale =
                newest.rates().values().stream().filter(rate -> rate.stale(now)).count();
        TreeSet<String> sources = new TreeSet<>();
        newest.rates().values().forEach(rate -> sources.add(rate.source()));
        node.ops()
                .publish(
                        "book-published",
                        String.valueOf(newest.version()),
                        newest.rates().size() + " currencies from " + String.join(", ", sources) + ", " + stale
                                + " of them stale");
    }

    private Status bookStatus() {
        long version = holder.book().version();
        JsonObject data = new JsonObject().put("version", version).put("leader", leadership.leading());
        return (version > 0 ? Status.OK() : Status.KO()).setData(data);
    }
}
