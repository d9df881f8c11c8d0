package io.ratemesh.node.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import io.vertx.core.Completable;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Vert.x's cluster manager, except that leaving takes a bounded time, and that lost subscriptions can be renewed.
 *
 * <p>A node that resumes after it was taken for dead removes the subscriptions of the nodes that it has missed meanwhile. Vert.x
 * registers those again only on the node that resumes; the others would receive no messages any more.
 *
 * <p>When it leaves, Vert.x waits without a limit: for each of its subscriptions to be removed, for every other member to forget its
 * listener, and for lookups that are under way. Each of these is a request to other members, and when several members leave at the same
 * time it may wait for one that is gone already, until that one's heartbeats are missed. A message that was waiting for a lookup then opens
 * a connection after the event bus is closed, and fails with a stack trace. Nothing of that is needed: the members that stay remove
 * the subscriptions of one that left.
 */
public class HazelcastClustering extends HazelcastClusterManager {

    /** For all subscriptions together, since they are removed at the same time. */
    private static final long UNSUBSCRIBE_MILLIS = 1000;

    /** Those of this node, by address. */
    private final Map<String, Set<RegistrationInfo>> subscriptions = new ConcurrentHashMap<>();

    private volatile boolean leaving;

    HazelcastClustering(Config config) {
        super(config);
    }

    HazelcastClustering(HazelcastInstance member) {
        super(member);
    }

    /** To be called before Vert.x closes: from now on no connection is opened, and other members are ignored. */
    public void prepareToLeave() {
        leaving = true;
    }

    @Override
    public void leave(Completable<Void> promise) {
        leaving = true;
        new Thread(() -> shutDownHazelcast(promise), "leave-cluster").start();
    }

    private void shutDownHazelcast(Completable<Void> promise) {
        @Nullable HazelcastInstance joined = getHazelcastInstance();
        if (joined != null) {
            try {
                // HazelcastSetup limits its time.
                joined.getLifecycleService().shutdown();
            } catch (RejectedExecutionException e) {
                // One of its thread pools has ended already.
                joined.getLifecycleService().terminate();
            }
        }
        promise.succeed();
    }

    @Override
    public void addRegistration(String address, RegistrationInfo registration, Completable<Void> promise) {
        subscriptions.compute(address, (same, all) -> {
            Set<RegistrationInfo> known = all == null ? ConcurrentHashMap.newKeySet() : all;
            known.add(registration);
            return known;
        });
        super.addRegistration(address, registration, promise);
    }

    /** Registers all subscriptions of this node again, which changes nothing where the cluster knows them. */
    public void renewSubscriptions() {
        if (!leaving) {
            subscriptions.forEach((address, registrations) -> registrations.forEach(
                    registration -> super.addRegistration(address, registration, (ignored, failure) -> {})));
        }
    }

    @Override
    public void removeRegistration(String address, RegistrationInfo registration, Completable<Void> promise) {
        subscriptions.computeIfPresent(address, (same, all) -> all.remove(registration) && all.isEmpty() ? null : all);
        if (!leaving) {
            super.removeRegistration(address, registration, promise);
            return;
        }
        CompletableFuture<Void> removed = new CompletableFuture<>();
        CompletableFuture<Void> unusedEnd = removed.thenRun(promise::succeed);
        CompletableFuture<Void> unusedLimit =
                removed.completeOnTimeout(null, UNSUBSCRIBE_MILLIS, TimeUnit.MILLISECONDS);
        super.removeRegistration(address, registration, (ignored, failure) -> removed.complete(null));
    }

    @Override
    public void getNodeInfo(String node, Completable<NodeInfo> promise) {
        super.getNodeInfo(node, (info, failure) -> {
            if (!leaving) {
                promise.complete(info, failure);
            }
        });
    }

    @Override
    public synchronized void memberAdded(MembershipEvent event) {
        if (!leaving) {
            super.memberAdded(event);
        }
    }

    @Override
    public synchronized void memberRemoved(MembershipEvent event) {
        if (!leaving) {
            super.memberRemoved(event);
        }
    }

    /**
     * Vert.x needs to know only that parts of the cluster have merged. Its method is synchronized as the two above are, and Hazelcast
     * waits for it: with MERGING it would wait for a removal that asks partitions for subscriptions, which respond only after the merge.
     */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void stateChanged(LifecycleEvent event) {
        if (event.getState() == LifecycleEvent.LifecycleState.MERGED) {
            super.stateChanged(event);
        }
    }
}
