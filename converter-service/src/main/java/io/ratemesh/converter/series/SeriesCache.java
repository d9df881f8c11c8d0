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
 * A cache of results made from one source. The least recently used is evicted first, and a result in the making is shared.
 * Used on one event loop.
 */
public final class SeriesCache<K, V> {

    /** Results in the making; they are made one after the other. */
    private static final int MAX_PENDING = 64;

    private final long maxBytes;
    private final ToIntFunction<V> size;
    private final Map<K, V> cached = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<K, Future<V>> pending = new LinkedHashMap<>();
    private @Nullable Object source;
    private long bytes;

    /**
     * An empty cache.
     *
     * @param maxBytes of all results
     * @param size bytes of a result
     */
    public SeriesCache(long maxBytes, ToIntFunction<V> size) {
        this.maxBytes = maxBytes;
        this.size = size;
    }

    /**
     * The cached result, or a new one.
     *
     * @param from the source; another one than before clears the cache
     * @return empty when too many results are being made
     */
    public Optional<Future<V>> get(Object from, K key, Supplier<Future<V>> maker) {
        if (source != from) {
            source = from;
            cached.clear();
            pending.clear();
            bytes = 0;
        }
        V kept = cached.get(key);
        if (kept != null) {
            return Optional.of(Future.succeededFuture(kept));
        }
        Future<V> inTheMaking = pending.get(key);
        if (inTheMaking != null) {
            return Optional.of(inTheMaking);
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

    /** The bytes of all cached results. */
    long bytes() {
        return bytes;
    }

    private void keep(K key, V value) {
        cached.put(key, value);
        bytes += size.applyAsInt(value);
        Iterator<V> oldest = cached.values().iterator();
        while (bytes > maxBytes && oldest.hasNext()) {
            bytes -= size.applyAsInt(oldest.next());
            oldest.remove();
        }
    }
}
