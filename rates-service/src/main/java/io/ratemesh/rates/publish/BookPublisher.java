package io.ratemesh.rates.publish;

import io.ratemesh.model.RateBook;
import io.ratemesh.node.book.SharedBook;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the accepted book to the cluster: stores it, then announces it. One book at a time; retries until it succeeds or
 * a newer book replaces it. Runs on one event loop.
 */
final class BookPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(BookPublisher.class);

    /** The cache may wait for a member that has just failed; a second attempt finds the partition on another member. */
    private static final Duration ATTEMPT = Duration.ofSeconds(2);

    private static final long RETRY_MILLIS = 250;

    private final Vertx vertx;
    private final SharedBook shared;
    private final Supplier<RateBook> accepted;
    private final Consumer<RateBook> published;
    private final Consumer<RateBook> overtaken;
    private boolean pending;
    private boolean busy;
    private boolean failing;

    /**
     * Creates a publisher.
     *
     * @param accepted the book to publish
     * @param published receives each book of this node that reached the cluster
     * @param overtaken receives the book of the cluster if it is newer than the accepted one
     */
    BookPublisher(
            Vertx vertx,
            SharedBook shared,
            Supplier<RateBook> accepted,
            Consumer<RateBook> published,
            Consumer<RateBook> overtaken) {
        this.vertx = vertx;
        this.shared = shared;
        this.accepted = accepted;
        this.published = published;
        this.overtaken = overtaken;
    }

    /** Whether a book is being published. */
    boolean isBusy() {
        return busy;
    }

    /** Publishes the accepted book, now or after the one in progress. */
    void publish() {
        pending = true;
        attempt();
    }

    /** Stops retrying. */
    void stop() {
        pending = false;
    }

    private void attempt() {
        if (busy || !pending) {
            return;
        }
        busy = true;
        RateBook book = accepted.get();
        store(book).timeout(ATTEMPT.toMillis(), TimeUnit.MILLISECONDS).onComplete(done -> {
            if (done.succeeded()) {
                failing = false;
                finish(book, done.result());
            } else {
                warn(done.cause());
                retry();
            }
        });
    }

    /** Stores and announces a book. The result is the book that the cluster then holds. */
    private Future<RateBook> store(RateBook book) {
        return shared.publish(book)
                .compose(stored -> stored
                        ? Future.succeededFuture(book)
                        : shared.read().map(newest -> newest.orElse(RateBook.EMPTY)));
    }

    private void finish(RateBook book, RateBook newest) {
        if (newest.version() < book.version()) {
            retry();
            return;
        }
        busy = false;
        if (accepted.get().version() == book.version()) {
            pending = false;
        }
        // An attempt that timed out may have succeeded: then the cluster holds the same version already.
        if (newest.version() == book.version()) {
            published.accept(book);
        } else {
            overtaken.accept(newest);
        }
        attempt();
    }

    private void retry() {
        vertx.setTimer(RETRY_MILLIS, ignored -> {
            busy = false;
            attempt();
        });
    }

    private void warn(Throwable cause) {
        if (!failing) {
            LOG.warn("the book could not be published; retrying", cause);
        }
        failing = true;
    }
}
