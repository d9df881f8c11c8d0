package io.ratemesh.rates.publish;

import io.ratemesh.model.RateBook;
import io.ratemesh.node.book.SharedBook;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the leader's newest book to the cluster: stored, then published, one book at a time, tried again until it
 * succeeds or a newer one takes its place. Lives on one event loop.
 */
final class BookPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(BookPublisher.class);

    /** The cache may wait for a member that has just died; a second attempt finds the partition elsewhere. */
    private static final Duration ATTEMPT = Duration.ofSeconds(2);

    private static final long PAUSE_MILLIS = 250;

    private final Vertx vertx;
    private final SharedBook shared;
    private final Consumer<RateBook> published;
    private final Consumer<RateBook> overtaken;
    private @Nullable RateBook next;
    private boolean busy;
    private boolean failing;

    /**
     * A publisher.
     *
     * @param published hears of each book that reached the cluster
     * @param overtaken hears of the book on the cluster where that is newer than ours
     */
    BookPublisher(Vertx vertx, SharedBook shared, Consumer<RateBook> published, Consumer<RateBook> overtaken) {
        this.vertx = vertx;
        this.shared = shared;
        this.published = published;
        this.overtaken = overtaken;
    }

    /** Whether a book is on its way. */
    boolean busy() {
        return busy;
    }

    /** Publishes the book, or a newer one offered meanwhile. */
    void offer(RateBook book) {
        next = book;
        attempt();
    }

    /** Tries no more. */
    void stop() {
        next = null;
    }

    private void attempt() {
        RateBook book = next;
        if (busy || book == null) {
            return;
        }
        busy = true;
        publish(book).timeout(ATTEMPT.toMillis(), TimeUnit.MILLISECONDS).onComplete(done -> {
            if (done.succeeded()) {
                failing = false;
                settle(book, done.result());
            } else {
                warn(done.cause());
                again();
            }
        });
    }

    /** What the cluster holds afterwards. */
    private Future<RateBook> publish(RateBook book) {
        return shared.publish(book)
                .compose(stored -> stored
                        ? Future.succeededFuture(book)
                        : shared.read().map(newest -> newest.orElse(RateBook.EMPTY)));
    }

    private void settle(RateBook book, RateBook newest) {
        // An attempt that was given up may have succeeded after all: then the same version is there already.
        if (newest.version() < book.version()) {
            again();
            return;
        }
        busy = false;
        if (next != null && next.version() == book.version()) {
            next = null;
        }
        if (newest.version() == book.version()) {
            published.accept(book);
        } else {
            overtaken.accept(newest);
        }
        attempt();
    }

    private void again() {
        vertx.setTimer(PAUSE_MILLIS, ignored -> {
            busy = false;
            attempt();
        });
    }

    private void warn(Throwable cause) {
        if (!failing) {
            LOG.warn("the book did not reach the cluster; trying again", cause);
        }
        failing = true;
    }
}
