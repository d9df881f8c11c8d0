package io.ratemesh.balancer.cache;

import io.ratemesh.balancer.cache.Fill.Outcome;
import io.ratemesh.balancer.cache.Fill.Waiter;
import io.ratemesh.node.settings.CacheSettings;
import io.vertx.core.MultiMap;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The stored responses of a route, bounded in bytes, and the requests under way that will fill it. Where it is full, the entry goes that was
 * used longest ago. Thread-safe; every lock is held for some map operations only.
 */
public final class ResponseCache {

    /** Slots that count invalidations of resources; two resources in one slot only cost a response that is not stored. */
    private static final int GENERATIONS = 1024;

    private static final int MAX_UNSTORABLE = 4096;

    /** How long equal requests do not wait for each other after a response that could not be stored. */
    private static final long UNSTORABLE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** A client that took nothing for so long delays no new request any more. */
    private static final long STALLED_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /**
     * A fill, own or of an equal request.
     *
     * @param leads whether the request is to be sent to a server; else it waits
     */
    public record Joined(Fill fill, boolean leads) {}

    private record Entry(String resource, StoredResponse response, int bytes) {}

    /** The variants of a resource. All were selected by the same fields. */
    private record Resource(List<String> vary, Set<String> keys) {}

    private final String route;
    private final CacheSettings settings;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final Map<CacheResult, LongAdder> results = new EnumMap<>(CacheResult.class);

    /** The one that was used longest ago first. */
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private final Map<String, Resource> resources = new HashMap<>();
    private final Map<String, Fill> underWay = new HashMap<>();
    /** When the last responses could not be stored, by the hash of their collapse keys: keys may be long. */
    private final Map<Integer, Long> unstorable = new LinkedHashMap<>();

    private final long[] generations = new long[GENERATIONS];
    private long bytes;
    private long filling;
    private long evictions;
    private int waiting;

    /**
     * An empty cache.
     *
     * @param route its name
     * @param nanoTime the monotonic clock
     */
    public ResponseCache(String route, CacheSettings settings, LongSupplier nanoTime, InstantSource clock) {
        this.route = route;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.clock = clock;
        for (CacheResult result : CacheResult.values()) {
            results.put(result, new LongAdder());
        }
    }

    /** The name of its route. */
    public String route() {
        return route;
    }

    public CacheSettings settings() {
        return settings;
    }

    /** The monotonic clock, in nanoseconds. */
    public long nanos() {
        return nanoTime.getAsLong();
    }

    Instant now() {
        return clock.instant();
    }

    /** The stored response for a request, fresh or stale; null if there is none. */
    public synchronized @Nullable StoredResponse find(CacheKey key, MultiMap request) {
        Resource resource = resources.get(key.resource());
        Entry entry = resource == null ? null : entries.get(entryKey(key, resource.vary(), request));
        return entry == null ? null : entry.response();
    }

    /** A fill for which no other request waits. */
    public synchronized Fill fill(CacheKey key, MultiMap request, Fill.Terms terms) {
        return new Fill(this, key, request, terms, null, generations[slot(key.resource())], nanos());
    }

    /** Joins the fill under way for an equal request, or begins one. */
    public synchronized Joined join(CacheKey key, MultiMap request, Fill.Terms terms, Waiter waiter) {
        String collapseKey = collapseKey(key, request);
        Fill known = underWay.get(collapseKey);
        if (known != null && !(known.stalled && nanos() - known.stalledSinceNanos > STALLED_NANOS)) {
            known.waiters.add(waiter);
            waiting++;
            return new Joined(known, false);
        }
        return new Joined(isUnstorable(collapseKey) ? fill(key, request, terms) : begin(key, request, terms), true);
    }

    /** Begins a fill, unless one for an equal request is under way. */
    public synchronized Optional<Fill> beginIfNone(CacheKey key, MultiMap request, Fill.Terms terms) {
        return underWay.containsKey(collapseKey(key, request))
                ? Optional.empty()
                : Optional.of(begin(key, request, terms));
    }

    private Fill begin(CacheKey key, MultiMap request, Fill.Terms terms) {
        String collapseKey = collapseKey(key, request);
        Fill begun = new Fill(this, key, request, terms, collapseKey, generations[slot(key.resource())], nanos());
        underWay.put(collapseKey, begun);
        return begun;
    }

    /** Removes what is stored for a URL, in all variants, and what is under way is not stored. Returns the number of entries. */
    public synchronized int purge(String host, String target) {
        String name = new CacheKey(host, target, "").resource();
        generations[slot(name)]++;
        Resource resource = resources.remove(name);
        if (resource == null) {
            return 0;
        }
        resource.keys().forEach(key -> {
            Entry removed = entries.remove(key);
            bytes -= removed == null ? 0 : removed.bytes();
        });
        return resource.keys().size();
    }

    /** Removes everything, and what is under way is not stored. Returns the number of entries. */
    public synchronized int purgeAll() {
        int purged = entries.size();
        for (int i = 0; i < GENERATIONS; i++) {
            generations[i]++;
        }
        entries.clear();
        resources.clear();
        bytes = 0;
        return purged;
    }

    public void count(CacheResult result) {
        LongAdder counter = results.get(result);
        if (counter != null) {
            counter.increment();
        }
    }

    public synchronized CacheSnapshot snapshot() {
        Map<CacheResult, Long> counts = new EnumMap<>(CacheResult.class);
        results.forEach((result, counter) -> counts.put(result, counter.sum()));
        return new CacheSnapshot(route, counts, evictions, entries.size(), bytes, waiting);
    }

    /** Stores a response; false if its resource was purged since it was requested. */
    synchronized boolean store(Fill fill, StoredResponse response) {
        CacheKey key = fill.key();
        String name = key.resource();
        if (generations[slot(name)] != fill.generation()) {
            return false;
        }
        List<String> vary = Vary.names(response.fields()).orElseThrow();
        Resource resource = resources.get(name);
        if (resource != null && !resource.vary().equals(vary)) {
            List.copyOf(resource.keys()).forEach(this::remove);
            resource = null;
        }
        String entryKey = entryKey(key, vary, fill.request());
        remove(entryKey);
        Entry entry = new Entry(name, response, response.size() + 2 * entryKey.length());
        if (resource == null || resource.keys().isEmpty()) {
            resource = new Resource(vary, new HashSet<>(2));
            resources.put(name, resource);
        }
        resource.keys().add(entryKey);
        entries.put(entryKey, entry);
        bytes += entry.bytes();
        makeRoom();
        return true;
    }

    private void makeRoom() {
        Iterator<Map.Entry<String, Entry>> oldest = entries.entrySet().iterator();
        while (bytes > settings.maxSize() && oldest.hasNext()) {
            Map.Entry<String, Entry> evicted = oldest.next();
            oldest.remove();
            forget(evicted.getKey(), evicted.getValue());
            evictions++;
        }
    }

    private void remove(String entryKey) {
        Entry removed = entries.remove(entryKey);
        if (removed != null) {
            forget(entryKey, removed);
        }
    }

    private void forget(String entryKey, Entry removed) {
        bytes -= removed.bytes();
        Resource resource = resources.get(removed.resource());
        if (resource != null) {
            resource.keys().remove(entryKey);
            if (resource.keys().isEmpty()) {
                resources.remove(removed.resource());
            }
        }
    }

    /** Whether there is memory for so many bytes more of responses under way: as much as for stored ones. */
    synchronized boolean reserve(int more) {
        if (filling + more > settings.maxSize()) {
            return false;
        }
        filling += more;
        return true;
    }

    synchronized void release(int reserved) {
        filling -= reserved;
    }

    /** Ends a fill for those that wait for it. Does nothing where it has ended. */
    void settle(Fill fill, Outcome outcome) {
        List<Waiter> resumed;
        synchronized (this) {
            if (fill.settled) {
                return;
            }
            fill.settled = true;
            String collapseKey = fill.collapseKey();
            if (collapseKey != null) {
                underWay.remove(collapseKey, fill);
                remember(collapseKey, outcome);
            }
            resumed = List.copyOf(fill.waiters);
            waiting -= resumed.size();
            fill.waiters.clear();
        }
        resumed.forEach(waiter -> waiter.resumed(outcome));
    }

    synchronized void leave(Fill fill, Waiter waiter) {
        if (fill.waiters.remove(waiter)) {
            waiting--;
        }
    }

    synchronized void setStalled(Fill fill, boolean stalled) {
        fill.stalled = stalled;
        fill.stalledSinceNanos = nanos();
    }

    private void remember(String collapseKey, Outcome outcome) {
        if (outcome == Outcome.FAILED || outcome == Outcome.SERVER_ERROR) {
            return;
        }
        int hash = collapseKey.hashCode();
        unstorable.remove(hash);
        if (outcome == Outcome.NOT_STORABLE) {
            unstorable.put(hash, nanos());
            if (unstorable.size() > MAX_UNSTORABLE) {
                unstorable.remove(unstorable.keySet().iterator().next());
            }
        }
    }

    private boolean isUnstorable(String collapseKey) {
        Long since = unstorable.get(collapseKey.hashCode());
        return since != null && nanos() - since < UNSTORABLE_NANOS;
    }

    /** Equal requests have the same, as far as is known before the response. */
    private String collapseKey(CacheKey key, MultiMap request) {
        Resource resource = resources.get(key.resource());
        return entryKey(key, resource == null ? List.of() : resource.vary(), request);
    }

    private static String entryKey(CacheKey key, List<String> vary, MultiMap request) {
        return key.resource() + "\n" + key.variant() + Vary.values(vary, request);
    }

    private static int slot(String resource) {
        return Math.floorMod(resource.hashCode(), GENERATIONS);
    }
}
