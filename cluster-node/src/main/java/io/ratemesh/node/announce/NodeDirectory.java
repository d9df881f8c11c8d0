package io.ratemesh.node.announce;

import io.ratemesh.node.address.IpAddresses;
import io.ratemesh.node.cluster.Membership;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes of the cluster as this one sees them: listens to announcements and to members leaving, on one event loop.
 * What it shows may be read from any thread.
 */
public final class NodeDirectory {

    /** What happened to a node. Called on the directory's event loop. */
    public interface Listener {

        /** A node announced itself: for the first time, or again. */
        void seen(Announcement node);

        /** A node's lease is over, or its member left. */
        void gone(Announcement node);
    }

    private static final Logger LOG = LoggerFactory.getLogger(NodeDirectory.class);
    private static final long SWEEP_MILLIS = 250;

    private final NodeLeases leases = new NodeLeases();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile List<Announcement> present = List.of();

    /** Starts listening on the current event loop, which owns the leases from then on. */
    public NodeDirectory(Vertx vertx, Membership membership) {
        var context = vertx.getOrCreateContext();
        vertx.eventBus()
                .<JsonObject>consumer(
                        Announcer.ANNOUNCE_ADDRESS,
                        message -> Announcement.fromJson(message.body())
                                .ifPresent(node -> context.runOnContext(ignored -> seen(node))));
        membership.onMemberLeft(member -> context.runOnContext(ignored -> gone(leases.memberLeft(member))));
        vertx.setPeriodic(SWEEP_MILLIS, ignored -> gone(leases.expire(System.nanoTime())));
    }

    /** Everyone who is there, this node included, by id. */
    public Collection<Announcement> present() {
        return present;
    }

    /** Adds a listener, and tells it of everyone already there. Call on the directory's event loop. */
    public void listen(Listener listener) {
        listeners.add(listener);
        present.forEach(listener::seen);
    }

    /** Tells a listener nothing any more. */
    public void ignore(Listener listener) {
        listeners.remove(listener);
    }

    private void seen(Announcement node) {
        if (leases.renew(node, System.nanoTime()).isEmpty()) {
            LOG.info("node seen: {} ({} {})", node.id(), node.state(), IpAddresses.withPort(node.host(), node.port()));
        }
        present = new ArrayList<>(leases.present());
        listeners.forEach(listener -> listener.seen(node));
    }

    private void gone(List<Announcement> ended) {
        if (ended.isEmpty()) {
            return;
        }
        present = new ArrayList<>(leases.present());
        for (Announcement node : ended) {
            LOG.info("node gone: {} (was {})", node.id(), node.state());
            listeners.forEach(listener -> listener.gone(node));
        }
    }
}
