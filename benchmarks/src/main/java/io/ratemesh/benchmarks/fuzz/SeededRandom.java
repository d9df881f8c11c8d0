package io.ratemesh.benchmarks.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** Random values that are the same for the same seed and connection. */
final class SeededRandom {

    private static final int HUNDRED = 100;

    private final SplittableRandom random;

    /**
     * Creates the values of one connection.
     *
     * @param seed of the run
     * @param connection its number
     */
    SeededRandom(long seed, long connection) {
        // Mixed, since consecutive seeds of SplittableRandom give shifted sequences.
        long mixed = new SplittableRandom(seed).nextLong() ^ new SplittableRandom(connection).nextLong();
        this.random = new SplittableRandom(mixed);
    }

    /** True with a probability in percent. */
    boolean chance(int percent) {
        return random.nextInt(HUNDRED) < percent;
    }

    /** A number from {@code least} to {@code most}, inclusive. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
