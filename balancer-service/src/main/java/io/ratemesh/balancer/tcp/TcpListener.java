package io.ratemesh.balancer.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolOnLoop;
import io.ratemesh.balancer.vertx.LoopContext;
import io.ratemesh.balancer.vertx.VertxTransport;
import io.ratemesh.node.settings.AddressRange;
import io.ratemesh.node.settings.BalancerSettings.Listen;
import io.ratemesh.node.settings.TcpSettings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A listener in TCP mode: relays its connections to the servers of a pool, on the event loops of the HTTP listeners. */
public final class TcpListener implements TcpListenerStats {

    /** The kernel reduces it to its own limit (Linux: 4096). */
    private static final int ACCEPT_BACKLOG = 16 * 1024;

    private final Vertx vertx;
    private final VertxTransport transport;
    private final Pool pool;
    private final TcpAdmission admission;
    private final List<TcpProxy> proxies;
    private volatile TcpSettings settings;
    private volatile @Nullable Channel server;

    private TcpListener(
            Vertx vertx, TcpSettings settings, Pool pool, Supplier<List<AddressRange>> trusted, List<Context> loops) {
        this.vertx = vertx;
        this.transport = new VertxTransport(vertx);
        this.settings = settings;
        this.pool = pool;
        this.admission = new TcpAdmission(trusted, settings.limits());
        this.proxies = loops.stream()
                .map(loop -> new TcpProxy(LoopContext.of(loop), new PoolOnLoop(pool), this::settings))
                .toList();
    }

    /**
     * Listens. Fails with the system's error where the port is not available.
     *
     * @param pool made of {@code settings.pool()}; its health checks are the caller's
     * @param trusted the current trusted proxies
     * @param loops contexts of at least one event loop
     */
    public static Future<TcpListener> open(
            Vertx vertx, TcpSettings settings, Pool pool, Supplier<List<AddressRange>> trusted, List<Context> loops) {
        TcpListener listener = new TcpListener(vertx, settings, pool, trusted, loops);
        return listener.transport
                .resolve(settings.listen().bind())
                .compose(listener::listen)
                .onFailure(ignored -> listener.proxies.forEach(TcpProxy::drain))
                .map(listener);
    }

    private Future<Void> listen(InetAddress bind) {
        Promise<Void> listening = LoopContext.current(vertx).promise();
        new Bootstrap()
                .group(transport.acceptors())
                .channelFactory(transport.serverChannels())
                .option(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .handler(new Acceptor(this::settings, admission, proxies))
                .bind(new InetSocketAddress(bind, settings.listen().port()))
                .addListener((ChannelFuture bound) -> {
                    if (bound.isSuccess()) {
                        server = bound.channel();
                        listening.complete();
                    } else {
                        listening.fail(bound.cause());
                    }
                });
        return listening.future();
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public Pool pool() {
        return pool;
    }

    /** The port it listens on, also where the settings have port 0. */
    public int port() {
        Channel listening = server;
        return listening != null && listening.localAddress() instanceof InetSocketAddress address
                ? address.getPort()
                : settings.listen().port();
    }

    /** Applies new servers, checks, limits and timeouts. The address stays the same. */
    public void reconfigure(TcpSettings next) {
        settings = next;
        admission.configure(next.limits());
        pool.reconfigure(next.pool());
    }

    @Override
    public TcpSnapshot snapshot() {
        TcpTotals traffic = proxies.stream().map(proxy -> proxy.counts().get()).reduce(TcpTotals.NONE, TcpTotals::plus);
        Channel listening = server;
        return new TcpSnapshot(
                name(),
                new Listen(settings.listen().bind(), port()),
                listening != null && listening.isOpen(),
                admission.limit().max(),
                admission.limit().maxOpen(),
                admission.refused(),
                traffic,
                pool.snapshot());
    }

    /** Stops accepting; completes when the last connection has ended. Those still open after {@code timeout} are closed. */
    public Future<Void> drain(Duration timeout) {
        return stopListening().compose(ignored -> {
            Future<Void> ended =
                    Future.join(proxies.stream().map(TcpProxy::drain).toList()).mapEmpty();
            long deadline = vertx.setTimer(Math.max(1, timeout.toMillis()), late -> closeAll());
            return ended.onComplete(all -> vertx.cancelTimer(deadline));
        });
    }

    /** Bytes of all connections that were read and are not written yet. */
    Future<Long> pending() {
        List<Future<Long>> each = proxies.stream().map(TcpProxy::pending).toList();
        return Future.join(each)
                .map(ignored -> each.stream().mapToLong(Future::result).sum());
    }

    private TcpSettings settings() {
        return settings;
    }

    private void closeAll() {
        proxies.forEach(TcpProxy::closeAll);
    }

    private Future<Void> stopListening() {
        Channel listening = server;
        if (listening == null) {
            return Future.succeededFuture();
        }
        Promise<Void> closed = LoopContext.current(vertx).promise();
        listening.close().addListener(ignored -> closed.complete());
        return closed.future();
    }
}
