package io.ratemesh.node.cluster;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.hazelcast.config.Config;
import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HazelcastClusteringTest {

    /** As Vert.x does while it removes the subscriptions of a lost node. */
    @Test
    void the_begin_of_a_merge_does_not_wait_for_a_removal_that_waits_for_the_merge() {
        HazelcastClustering clustering = new HazelcastClustering(new Config());
        synchronized (clustering) {
            CompletableFuture<Void> merging = CompletableFuture.runAsync(
                    () -> clustering.stateChanged(new LifecycleEvent(LifecycleState.MERGING)));

            assertThatCode(() -> merging.get(10, TimeUnit.SECONDS)).doesNotThrowAnyException();
        }
    }
}
