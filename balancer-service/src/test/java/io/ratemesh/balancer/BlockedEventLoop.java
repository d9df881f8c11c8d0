package io.ratemesh.balancer;

import io.vertx.core.Context;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An event loop that stands still for a while, so that it sees what happened meanwhile all at once. */
public final class BlockedEventLoop {

    private BlockedEventLoop() {}

    /** What a test does. */
    public interface Action {
        void run() throws Exception;
    }

    /** Does something of which the loop sees nothing before it is done. */
    public static void unseen(Context loop, Action action) throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        loop.runOnContext(ignored -> {
            held.countDown();
            try {
                done.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        held.await();
        try {
            action.run();
        } finally {
            done.countDown();
        }
    }
}
