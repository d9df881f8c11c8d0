package io.ratemesh.balancer.upstream;

/** Counts responses by status class, on one event loop. */
public final class ResponseCounter {

    private static final int CLASSES = 5;

    /** Index 0 counts statuses outside 100 to 599. */
    private final LoopCounter[] byClass = new LoopCounter[CLASSES + 1];

    public ResponseCounter() {
        for (int i = 0; i < byClass.length; i++) {
            byClass[i] = new LoopCounter();
        }
    }

    /** Counts a response. */
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
