package io.ratemesh.balancer.upstream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Latencies of responses on one event loop. Buckets of an eighth of an octave from 1 µs up give quantiles within 12 %. There are two
 * windows: a reader sees the current one and the one before it.
 */
public final class LatencyHistogram {

    private static final VarHandle BUCKET = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int SUB_BITS = 3;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;

    /** Up to 2^36 microseconds or 19 hours; what is longer counts as that. */
    private static final int OCTAVES = 36;

    private static final int BUCKETS = (OCTAVES - SUB_BITS + 2) * SUB_BUCKETS;
    private static final long MICRO = 1000;

    private final int[][] windows = new int[2][BUCKETS];
    private final long[] rotatedOut = new long[BUCKETS];
    private int current;

    /** Counts a response. Only the owning loop calls this. */
    public void record(long nanos) {
        int[] window = windows[current];
        int at = bucket(nanos);
        BUCKET.setOpaque(window, at, window[at] + 1);
    }

    /** Starts a new window; the one before the last counts for {@link Ever} only. Only the owning loop calls this. */
    public synchronized void rotate() {
        int next = 1 - current;
        for (int i = 0; i < BUCKETS; i++) {
            rotatedOut[i] += windows[next][i];
        }
        Arrays.fill(windows[next], 0);
        current = next;
    }

    /** The sum of several histograms, over the current windows. */
    public static final class Sum {

        private final long[] counts = new long[BUCKETS];
        private long total;

        public Sum add(LatencyHistogram histogram) {
            for (int[] window : histogram.windows) {
                for (int i = 0; i < BUCKETS; i++) {
                    int count = (int) BUCKET.getOpaque(window, i);
                    counts[i] += count;
                    total += count;
                }
            }
            return this;
        }

        /**
         * The time within which a share of the responses arrived.
         *
         * @param share 0 to 1
         * @return nanoseconds, rounded up to the end of a bucket; 0 where nothing was counted
         */
        public long quantile(double share) {
            return LatencyHistogram.quantile(counts, total, share);
        }
    }

    /** The sum of several histograms since the start; these counts never decrease. */
    public static final class Ever {

        private final long[] counts = new long[BUCKETS];

        public Ever add(LatencyHistogram histogram) {
            synchronized (histogram) {
                for (int i = 0; i < BUCKETS; i++) {
                    counts[i] += histogram.rotatedOut[i]
                            + (int) BUCKET.getOpaque(histogram.windows[0], i)
                            + (int) BUCKET.getOpaque(histogram.windows[1], i);
                }
            }
            return this;
        }

        /** Adds another sum to this one. */
        public Ever add(Ever other) {
            Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
            return this;
        }

        /** The sum of both. */
        public Ever plus(Ever other) {
            return combined(other, 1);
        }

        /** What came since an earlier sum of the same histograms. */
        public Ever minus(Ever earlier) {
            return combined(earlier, -1);
        }

        private Ever combined(Ever other, int sign) {
            Ever both = new Ever();
            Arrays.setAll(both.counts, i -> counts[i] + sign * other.counts[i]);
            return both;
        }

        /** The time within which a share of the responses arrived, as {@link Sum#quantile} has it. */
        public long quantile(double share) {
            return LatencyHistogram.quantile(counts, count(), share);
        }

        /** The number of responses. */
        public long count() {
            return Arrays.stream(counts).sum();
        }

        /**
         * The number of responses within a time.
         *
         * @param nanos exact for powers of two of microseconds; else a bucket that reaches over it does not count
         */
        public long countWithin(long nanos) {
            long within = 0;
            for (int i = 0; i < BUCKETS && endOf(i) <= nanos; i++) {
                within += counts[i];
            }
            return within;
        }

        /** The sum of all latencies in nanoseconds, each taken as the middle of its bucket. */
        public double sum() {
            double sum = 0;
            long begin = 0;
            for (int i = 0; i < BUCKETS; i++) {
                long end = endOf(i);
                sum += counts[i] * ((begin + end) / 2.0);
                begin = end;
            }
            return sum;
        }
    }

    private static long quantile(long[] counts, long total, double share) {
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return endOf(i);
            }
        }
        return 0;
    }

    private static int bucket(long nanos) {
        long micros = Math.max(0, nanos) / MICRO;
        int octave = 63 - Long.numberOfLeadingZeros(micros | 1);
        if (octave < SUB_BITS) {
            return (int) micros;
        }
        if (octave > OCTAVES) {
            return BUCKETS - 1;
        }
        int shift = octave - SUB_BITS;
        return (shift + 1) * SUB_BUCKETS + ((int) (micros >>> shift) & (SUB_BUCKETS - 1));
    }

    private static long endOf(int bucket) {
        int shift = Math.max(0, bucket / SUB_BUCKETS - 1);
        long sub = bucket < SUB_BUCKETS ? bucket : SUB_BUCKETS + bucket % SUB_BUCKETS;
        return ((sub + 1) << shift) * MICRO;
    }
}
