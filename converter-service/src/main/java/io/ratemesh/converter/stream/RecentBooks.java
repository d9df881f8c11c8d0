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
 * Copies the replay window of another converter when this one joins the cluster, so that a reader whose node has failed can
 * continue here without a gap.
 */
final class RecentBooks {

    /** Converters with recent books reply here, encoded by {@link RateBooksCodec}. */
    private static final String ADDRESS = "converter.books";

    private static final Logger LOG = LoggerFactory.getLogger(RecentBooks.class);

    /** A thousand books with ten changed rates each, or a hundred in which all change. */
    private static final int MAX_LENGTH = 1 << 20;

    /** Without a reply, reconnecting readers get a new snapshot. */
    private static final long TIMEOUT_MILLIS = 1000;

    private final Vertx vertx;

    RecentBooks(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Requests the books of another converter; empty when there is none. */
    Future<List<RateBook>> fetch() {
        return vertx.eventBus()
                .<String>request(ADDRESS, "", new DeliveryOptions().setSendTimeout(TIMEOUT_MILLIS))
                .map(reply -> RateBooksCodec.decode(reply.body()))
                .recover(cause -> {
                    boolean alone =
                            cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
                    if (!alone) {
                        LOG.info("no other converter sent its recent books: {}", cause.toString());
                    }
                    return Future.succeededFuture(List.of());
                });
    }

    /** Serves other converters from now on. */
    void serve(Supplier<List<RateBook>> books) {
        vertx.eventBus()
                .<String>consumer(ADDRESS, request -> request.reply(RateBooksCodec.encode(books.get(), MAX_LENGTH)));
    }
}
