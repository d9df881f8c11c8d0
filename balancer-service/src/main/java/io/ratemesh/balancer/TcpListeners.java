package io.ratemesh.balancer;

import io.ratemesh.balancer.tcp.TcpListener;
import io.ratemesh.balancer.tcp.TcpListenerStats;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.settings.AddressRange;
import io.ratemesh.node.settings.TcpSettings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The ports whose connections are passed on as they are, each with a pool of its own. Lives on the node's event loop. */
final class TcpListeners {

    private final Node node;
    private final PoolRegistry pools;
    private final List<TcpListener> doors = new CopyOnWriteArrayList<>();

    TcpListeners(Node node, Supplier<Future<Void>> settled) {
        this.node = node;
        this.pools = new PoolRegistry(node, settled);
    }

    /**
     * Listens, one after the other; fails with a {@link StartException} where a port is taken.
     *
     * @param trusted proxies, those of now
     */
    Future<Void> open(List<TcpSettings> settings, Supplier<List<AddressRange>> trusted, List<Context> loops) {
        pools.use(settings.stream().map(TcpSettings::pool).toList());
        Future<Void> opened = Future.succeededFuture();
        for (int i = 0; i < settings.size(); i++) {
            int at = i;
            TcpSettings port = settings.get(i);
            opened = opened.compose(ignored -> TcpListener.open(
                            node.vertx(), port, pools.all().get(at), trusted, loops)
                    .recover(cause -> Future.failedFuture(StartException.listening(
                            "balancer.tcp[" + at + "].port",
                            port.listen().bind(),
                            port.listen().port(),
                            cause)))
                    .onSuccess(doors::add)
                    .mapEmpty());
        }
        return opened;
    }

    /** What statistics are told of. */
    List<TcpListenerStats> all() {
        return List.copyOf(doors);
    }

    /** Takes over settings of the same ports. */
    void use(List<TcpSettings> settings) {
        pools.use(settings.stream().map(TcpSettings::pool).toList());
        for (int i = 0; i < doors.size(); i++) {
            doors.get(i).reconfigure(settings.get(i));
        }
    }

    /** Accepts no more, and cuts what is still open after a time. */
    Future<Void> drain(Duration timeout) {
        return Future.join(doors.stream().map(door -> door.drain(timeout)).toList())
                .mapEmpty();
    }
}
