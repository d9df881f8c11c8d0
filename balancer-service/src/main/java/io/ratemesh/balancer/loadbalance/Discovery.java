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
 * Keeps a pool as the announcements of one role say: who announces itself is in it, who leaves is out of it. Lives on the
 * directory's event loop.
 */
public final class Discovery implements NodeDirectory.Listener {

    private final Pool pool;
    private final NodeRole role;
    private final Consumer<Upstream> ready;
    private final Consumer<Upstream> draining;

    /**
     * Keeps a pool.
     *
     * @param ready told of an upstream that says it serves and has not been checked yet
     * @param draining told of an upstream that said it leaves, once it is out of the choice
     */
    public Discovery(Pool pool, NodeRole role, Consumer<Upstream> ready, Consumer<Upstream> draining) {
        this.pool = pool;
        this.role = role;
        this.ready = ready;
        this.draining = draining;
    }

    @Override
    public void seen(Announcement node) {
        if (node.role() != role || node.port() == 0) {
            return;
        }
        Upstream upstream = known(node).orElseGet(() -> add(node));
        switch (node.state()) {
            case STARTING -> {
                // It is asked once it says that it serves; until then its checks fail anyway.
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
    public void gone(Announcement node) {
        if (node.role() == role) {
            pool.find(node.id()).ifPresent(pool::remove);
        }
    }

    /** The one in the pool; a node that came back on another port under its old name is another upstream. */
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
