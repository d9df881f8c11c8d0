package io.ratemesh.balancer.listener;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens for each client: a request takes one, and they come back at a steady rate up to a full bucket. All event
 * loops share them, for a client with one connection is on one loop and is to have its whole rate there.
 *
 * <p>The memory is bounded. Where there are more clients than room, the one that was silent the longest is forgotten: its bucket
 * is the fullest, so that least is given away.
 */
public final class TokenBuckets {

    private static final int STRIPES = 64;

    /** Of clients remembered at once: about 10 MB if all are there. */
    private static final int USUAL_CAPACITY = 65_536;

    private static final double NANOS = 1e9;

    private final LongSupplier nanoTime;
    private final Stripe[] stripes = new Stripe[STRIPES];
    private volatile Rate rate;

    /** How tokens come back, and how many there are at most; none is taken where {@code perNano} is 0. */
    private record Rate(double perNano, double burst) {

        static Rate of(int perSecond, int burst) {
            return new Rate(perSecond / NANOS, burst);
        }
    }

    /**
     * Makes buckets that are full.
     *
     * @param perSecond tokens that come back in a second; 0 for buckets that are never empty
     * @param burst tokens in a full bucket, at least 1
     */
    public TokenBuckets(int perSecond, int burst) {
        this(perSecond, burst, USUAL_CAPACITY, System::nanoTime);
    }

    TokenBuckets(int perSecond, int burst, int capacity, LongSupplier nanoTime) {
        this.rate = Rate.of(perSecond, burst);
        this.nanoTime = nanoTime;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe(Math.max(1, capacity / STRIPES));
        }
    }

    /** Goes on with another rate: clients keep what they have, as far as it goes into a bucket of the new size. */
    void use(int perSecond, int burst) {
        rate = Rate.of(perSecond, burst);
    }

    /** Whether a bucket can be empty at all. */
    boolean limits() {
        return rate.perNano > 0;
    }

    /**
     * Takes a token.
     *
     * @return 0 where there was one, else how long until there is, in nanoseconds
     */
    long take(long client) {
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
            // Another loop may have read the clock later and been here before.
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

    /** How many clients are remembered. */
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
        // Neighbours differ in the last bits of what may be 32 or 64: all of them are to matter (Fibonacci hashing).
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

    /** Some of the clients, those silent the longest first. */
    @SuppressWarnings("serial") // Never written.
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
