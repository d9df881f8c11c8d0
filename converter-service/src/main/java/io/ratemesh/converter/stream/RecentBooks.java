package io.ratemesh.converter.stream;

import io.ratemesh.model.RateBook;
import io.ratemesh.model.RateBooksCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a converter that joins learns the books of before its time from one that was there, so that a reader whose node
 * died is told exactly what it missed by a node that is younger than that.
 */
final class RecentBooks {

    /** Whoever has recent books answers here with {@link RateBooksCodec}'s text. */
    private static final String ADDRESS = "converter.books";

    private static final Logger LOG = LoggerFactory.getLogger(RecentBooks.class);

    /** A thousand books in which some ten rates change, or a hundred in which all do. */
    private static final int MAX_LENGTH = 1 << 20;

    /** A joining node waits no longer: its readers are then told everything anew. */
    private static final long PATIENCE_MILLIS = 1000;

    private final Vertx vertx;

    RecentBooks(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Asks one of those that answer; empty where nobody does. */
    Future<List<RateBook>> ask() {
        return vertx.eventBus()
                .<String>request(ADDRESS, "", new DeliveryOptions().setSendTimeout(PATIENCE_MILLIS))
                .map(reply -> RateBooksCodec.decode(reply.body()))
                .recover(cause -> {
                    boolean nobody =
                            cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
                    if (!nobody) {
                        LOG.info("no other converter gave its recent books: {}", cause.toString());
                    }
                    return Future.succeededFuture(List.of());
                });
    }

    /** Answers others from now on. */
    void answer(Supplier<List<RateBook>> books) {
        vertx.eventBus()
                .<String>consumer(ADDRESS, question -> question.reply(RateBooksCodec.encode(books.get(), MAX_LENGTH)));
    }
}
