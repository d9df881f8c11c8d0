package io.ratemesh.balancer;

import io.ratemesh.balancer.tcp.TcpListener;
import io.ratemesh.balancer.tcp.TcpListenerStats;
import io.ratemesh.balancer.upstream.transport.UpstreamTransport;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.settings.AddressRange;
import io.ratemesh.node.settings.PoolSettings;
import io.ratemesh.node.settings.TcpSettings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The listeners in TCP mode, each with a pool of its own. Lives on the node's event loop. */
final class TcpListeners {

    private final Node node;
    private final PoolRegistry pools;
    private final List<TcpListener> listeners = new CopyOnWriteArrayList<>();

    /**
     * With no listener yet.
     *
     * @param settled completes once no event loop can still select an upstream that is no longer eligible
     */
    TcpListeners(Node node, Supplier<Future<Void>> settled) {
        this.node = node;
        this.pools = new PoolRegistry(node, settled);
    }

    /**
     * Listens on one port after the other; fails with a {@link StartException} where one is not free.
     *
     * @param trusted the proxies that are trusted now
     */
    Future<Void> open(List<TcpSettings> settings, Supplier<List<AddressRange>> trusted, List<Context> loops) {
        usePools(settings);
        Future<Void> opened = Future.succeededFuture();
        for (int i = 0; i < settings.size(); i++) {
            int index = i;
            TcpSettings port = settings.get(i);
            opened = opened.compose(ignored -> TcpListener.open(
                            node.vertx(), port, pools.all().get(index), trusted, loops)
                    .recover(cause -> Future.failedFuture(StartException.listening(
                            "balancer.tcp[" + index + "].port",
                            port.listen().bind(),
                            port.listen().port(),
                            cause)))
                    .onSuccess(listeners::add)
                    .mapEmpty());
        }
        return opened;
    }

    /** The listeners, for statistics. */
    List<TcpListenerStats> all() {
        return List.copyOf(listeners);
    }

    /** Applies other settings of the same ports. */
    void use(List<TcpSettings> settings) {
        usePools(settings);
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).reconfigure(settings.get(i));
        }
    }

    private void usePools(List<TcpSettings> settings) {
        List<PoolSettings> pooled = settings.stream().map(TcpSettings::pool).toList();
        pools.use(pooled, pooled.stream().map(UpstreamTransport::read).toList());
    }

    /** Accepts no more connections, and cuts those that are still open after the timeout. */
    Future<Void> drain(Duration timeout) {
        return Future.join(listeners.stream()
                        .map(listener -> listener.drain(timeout))
                        .toList())
                .mapEmpty();
    }
}
