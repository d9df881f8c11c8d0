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
 * Keeps {@link CurrentBook} current. It subscribes first and reads the cache then, so that it misses no book between the two,
 * and reads again when another node announces a newer book. Used on the event loop that made it.
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

    /** Begins to follow, and tries again each second until that succeeds. */
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

    /** Another node has announced the version of its book. May be called on any thread. */
    public void announced(long version) {
        context.runOnContext(ignored -> {
            SharedBook opened = shared;
            if (opened != null && missed.announced(version, current.view().version()) == Step.READ_AGAIN) {
                readAgain(opened, version);
            }
        });
    }

    private void readAgain(SharedBook opened, long version) {
        opened.read().map(this::offered).otherwise(false).onSuccess(newer -> {
            if (newer) {
                LOG.info("version {} was announced but not published to this node: read from the cache", version);
            }
            if (missed.readAgain(newer) == Step.SUBSCRIBE_AGAIN) {
                LOG.warn("this node receives no publications any more: subscribing again");
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

    /** The old subscription ends first: the cluster only learns of the first one of an address. */
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
