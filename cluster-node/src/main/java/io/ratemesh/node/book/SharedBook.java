package io.ratemesh.node.book;

import io.ratemesh.model.RateBook;
import io.ratemesh.model.RateBookCodec;
import io.ratemesh.node.cluster.HazelcastSetup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.shareddata.AsyncMap;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest book of the cluster: one entry of the shared cache, and the same text on the event bus. A book has a few kB, so
 * it is always sent whole.
 */
public final class SharedBook {

    /** The event-bus address of new books. */
    public static final String ADDRESS = "rates.book";

    private static final Logger LOG = LoggerFactory.getLogger(SharedBook.class);

    private final Vertx vertx;
    private final AsyncMap<String, String> cache;

    private SharedBook(Vertx vertx, AsyncMap<String, String> cache) {
        this.vertx = vertx;
        this.cache = cache;
    }

    /** Opens the shared cache. */
    public static Future<SharedBook> open(Vertx vertx) {
        return vertx.sharedData()
                .<String, String>getClusterWideMap(HazelcastSetup.RATES_MAP)
                .map(cache -> new SharedBook(vertx, cache));
    }

    /** Reads the newest book from the cache; empty if there is none that this release can read. */
    public Future<Optional<RateBook>> read() {
        return cache.get(HazelcastSetup.LATEST_BOOK).map(SharedBook::decode);
    }

    /**
     * Stores a book, then publishes it, unless the stored book is as new: then another leader was faster.
     *
     * @return whether it was stored and published
     */
    public Future<Boolean> publish(RateBook book) {
        String text = RateBookCodec.encode(book);
        return cache.get(HazelcastSetup.LATEST_BOOK).compose(stored -> {
            if (decode(stored)
                    .filter(newest -> newest.version() >= book.version())
                    .isPresent()) {
                return Future.succeededFuture(false);
            }
            return replace(stored, text).compose(replaced -> {
                if (!replaced) {
                    return publish(book);
                }
                vertx.eventBus().publish(ADDRESS, text);
                return Future.succeededFuture(true);
            });
        });
    }

    /**
     * Calls {@code reader} with every published book, even if it is older than one that the reader already has.
     *
     * @return completes when every node of the cluster knows the subscription
     */
    public Future<MessageConsumer<String>> subscribe(Consumer<RateBook> reader) {
        MessageConsumer<String> consumer = vertx.eventBus().consumer(ADDRESS);
        consumer.handler(message -> decode(message.body()).ifPresent(reader));
        return consumer.completion().map(consumer);
    }

    private Future<Boolean> replace(@Nullable String stored, String text) {
        return stored == null
                ? cache.putIfAbsent(HazelcastSetup.LATEST_BOOK, text).map(before -> before == null)
                : cache.replaceIfPresent(HazelcastSetup.LATEST_BOOK, stored, text);
    }

    private static Optional<RateBook> decode(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(RateBookCodec.decode(text));
        } catch (IllegalArgumentException e) {
            LOG.warn("invalid book in the cluster ignored: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
