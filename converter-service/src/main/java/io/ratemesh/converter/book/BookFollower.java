package io.ratemesh.converter.book;

import io.ratemesh.converter.book.MissedPublications.Step;
import io.ratemesh.model.RateBook;
import io.ratemesh.node.book.SharedBook;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps {@link CurrentBook} current: subscribes first and reads the cache then, so that no book falls between the two,
 * and reads again when another node turns out to hold a newer one. Lives on the event loop that made it.
 */
public final class BookFollower {

    private static final Logger LOG = LoggerFactory.getLogger(BookFollower.class);
    private static final long RETRY_MILLIS = 1000;

    private final Vertx vertx;
    private final Context context;
    private final CurrentBook current;
    private final MissedPublications missed = new MissedPublications();
    private @Nullable SharedBook shared;
    private @Nullable MessageConsumer<String> subscription;

    /** Made on the event loop of {@code current}. */
    public BookFollower(Vertx vertx, CurrentBook current) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.current = current;
    }

    /** Begins to follow; tries again each second until the cluster lets it. */
    public void start() {
        SharedBook.open(vertx)
                .compose(opened -> {
                    shared = opened;
                    return subscribeThenRead(opened);
                })
                .onFailure(cause -> {
                    LOG.warn("cannot follow the book yet, trying again: {}", cause.toString());
                    vertx.setTimer(RETRY_MILLIS, ignored -> start());
                });
    }

    /** Another node announced the version it holds. May be called on any thread. */
    public void heard(long announced) {
        context.runOnContext(ignored -> {
            SharedBook opened = shared;
            if (opened != null && missed.heard(announced, current.view().version()) == Step.READ_AGAIN) {
                readAgain(opened, announced);
            }
        });
    }

    private void readAgain(SharedBook opened, long announced) {
        opened.read().map(this::offered).otherwise(false).onSuccess(newer -> {
            if (newer) {
                LOG.info("version {} was announced but not received here: read from the cache", announced);
            }
            if (missed.readAgain(newer) == Step.SUBSCRIBE_AGAIN) {
                LOG.warn("publications do not arrive here any more: subscribing again");
                subscribeThenRead(opened)
                        .onFailure(cause -> LOG.warn("could not subscribe again: {}", cause.toString()));
            }
        });
    }

    private Future<Void> subscribeThenRead(SharedBook opened) {
        return unsubscribe()
                .compose(ignored -> opened.subscribe(book -> context.runOnContext(now -> published(book))))
                .compose(subscribed -> {
                    subscription = subscribed;
                    return opened.read();
                })
                .map(this::offered)
                .mapEmpty();
    }

    /** The old subscription goes first: only the first one of an address is made known to the cluster anew. */
    private Future<Void> unsubscribe() {
        MessageConsumer<String> old = subscription;
        subscription = null;
        return old == null ? Future.succeededFuture() : old.unregister().otherwiseEmpty();
    }

    private void published(RateBook book) {
        missed.published();
        current.offer(book);
    }

    private boolean offered(Optional<RateBook> book) {
        return book.filter(current::offer).isPresent();
    }
}
