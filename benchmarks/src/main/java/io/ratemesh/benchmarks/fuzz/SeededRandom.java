package io.ratemesh.benchmarks.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** Chance that is the same again for the same seed. */
final class SeededRandom {

    private static final int HUNDRED = 100;

    private final SplittableRandom random;

    /**
     * The dice of one conversation.
     *
     * @param seed of the run
     * @param conversation its number
     */
    SeededRandom(long seed, long conversation) {
        // Mixed first: from seeds a step apart it would roll the same, a step apart.
        long mixed = new SplittableRandom(seed).nextLong() ^ new SplittableRandom(conversation).nextLong();
        this.random = new SplittableRandom(mixed);
    }

    /** Whether something with a chance of so many in a hundred happens. */
    boolean chance(int percent) {
        return random.nextInt(HUNDRED) < percent;
    }

    /** A number from {@code least} to {@code most}, both included. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** As many bytes as said, any. */
    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
