package io.ratemesh.balancer.loadbalance;

import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamState;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.announce.Announcement;
import io.ratemesh.node.announce.NodeDirectory;
import io.ratemesh.node.settings.ServerSettings;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps the nodes of one role as upstreams of a pool, from their announcements. Runs on the directory's event loop.
 */
public final class Discovery implements NodeDirectory.NodeListener {

    private final Pool pool;
    private final NodeRole role;
    private final Consumer<Upstream> ready;
    private final Consumer<Upstream> draining;

    /**
     * Creates a follower of announcements.
     *
     * @param ready notified of an upstream that announces that it serves, before its first check
     * @param draining notified of a draining upstream, once it is no longer selected
     */
    public Discovery(Pool pool, NodeRole role, Consumer<Upstream> ready, Consumer<Upstream> draining) {
        this.pool = pool;
        this.role = role;
        this.ready = ready;
        this.draining = draining;
    }

    @Override
    public void nodeAnnounced(Announcement node) {
        if (node.role() != role || node.port() == 0) {
            return;
        }
        Upstream upstream = known(node).orElseGet(() -> add(node));
        switch (node.state()) {
            case STARTING -> {
                // It is checked once it announces that it serves; before that its checks fail anyway.
            }
            case READY -> {
                upstream.readyAnnounced();
                if (upstream.state() == UpstreamState.CHECKING) {
                    ready.accept(upstream);
                }
            }
            case DRAINING -> {
                upstream.drainAnnounced();
                draining.accept(upstream);
            }
        }
    }

    @Override
    public void nodeLost(Announcement node) {
        if (node.role() == role) {
            pool.find(node.id()).ifPresent(upstream -> {
                upstream.nodeLost();
                pool.remove(upstream);
            });
        }
    }

    /** The upstream of a node; one at another address under the same id replaces it. */
    private Optional<Upstream> known(Announcement node) {
        Optional<Upstream> upstream = pool.find(node.id());
        if (upstream.isPresent()
                && !(upstream.get().port() == node.port()
                        && upstream.get().host().equals(node.host()))) {
            pool.remove(upstream.get());
            return Optional.empty();
        }
        return upstream;
    }

    private Upstream add(Announcement node) {
        return pool.add(node.id(), new ServerSettings(node.host(), node.port(), 1, false));
    }
}
