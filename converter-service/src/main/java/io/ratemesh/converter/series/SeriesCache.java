package io.ratemesh.converter.series;

import io.vertx.core.Future;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was made of one source, the least recently asked for forgotten first; what is being made is asked for once. Lives on
 * one event loop.
 *
 * @param <K> what was asked for
 * @param <V> what was made of it
 */
public final class SeriesCache<K, V> {

    /** How many may be on their way at once: they are made one after the other. */
    private static final int MAX_PENDING = 64;

    private final long maxBytes;
    private final ToIntFunction<V> size;
    private final Map<K, V> made = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<K, Future<V>> pending = new LinkedHashMap<>();
    private @Nullable Object source;
    private long bytes;

    /**
     * An empty cache.
     *
     * @param maxBytes of all that is kept
     * @param size bytes of one
     */
    public SeriesCache(long maxBytes, ToIntFunction<V> size) {
        this.maxBytes = maxBytes;
        this.size = size;
    }

    /**
     * What is kept, or what the maker makes.
     *
     * @param from what it is made of: of another source than the last nothing is kept
     * @return empty where too much is on its way already
     */
    public Optional<Future<V>> get(Object from, K key, Supplier<Future<V>> maker) {
        if (source != from) {
            source = from;
            made.clear();
            pending.clear();
            bytes = 0;
        }
        V kept = made.get(key);
        if (kept != null) {
            return Optional.of(Future.succeededFuture(kept));
        }
        Future<V> onItsWay = pending.get(key);
        if (onItsWay != null) {
            return Optional.of(onItsWay);
        }
        if (pending.size() >= MAX_PENDING) {
            return Optional.empty();
        }
        Future<V> making = maker.get();
        pending.put(key, making);
        making.onComplete(done -> {
            if (pending.remove(key, making) && done.succeeded()) {
                keep(key, done.result());
            }
        });
        return Optional.of(making);
    }

    /** How many bytes are kept. */
    long bytes() {
        return bytes;
    }

    private void keep(K key, V value) {
        made.put(key, value);
        bytes += size.applyAsInt(value);
        Iterator<V> oldest = made.values().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            bytes -= size.applyAsInt(oldest.next());
            oldest.remove();
        }
    }
}
