package io.ratemesh.benchmarks.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** Chance that is the same again for the same seed. */
final class Dice {

    private static final int HUNDRED = 100;

    /** So that the dice of neighbouring conversations have nothing in common (Knuth's multiplicative hash, 64 bits). */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final SplittableRandom random;

    /**
     * The dice of one conversation.
     *
     * @param seed of the run
     * @param conversation its number
     */
    Dice(long seed, long conversation) {
        this.random = new SplittableRandom(seed + SPREAD * (conversation + 1));
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
