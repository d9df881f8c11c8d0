package io.ratemesh.rates.publish;

import io.ratemesh.model.RateBook;
import io.ratemesh.node.book.SharedBook;
import io.ratemesh.rates.book.InitialBook;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node does while it leads: goes on from the newest book it can find, asks the feeds, and keeps the cluster's
 * book at least as new as its own. Lives on one event loop.
 */
public final class RatesLeader {

    private static final Logger LOG = LoggerFactory.getLogger(RatesLeader.class);
    private static final Duration READ = Duration.ofSeconds(2);
    private static final long PAUSE_MILLIS = 250;

    private final Vertx vertx;
    private final SharedBook shared;
    private final BookHolder holder;
    private final LeaderBook book;
    private final InitialBook first;
    private final Supplier<Future<List<RateBook>>> otherBooks;
    private final FeedPolls polls;
    private final BookPublisher publisher;
    private final Consumer<RateBook> firstPublished;

    /** Grows with each term, so that what was begun in one has no effect in the next. */
    private long term;

    private boolean settled;
    private boolean clusterWasEmpty;
    private boolean failing;

    /**
     * A leader that does not lead yet.
     *
     * @param otherBooks the books a first one can be made of besides the cluster's, those that count more first
     * @param firstPublished hears of the book that is the first of its cluster
     */
    public RatesLeader(
            Vertx vertx,
            SharedBook shared,
            BookHolder holder,
            LeaderBook book,
            InitialBook first,
            Supplier<Future<List<RateBook>>> otherBooks,
            FeedPolls polls,
            Consumer<RateBook> firstPublished) {
        this.vertx = vertx;
        this.shared = shared;
        this.holder = holder;
        this.book = book;
        this.first = first;
        this.otherBooks = otherBooks;
        this.polls = polls;
        this.firstPublished = firstPublished;
        this.publisher = new BookPublisher(vertx, shared, this::published, this::overtaken);
    }

    /** Begins to lead. */
    public void lead() {
        term++;
        takeOver(term);
    }

    /** Leads no more. */
    public void follow() {
        term++;
        settled = false;
        polls.stop();
        publisher.stop();
    }

    /** The feeds changed something: publishes the book that follows from it, if there is one. */
    public void rebuild() {
        if (settled) {
            book.build().ifPresent(publisher::offer);
        }
    }

    /** Publishes anew what has turned stale; called often. */
    public void watchAge() {
        if (settled) {
            book.turnedStale().ifPresent(publisher::offer);
        }
    }

    /** Another node published this book. */
    public void heard(RateBook newest) {
        if (settled && newest.version() > book.book().version()) {
            book.goOnFrom(newest).ifPresent(publisher::offer);
        }
    }

    /** Puts the book back where the cluster has lost it or holds an older one; called now and then. */
    public void reconcile() {
        long current = term;
        RateBook ours = book.book();
        if (!settled || publisher.busy()) {
            return;
        }
        shared.read().timeout(READ.toMillis(), TimeUnit.MILLISECONDS).onSuccess(found -> {
            if (current != term || publisher.busy()) {
                return;
            }
            RateBook newest = found.orElse(RateBook.EMPTY);
            if (newest.version() < ours.version()) {
                LOG.warn("the cluster has lost book {}: storing it again", ours.version());
                publisher.offer(book.book());
            } else {
                holder.adopt(newest);
                heard(newest);
            }
        });
    }

    /** Ends for good. */
    public void close() {
        follow();
        polls.close();
    }

    private void takeOver(long current) {
        Future<RateBook> stored = shared.read()
                .timeout(READ.toMillis(), TimeUnit.MILLISECONDS)
                .map(found -> found.orElse(RateBook.EMPTY));
        Future<List<RateBook>> others = otherBooks.get();
        Future.all(stored, others).onComplete(read -> {
            if (current != term) {
                return;
            }
            if (read.succeeded()) {
                begin(stored.result(), others.result());
            } else {
                if (!failing) {
                    LOG.warn("the books to go on from were not read; trying again", read.cause());
                }
                failing = true;
                vertx.setTimer(PAUSE_MILLIS, ignored -> {
                    if (current == term) {
                        takeOver(current);
                    }
                });
            }
        });
    }

    private void begin(RateBook stored, List<RateBook> others) {
        settled = true;
        failing = false;
        clusterWasEmpty = stored.version() == 0;
        RateBook chosen = first.of(newestKnown(stored), others);
        RateBook next = book.goOnFrom(chosen).orElse(chosen);
        if (next.version() > stored.version()) {
            publisher.offer(next);
        } else {
            holder.adopt(next);
        }
        polls.start();
    }

    private void published(RateBook newest) {
        if (clusterWasEmpty) {
            clusterWasEmpty = false;
            firstPublished.accept(newest);
        }
        holder.adopt(newest);
    }

    /** The cache may have lost what this node has heard. */
    private RateBook newestKnown(RateBook found) {
        return found.version() >= holder.book().version() ? found : holder.book();
    }

    private void overtaken(RateBook newest) {
        holder.adopt(newest);
        heard(newest);
    }
}
