package io.ratemesh.balancer;

import io.ratemesh.balancer.loadbalance.Discovery;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.UpstreamState;
import io.ratemesh.balancer.upstream.health.HealthChecker;
import io.ratemesh.balancer.upstream.transport.UpstreamTransport;
import io.ratemesh.node.announce.DrainNotice;
import io.ratemesh.node.announce.NodeDirectory;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.settings.PoolSettings;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The pools of this balancer with their health checks and discovery. A reload reconfigures them. Lives on the node's event loop; any
 * thread may read the list of pools.
 */
final class PoolRegistry {

    private record OpenPool(Pool pool, HealthChecker checks, List<NodeDirectory.NodeListener> discoveries) {}

    private final Node node;
    private final Supplier<Future<Void>> settled;
    private final Map<String, OpenPool> byName = new LinkedHashMap<>();
    private volatile List<Pool> all = List.of();

    /**
     * With no pool yet.
     *
     * @param settled completes once no event loop can still select an upstream that is no longer eligible
     */
    PoolRegistry(Node node, Supplier<Future<Void>> settled) {
        this.node = node;
        this.settled = settled;
    }

    /** All pools, in the order of the settings. */
    List<Pool> all() {
        return all;
    }

    /**
     * Applies settings. Pools that stay keep their upstreams, states and counts.
     *
     * @param transports of the pools, in the same order
     */
    void use(List<PoolSettings> settings, List<UpstreamTransport> transports) {
        List<Pool> next = new ArrayList<>();
        for (int i = 0; i < settings.size(); i++) {
            PoolSettings each = settings.get(i);
            OpenPool known = byName.get(each.name());
            if (known != null && known.pool().settings().discover().equals(each.discover())) {
                known.pool().use(transports.get(i));
                known.pool().reconfigure(each);
            } else {
                close(each.name());
                known = open(each, transports.get(i));
                byName.put(each.name(), known);
            }
            next.add(known.pool());
        }
        List<String> names = settings.stream().map(PoolSettings::name).toList();
        List.copyOf(byName.keySet()).stream()
                .filter(name -> !names.contains(name))
                .forEach(this::close);
        all = List.copyOf(next);
    }

    private OpenPool open(PoolSettings settings, UpstreamTransport transport) {
        Pool pool = new Pool(settings, System::nanoTime);
        pool.use(transport);
        pool.addListener((upstream, before) -> publish(pool, upstream, before));
        HealthChecker checks = new HealthChecker(node.vertx(), pool);
        List<NodeDirectory.NodeListener> discoveries = settings.discover().stream()
                .<NodeDirectory.NodeListener>map(role -> new Discovery(
                        pool,
                        role,
                        checks::checkNow,
                        upstream -> settled.get()
                                .onComplete(
                                        ignored -> DrainNotice.acknowledge(node.vertx(), upstream.id(), node.id()))))
                .toList();
        discoveries.forEach(node.directory()::addListener);
        return new OpenPool(pool, checks, discoveries);
    }

    private void close(String name) {
        OpenPool closed = byName.remove(name);
        if (closed != null) {
            closed.discoveries().forEach(node.directory()::removeListener);
            closed.checks().stop();
        }
    }

    private void publish(Pool pool, Upstream upstream, UpstreamState before) {
        boolean discovered = pool.settings().discover().isPresent();
        String name = discovered ? upstream.id() : pool.name() + "/" + upstream.id();
        switch (upstream.state()) {
            case UP, SLOW_START -> {
                if (!before.isServing()) {
                    node.ops().publish("server-up", name, "receives requests again; was " + before);
                }
            }
            case DOWN -> {
                String why = upstream.downReason();
                node.ops().publish("server-down", name, "receives no more requests; was " + before + ": " + why);
            }
            case EJECTED -> node.ops().publish("server-ejected", name, "consecutive requests failed");
            case CHECKING, DRAINING, MAINTENANCE, SUSPECT -> {
                // Caused by an operator or the node; SUSPECT is not an event, as the server is not marked down.
            }
        }
    }
}
