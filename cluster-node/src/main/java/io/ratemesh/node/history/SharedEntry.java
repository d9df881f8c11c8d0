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

/**
 * How one kind of thing lies in the cache and travels, and what becomes of two of it. What cannot be read is told to the
 * log and is as good as not there.
 */
final class SharedEntry<T> {

    /** Days: of two versions of one, the newer counts. */
    static final SharedEntry<RateHistory> DAYS =
            new SharedEntry<>("days", HistoryCodec::encode, HistoryCodec::decode, RateHistory::overlaid);

    /** An hour of minutes: of two points for one, the older counts. */
    static final SharedEntry<HourOfMinutes> HOUR =
            new SharedEntry<>("an hour of minutes", HourCodec::encode, HourCodec::decode, HourOfMinutes::plus);

    private static final Logger LOG = LoggerFactory.getLogger(SharedEntry.class);

    private final String what;
    private final Function<T, byte[]> writer;
    private final Function<byte[], T> reader;
    private final BinaryOperator<T> union;

    private SharedEntry(String what, Function<T, byte[]> writer, Function<byte[], T> reader, BinaryOperator<T> union) {
        this.what = what;
        this.writer = writer;
        this.reader = reader;
        this.union = union;
    }

    byte[] encode(T thing) {
        return writer.apply(thing);
    }

    /** Reads an entry of the cache or the body of a message, of whatever type it is. */
    Optional<T> decode(@Nullable Object bytes) {
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            if (bytes instanceof byte[] body) {
                return Optional.of(reader.apply(body));
            }
            throw new IllegalArgumentException(bytes.getClass().getSimpleName() + " (expected: bytes)");
        } catch (IllegalArgumentException e) {
            LOG.warn("{} on the cluster could not be read: {}", what, e.getMessage());
            return Optional.empty();
        }
    }

    T both(T known, T news) {
        return union.apply(known, news);
    }
}
