package io.ratemesh.node.history;

import io.ratemesh.model.history.HistoryCodec;
import io.ratemesh.model.history.HourCodec;
import io.ratemesh.model.history.HourOfMinutes;
import io.ratemesh.model.history.RateHistory;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes, decodes and merges one kind of entry of the shared history. An unreadable entry is logged and counts as absent. */
final class SharedEntry<T> {

    /** All days. Of two versions of a day the newer one wins. */
    static final SharedEntry<RateHistory> DAYS =
            new SharedEntry<>("days", HistoryCodec::encode, HistoryCodec::decode, RateHistory::overlaid);

    /** The minutes of one hour. Of two points for a minute the older one wins. */
    static final SharedEntry<HourOfMinutes> HOUR =
            new SharedEntry<>("hour of minutes", HourCodec::encode, HourCodec::decode, HourOfMinutes::plus);

    private static final Logger LOG = LoggerFactory.getLogger(SharedEntry.class);

    private final String name;
    private final Function<T, byte[]> writer;
    private final Function<byte[], T> reader;
    private final BinaryOperator<T> union;

    private SharedEntry(String name, Function<T, byte[]> writer, Function<byte[], T> reader, BinaryOperator<T> union) {
        this.name = name;
        this.writer = writer;
        this.reader = reader;
        this.union = union;
    }

    byte[] encode(T value) {
        return writer.apply(value);
    }

    /** Decodes an entry of the cache or the body of a message. */
    Optional<T> decode(@Nullable Object bytes) {
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            if (bytes instanceof byte[] body) {
                return Optional.of(reader.apply(body));
            }
            throw new IllegalArgumentException(bytes.getClass().getSimpleName() + " instead of bytes");
        } catch (IllegalArgumentException e) {
            LOG.warn("invalid {} in the cluster ignored: {}", name, e.getMessage());
            return Optional.empty();
        }
    }

    T merge(T known, T added) {
        return union.apply(known, added);
    }
}
