package io.ratemesh.rates.publish;

import io.ratemesh.model.RateBook;
import io.ratemesh.node.book.SharedBook;
import io.ratemesh.rates.book.BookState;
import io.ratemesh.rates.book.InitialBook;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects the book state with the cluster. While the node leads: starts from the newest book available, publishes each
 * accepted book, and restores it if the cluster lost it. Runs on one event loop.
 */
public final class RatesLeader {

    private static final Logger LOG = LoggerFactory.getLogger(RatesLeader.class);
    /** A read takes milliseconds. One that was sent to a node as it died may get no response for seconds. */
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(1);

    private static final long RETRY_MILLIS = 250;

    private final Vertx vertx;
    private final SharedBook shared;
    private final BookState state;
    private final InitialBook initial;
    private final Consumer<RateBook> firstPublished;
    private final BookPublisher publisher;
    /** Grows with each start and stop, so that results of an earlier term are ignored. */
    private long term;

    private boolean leading;
    private boolean clusterWasEmpty;
    private boolean failing;

    /**
     * Creates a leader that does not lead yet.
     *
     * @param firstPublished receives the first book of a cluster that had none
     */
    public RatesLeader(
            Vertx vertx, SharedBook shared, BookState state, InitialBook initial, Consumer<RateBook> firstPublished) {
        this.vertx = vertx;
        this.shared = shared;
        this.state = state;
        this.initial = initial;
        this.firstPublished = firstPublished;
        this.publisher = new BookPublisher(vertx, shared, state::accepted, this::published, this::adopt);
    }

    /**
     * Starts leading.
     *
     * @param started runs once the book to start from is accepted
     */
    public void lead(Runnable started) {
        term++;
        takeOver(term, started);
    }

    /** Stops leading. */
    public void stop() {
        term++;
        leading = false;
        publisher.stop();
    }

    /** Publishes the accepted book. */
    public void publish() {
        if (leading) {
            publisher.publish();
        }
    }

    /** Builds the book again after a change of rules, and publishes it if its content changes. */
    public void rebuild() {
        if (leading) {
            state.build().ifPresent(next -> publisher.publish());
        }
    }

    /** Publishes the book again if a rate has turned stale. */
    public void refreshStale() {
        if (leading) {
            state.refreshStale().ifPresent(next -> publisher.publish());
        }
    }

    /** Adopts a book of the cluster; a leader continues from it if it is newer than its own. */
    public void adopt(RateBook newest) {
        state.markPublished(newest);
        if (leading && newest.version() > state.accepted().version()) {
            state.continueFrom(newest).ifPresent(next -> publisher.publish());
        }
    }

    /** Reads the book of the cluster. */
    public void readShared() {
        shared.read()
                .onSuccess(found -> found.ifPresent(this::adopt))
                .onFailure(cause -> LOG.debug("the book of the cluster could not be read", cause));
    }

    /** Restores the book if the cluster has lost it or holds an older one. */
    public void reconcile() {
        long current = term;
        RateBook accepted = state.accepted();
        if (!leading || publisher.isBusy()) {
            return;
        }
        read().onSuccess(found -> {
            if (current != term || publisher.isBusy()) {
                return;
            }
            if (found.version() < accepted.version()) {
                LOG.warn("the cluster has lost book {}: storing it again", accepted.version());
                publisher.publish();
            } else {
                adopt(found);
            }
        });
    }

    private Future<RateBook> read() {
        return shared.read()
                .timeout(READ_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .map(found -> found.orElse(RateBook.EMPTY));
    }

    private void takeOver(long current, Runnable started) {
        Future<RateBook> stored = read();
        Future<List<RateBook>> local = vertx.executeBlocking(initial::readLocal);
        Future.all(stored, local).onComplete(read -> {
            if (current != term) {
                return;
            }
            if (read.succeeded()) {
                start(stored.result(), local.result());
                started.run();
            } else {
                if (!failing) {
                    LOG.warn("the book to start from could not be read; retrying", read.cause());
                }
                failing = true;
                vertx.setTimer(RETRY_MILLIS, ignored -> {
                    if (current == term) {
                        takeOver(current, started);
                    }
                });
            }
        });
    }

    private void start(RateBook stored, List<RateBook> local) {
        leading = true;
        failing = false;
        clusterWasEmpty = stored.version() == 0;
        // The cluster may have lost a book that this node has received.
        RateBook known = stored.version() >= state.published().version() ? stored : state.published();
        state.continueFrom(initial.merge(state.rules().choice(), known, local));
        if (state.accepted().version() > stored.version()) {
            publisher.publish();
        } else {
            state.markPublished(state.accepted());
        }
    }

    private void published(RateBook book) {
        if (clusterWasEmpty) {
            clusterWasEmpty = false;
            firstPublished.accept(book);
        }
        state.markPublished(book);
    }
}
