package io.ratemesh.balancer.upstream.health;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.node.settings.AgentSettings;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the agents of a pool's servers, where its settings have them: each at once, and again after the interval, whatever the state of the
 * server, so that an agent can revoke what it has set. An agent that cannot be reached changes nothing. Runs on one event loop.
 */
final class AgentChecks {

    private static final class Entry {
        private long dueNanos;
        private boolean underWay;

        Entry(long dueNanos) {
            this.dueNanos = dueNanos;
        }
    }

    private final Vertx vertx;
    private final Context context;
    private final Pool pool;
    private final IdentityHashMap<Upstream, Entry> entries = new IdentityHashMap<>();
    private List<Upstream> upstreams = List.of();
    private @Nullable NetClient client;
    private long tickNanos;

    AgentChecks(Vertx vertx, Context context, Pool pool) {
        this.vertx = vertx;
        this.context = context;
        this.pool = pool;
    }

    /** Asks the agents that are due; to be called several times a second. */
    void tick(long nowNanos) {
        tickNanos = nowNanos;
        Optional<AgentSettings> agent = pool.settings().check().agent();
        if (agent.isEmpty()) {
            stop();
            return;
        }
        List<Upstream> present = pool.upstreams();
        if (present != upstreams) {
            upstreams = present;
            entries.keySet().retainAll(Set.copyOf(present));
            present.forEach(upstream -> entries.computeIfAbsent(upstream, ignored -> new Entry(nowNanos)));
        }
        NetClient connector = client == null ? vertx.createNetClient() : client;
        client = connector;
        Duration timeout = pool.settings().check().timeout();
        entries.forEach((upstream, entry) -> {
            InetAddress address = upstream.addresses().current();
            if (address != null && !entry.underWay && nowNanos - entry.dueNanos >= 0) {
                entry.underWay = true;
                InetSocketAddress to =
                        new InetSocketAddress(address, agent.get().port());
                AgentCheck.run(vertx, connector, to, timeout)
                        .onSuccess(
                                said -> context.runOnContext(ignored -> complete(upstream, entry, said, agent.get())));
            }
        });
    }

    private void complete(Upstream upstream, Entry entry, AgentCheck.Said said, AgentSettings asked) {
        entry.underWay = false;
        entry.dueNanos = tickNanos + asked.interval().toNanos();
        if (pool.settings().check().agent().equals(Optional.of(asked))) {
            upstream.agentReported(said.result(), said.report());
        }
    }

    /** Asks no more. */
    void stop() {
        if (client != null) {
            client.close();
            client = null;
            entries.clear();
            upstreams = List.of();
        }
    }
}
