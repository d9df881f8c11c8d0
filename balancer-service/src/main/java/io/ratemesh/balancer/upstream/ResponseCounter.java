package io.ratemesh.balancer.upstream;

/** Counts answers by the class of their status, on one event loop. */
public final class ResponseCounter {

    private static final int CLASSES = 5;

    /** At 0 those of no class. */
    private final LoopCounter[] byClass = new LoopCounter[CLASSES + 1];

    public ResponseCounter() {
        for (int i = 0; i < byClass.length; i++) {
            byClass[i] = new LoopCounter();
        }
    }

    /** Counts an answer. */
    public void add(int status) {
        int hundreds = status / 100;
        byClass[hundreds >= 1 && hundreds <= CLASSES ? hundreds : 0].add(1);
    }

    /** The counts as they are now. */
    public ResponseCounts get() {
        return new ResponseCounts(
                byClass[1].get(),
                byClass[2].get(),
                byClass[3].get(),
                byClass[4].get(),
                byClass[5].get(),
                byClass[0].get());
    }
}
