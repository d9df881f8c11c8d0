package io.ratemesh.balancer.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.resolver.NoopAddressResolverGroup;
import io.ratemesh.balancer.http.ConnectionResets;
import io.ratemesh.balancer.listener.ProxyProtocolDecoder;
import io.ratemesh.balancer.loadbalance.PoolOnLoop;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.vertx.LoopContext;
import io.ratemesh.balancer.vertx.VertxTransport;
import io.ratemesh.node.settings.TcpSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Passes on a port's connections on one event loop: both of a client live there. */
final class TcpProxy {

    private static final long SWEEP_MILLIS = 100;

    /** How often at most all connections are looked at for idle ones. */
    private static final long IDLE_SWEEP_NANOS = Duration.ofSeconds(1).toNanos();

    private static final int IDLE_PARTS = 10;

    private final Vertx vertx;
    private final EventLoop loop;
    private final PoolOnLoop pool;
    private final Supplier<TcpSettings> settings;
    private final TcpCounts counts = new TcpCounts();
    private final Set<TcpRelay> relays = new HashSet<>();
    private final Bootstrap connector;
    private final long timer;
    private final ConnectionResets resets = new ConnectionResets();
    private @Nullable Promise<Void> emptied;
    private long sweptNanos;

    TcpProxy(LoopContext context, PoolOnLoop pool, Supplier<TcpSettings> settings) {
        this.vertx = context.vertx();
        this.loop = context.eventLoop();
        this.pool = pool;
        this.settings = settings;
        this.sweptNanos = System.nanoTime();
        this.connector = new Bootstrap()
                .group(loop)
                .channelFactory(new VertxTransport(vertx).channels())
                // Names are resolved elsewhere, without holding up the loop.
                .resolver(NoopAddressResolverGroup.INSTANCE)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        configure(channel);
                    }
                });
        pool.runOn(loop);
        this.timer = context.setPeriodic(SWEEP_MILLIS, this::sweep);
    }

    /** Options that both connections have. */
    private static void configure(Channel channel) {
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, TcpConnection.BUFFER);
        // Nothing is read before there is somebody to write it to.
        channel.config().setOption(ChannelOption.AUTO_READ, false);
    }

    /** Takes over a connection that was just accepted. Any thread may call this. */
    void accept(Channel channel, TcpSession visit) {
        configure(channel);
        channel.closeFuture().addListener(ignored -> visit.leave());
        channel.pipeline().addLast(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel registered) {
                TcpRelay relay = new TcpRelay(TcpProxy.this, registered, visit);
                relays.add(relay);
                counts.opened();
                if (visit.introduced()) {
                    registered.pipeline().addLast(new ProxyProtocolDecoder(), new TcpProxyProtocol(relay, visit));
                } else {
                    registered.pipeline().addLast(relay.client());
                }
            }
        });
        loop.register(channel).addListener(registered -> {
            if (!registered.isSuccess()) {
                visit.leave();
                channel.unsafe().closeForcibly();
            }
        });
    }

    /** Connects to an address of an upstream; fails where it has none. */
    ChannelFuture connect(Upstream upstream, @Nullable InetAddress address) {
        int timeout = (int) pool.settings().timeouts().connect().toMillis();
        return connector
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeout)
                .connect(
                        address == null
                                ? InetSocketAddress.createUnresolved(upstream.host(), upstream.port())
                                : new InetSocketAddress(address, upstream.port()));
    }

    void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    PoolOnLoop pool() {
        return pool;
    }

    TcpCounts counts() {
        return counts;
    }

    void ended(TcpRelay relay) {
        if (relays.remove(relay)) {
            counts.closed();
        }
        if (emptied != null && relays.isEmpty()) {
            finish(emptied);
        }
    }

    /** Completes when the last connection has ended. No more may be handed over by then. */
    Future<Void> drain() {
        return Future.future(promise -> onLoop(() -> {
            emptied = promise;
            if (relays.isEmpty()) {
                finish(promise);
            }
        }));
    }

    /** Closes what is still open. */
    void cut() {
        onLoop(() -> Set.copyOf(relays).forEach(TcpRelay::cut));
    }

    /** Bytes that were read and not yet written on. */
    Future<Long> pending() {
        return Future.future(promise -> onLoop(() ->
                promise.complete(relays.stream().mapToLong(TcpRelay::pending).sum())));
    }

    private void finish(Promise<Void> drained) {
        vertx.cancelTimer(timer);
        drained.tryComplete();
    }

    private void sweep() {
        pool.tick();
        long now = System.nanoTime();
        long idle = settings.get().idleTimeout().toNanos();
        if (now - sweptNanos < Math.min(IDLE_SWEEP_NANOS, idle / IDLE_PARTS)) {
            return;
        }
        sweptNanos = now;
        Set.copyOf(relays).forEach(relay -> relay.sweep(now, idle, resets));
    }
}
