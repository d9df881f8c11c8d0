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

/** A port whose connections are passed on to a pool's servers as they are, on the event loops of the front door. */
public final class TcpListener implements TcpListenerStats {

    /** Many may come at once; the kernel cuts it to what it allows (Linux: 4096). */
    private static final int ACCEPT_BACKLOG = 16 * 1024;

    private final Vertx vertx;
    private final VertxTransport transport;
    private final Pool pool;
    private final TcpAdmission gate;
    private final List<TcpProxy> proxies;
    private volatile TcpSettings settings;
    private volatile @Nullable Channel server;

    private TcpListener(
            Vertx vertx, TcpSettings settings, Pool pool, Supplier<List<AddressRange>> trusted, List<Context> loops) {
        this.vertx = vertx;
        this.transport = new VertxTransport(vertx);
        this.settings = settings;
        this.pool = pool;
        this.gate = new TcpAdmission(trusted, settings.limits());
        this.proxies = loops.stream()
                .map(loop -> new TcpProxy(LoopContext.of(loop), new PoolOnLoop(pool), this::settings))
                .toList();
    }

    /**
     * Listens. Fails with what the system said where the port cannot be had.
     *
     * @param pool made of {@code settings.pool()}; whoever made it has it checked
     * @param trusted proxies, those of now, of which none is a client
     * @param loops contexts of the event loops that share the work; at least one
     */
    public static Future<TcpListener> open(
            Vertx vertx, TcpSettings settings, Pool pool, Supplier<List<AddressRange>> trusted, List<Context> loops) {
        TcpListener door = new TcpListener(vertx, settings, pool, trusted, loops);
        return door.transport
                .resolve(settings.listen().bind())
                .compose(door::listen)
                .onFailure(ignored -> door.proxies.forEach(TcpProxy::drain))
                .map(door);
    }

    private Future<Void> listen(InetAddress bind) {
        Promise<Void> listening = LoopContext.current(vertx).promise();
        new Bootstrap()
                .group(transport.acceptors())
                .channelFactory(transport.serverChannels())
                .option(ChannelOption.SO_BACKLOG, ACCEPT_BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .handler(new Acceptor(this::settings, gate, proxies))
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

    /** The port it listens on, also where the settings say any. */
    public int port() {
        Channel listening = server;
        return listening != null && listening.localAddress() instanceof InetSocketAddress address
                ? address.getPort()
                : settings.listen().port();
    }

    /** Takes over new servers, checks, limits and times; where it listens stays as it is. */
    public void reconfigure(TcpSettings next) {
        settings = next;
        gate.use(next.limits());
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
                gate.limit().most(),
                gate.limit().maxOpen(),
                gate.refused(),
                traffic,
                pool.snapshot());
    }

    /** Accepts no more; completes when the last connection has ended. Those still open after {@code timeout} are cut. */
    public Future<Void> drain(Duration timeout) {
        return stopListening().compose(ignored -> {
            Future<Void> ended =
                    Future.join(proxies.stream().map(TcpProxy::drain).toList()).mapEmpty();
            long deadline = vertx.setTimer(Math.max(1, timeout.toMillis()), late -> cut());
            return ended.onComplete(all -> vertx.cancelTimer(deadline));
        });
    }

    /** Bytes that were read and not yet written on, of all connections. */
    Future<Long> pending() {
        List<Future<Long>> each = proxies.stream().map(TcpProxy::pending).toList();
        return Future.join(each)
                .map(ignored -> each.stream().mapToLong(Future::result).sum());
    }

    private TcpSettings settings() {
        return settings;
    }

    private void cut() {
        proxies.forEach(TcpProxy::cut);
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
