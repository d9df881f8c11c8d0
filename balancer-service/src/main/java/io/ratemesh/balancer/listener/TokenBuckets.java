package io.ratemesh.balancer.listener;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A token bucket for each client: a request takes a token, and tokens are added at a steady rate until the bucket is full. All event
 * loops share the buckets, as a client with one connection uses one loop, and gets its whole rate there.
 *
 * <p>The memory is limited. With more clients than capacity, the one that was idle longest is dropped: its bucket is the fullest, so
 * that least is lost.
 */
public final class TokenBuckets {

    private static final int STRIPES = 64;

    /** Clients whose buckets are kept: about 10 MB if there are as many. */
    private static final int DEFAULT_CAPACITY = 65_536;

    private static final double NANOS = 1e9;

    private final LongSupplier nanoTime;
    private final Stripe[] stripes = new Stripe[STRIPES];
    private volatile Rate rate;

    /**
     * A rate.
     *
     * @param perNano tokens added in a nanosecond; 0 for no limit
     * @param burst tokens in a full bucket
     */
    private record Rate(double perNano, double burst) {

        static Rate of(int perSecond, int burst) {
            return new Rate(perSecond / NANOS, burst);
        }
    }

    /**
     * With full buckets.
     *
     * @param perSecond tokens added in a second; 0 for no limit
     * @param burst tokens in a full bucket, at least 1
     */
    public TokenBuckets(int perSecond, int burst) {
        this(perSecond, burst, DEFAULT_CAPACITY, System::nanoTime);
    }

    TokenBuckets(int perSecond, int burst, int capacity, LongSupplier nanoTime) {
        this.rate = Rate.of(perSecond, burst);
        this.nanoTime = nanoTime;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe(Math.max(1, capacity / STRIPES));
        }
    }

    /** Changes the rate. Clients keep their tokens, up to the new size of a bucket. */
    void use(int perSecond, int burst) {
        rate = Rate.of(perSecond, burst);
    }

    /** Whether there is a limit. */
    boolean isLimited() {
        return rate.perNano > 0;
    }

    /**
     * Takes a token.
     *
     * @return 0 if there was one, otherwise the time until there is, in nanoseconds
     */
    public long take(long client) {
        Rate current = rate;
        if (current.perNano == 0) {
            return 0;
        }
        long now = nanoTime.getAsLong();
        Stripe stripe = stripes[stripe(client)];
        synchronized (stripe) {
            Bucket bucket = stripe.get(client);
            if (bucket == null) {
                bucket = new Bucket(current.burst, now);
                stripe.put(client, bucket);
            }
            // Another loop may have read a later time before.
            long passed = Math.max(0, now - bucket.at);
            bucket.tokens = Math.min(current.burst, bucket.tokens + passed * current.perNano);
            bucket.at += passed;
            if (bucket.tokens >= 1) {
                bucket.tokens -= 1;
                return 0;
            }
            return Math.max(1, (long) Math.ceil((1 - bucket.tokens) / current.perNano));
        }
    }

    /** Clients whose buckets are kept. */
    int size() {
        int size = 0;
        for (Stripe stripe : stripes) {
            synchronized (stripe) {
                size += stripe.size();
            }
        }
        return size;
    }

    private static int stripe(long client) {
        // Networks differ in the last of 32 or of 64 bits: all bits have to matter (Fibonacci hashing).
        return (int) ((client * 0x9E37_79B9_7F4A_7C15L) >>> 58);
    }

    private static final class Bucket {

        private double tokens;
        private long at;

        Bucket(double tokens, long at) {
            this.tokens = tokens;
            this.at = at;
        }
    }

    /** Some of the clients, in the order of their last requests. */
    @SuppressWarnings("serial") // Never serialized.
    private static final class Stripe extends LinkedHashMap<Long, Bucket> {

        private final int capacity;

        Stripe(int capacity) {
            super(16, 0.75f, true);
            this.capacity = capacity;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Bucket> eldest) {
            return size() > capacity;
        }
    }
}
