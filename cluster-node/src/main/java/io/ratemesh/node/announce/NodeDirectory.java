package io.ratemesh.node.announce;

import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.cluster.ClusterMembership;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes of the cluster, from announcements and membership events, on one event loop. {@link #present} is safe on any
 * thread.
 */
public final class NodeDirectory {

    /** Receives changes, on the directory's event loop. */
    public interface NodeListener {

        /** A node announced itself, for the first time or again. */
        void nodeAnnounced(Announcement node);

        /** The lease of a node expired, or its member left the cluster. */
        void nodeLost(Announcement node);
    }

    private static final Logger LOG = LoggerFactory.getLogger(NodeDirectory.class);
    private static final long SWEEP_MILLIS = 250;

    private final ClusterMembership membership;
    private final OwnAnnouncements own = new OwnAnnouncements();
    private final NodeLeases leases = new NodeLeases();
    private final List<NodeListener> listeners = new CopyOnWriteArrayList<>();
    private volatile List<Announcement> present = List.of();
    private volatile boolean leaving;

    /** Starts on the current event loop, which owns the leases. */
    public NodeDirectory(Vertx vertx, ClusterMembership membership) {
        this.membership = membership;
        var context = vertx.getOrCreateContext();
        vertx.eventBus()
                .<JsonObject>consumer(
                        Announcer.ANNOUNCE_ADDRESS,
                        message -> Announcement.fromJson(message.body())
                                .ifPresent(node -> context.runOnContext(ignored -> announced(node))));
        membership.onMemberLeft(member -> context.runOnContext(ignored -> lost(leases.memberLeft(member))));
        vertx.setPeriodic(SWEEP_MILLIS, ignored -> sweep(System.nanoTime()));
    }

    /** The present nodes by id, including this one. */
    public Collection<Announcement> present() {
        return present;
    }

    /** Adds a listener and calls it with all present nodes. Call it on the directory's event loop. */
    public void addListener(NodeListener listener) {
        listeners.add(listener);
        present.forEach(listener::nodeAnnounced);
    }

    /** Removes a listener. */
    public void removeListener(NodeListener listener) {
        listeners.remove(listener);
    }

    /** This node leaves the cluster. It sends nothing any more, so what it does not receive tells nothing. */
    public void stop() {
        leaving = true;
    }

    /** A node that does not receive its own announcements does not receive those of others, and cannot tell whether they are present. */
    private void sweep(long nowNanos) {
        if (leaving) {
            return;
        }
        switch (own.check(nowNanos)) {
            case RECEIVED -> lost(leases.expire(nowNanos));
            case MISSING -> {}
            case RENEW -> {
                LOG.warn("this node receives no announcements, not even its own: subscribing again");
                membership.renewSubscriptions();
            }
        }
    }

    private void announced(Announcement node) {
        if (node.member().equals(membership.self())) {
            own.received(System.nanoTime());
        }
        if (leases.renew(node, System.nanoTime()).isEmpty()) {
            LOG.info(
                    "node joined: {} ({} {})", node.id(), node.state(), IpAddresses.withPort(node.host(), node.port()));
        }
        present = new ArrayList<>(leases.present());
        listeners.forEach(listener -> listener.nodeAnnounced(node));
    }

    private void lost(List<Announcement> ended) {
        if (ended.isEmpty()) {
            return;
        }
        present = new ArrayList<>(leases.present());
        for (Announcement node : ended) {
            LOG.info("node left: {} (was {})", node.id(), node.state());
            listeners.forEach(listener -> listener.nodeLost(node));
        }
    }
}
