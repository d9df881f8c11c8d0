package io.ratemesh.balancer.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.resolver.NoopAddressResolverGroup;
import io.ratemesh.balancer.http.ConnectionResets;
import io.ratemesh.balancer.listener.ProxyProtocolDecoder;
import io.ratemesh.balancer.loadbalance.PoolOnLoop;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.transport.SentProxyHeader;
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

/** The relays of a listener in TCP mode on one event loop. */
final class TcpProxy {

    private static final long SWEEP_MILLIS = 100;

    /** The longest time between two sweeps of all connections. */
    private static final long IDLE_SWEEP_NANOS = Duration.ofSeconds(1).toNanos();

    private static final int SWEEPS_PER_TIMEOUT = 10;

    private final Vertx vertx;
    private final EventLoop loop;
    private final PoolOnLoop pool;
    private final Supplier<TcpSettings> settings;
    private final TcpCounts counts = new TcpCounts();
    private final Set<TcpRelay> relays = new HashSet<>();
    private final VertxTransport transport;
    private final Bootstrap connector;
    private final long timer;
    private final ConnectionResets resets = new ConnectionResets();
    private @Nullable Promise<Void> drained;
    private long sweptNanos;

    TcpProxy(LoopContext context, PoolOnLoop pool, Supplier<TcpSettings> settings) {
        this.vertx = context.vertx();
        this.loop = context.eventLoop();
        this.pool = pool;
        this.settings = settings;
        this.sweptNanos = System.nanoTime();
        this.transport = new VertxTransport(vertx);
        this.connector = connector(transport.channels());
        pool.runOn(loop);
        this.timer = context.setPeriodic(SWEEP_MILLIS, this::sweep);
    }

    private Bootstrap connector(ChannelFactory<? extends Channel> channels) {
        return new Bootstrap()
                .group(loop)
                .channelFactory(channels)
                // The upstream has its addresses already.
                .resolver(NoopAddressResolverGroup.INSTANCE)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        configure(channel);
                    }
                });
    }

    /** Sets the options of both connections. */
    private static void configure(Channel channel) {
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setOption(ChannelOption.SO_KEEPALIVE, true);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, TcpConnection.BUFFER);
        // Reading starts when both connections are joined.
        channel.config().setOption(ChannelOption.AUTO_READ, false);
    }

    /** Takes over an accepted connection. Thread-safe. */
    void accept(Channel channel, TcpSession session) {
        configure(channel);
        session.accepted(channel.remoteAddress(), channel.localAddress());
        channel.closeFuture().addListener(ignored -> session.close());
        channel.pipeline().addLast(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel registered) {
                TcpRelay relay = new TcpRelay(TcpProxy.this, registered, session);
                relays.add(relay);
                counts.opened();
                if (session.isProxied()) {
                    registered.pipeline().addLast(new ProxyProtocolDecoder(), new TcpProxyProtocol(relay, session));
                } else {
                    registered.pipeline().addLast(relay.client());
                }
            }
        });
        loop.register(channel).addListener(registered -> {
            if (!registered.isSuccess()) {
                session.close();
                channel.unsafe().closeForcibly();
            }
        });
    }

    /** Connects to an address of an upstream; fails where it has none. */
    ChannelFuture connect(Upstream upstream, @Nullable InetAddress address) {
        int timeout = (int) pool.settings().timeouts().connect().toMillis();
        if (upstream.unixPath().isPresent()) {
            return connector(transport.unixChannels())
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeout)
                    .connect(transport.unixAddress(upstream.unixPath().get()));
        }
        return connector
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeout)
                .connect(
                        address == null
                                ? InetSocketAddress.createUnresolved(upstream.host(), upstream.port())
                                : new InetSocketAddress(address, upstream.port()));
    }

    /** Writes what precedes the bytes of the client on a connection that has just been opened. */
    @SuppressWarnings("FutureReturnValueIgnored") // A failed write ends the connection.
    void introduce(Channel server, TcpSession session) {
        pool.transport()
                .sendProxy()
                .ifPresent(version -> server.writeAndFlush(SentProxyHeader.of(version, session, server.alloc())));
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
        if (drained != null && relays.isEmpty()) {
            completeDrain(drained);
        }
    }

    /** Completes when the last connection has ended. No more connections are accepted from then on. */
    Future<Void> drain() {
        return Future.future(promise -> onLoop(() -> {
            drained = promise;
            if (relays.isEmpty()) {
                completeDrain(promise);
            }
        }));
    }

    /** Closes all open connections. */
    void closeAll() {
        onLoop(() -> Set.copyOf(relays).forEach(TcpRelay::drainTimedOut));
    }

    /** Bytes that were read and are not written yet. */
    Future<Long> pending() {
        return Future.future(promise -> onLoop(() ->
                promise.complete(relays.stream().mapToLong(TcpRelay::pending).sum())));
    }

    private void completeDrain(Promise<Void> promise) {
        vertx.cancelTimer(timer);
        promise.tryComplete();
    }

    private void sweep() {
        pool.tick();
        long now = System.nanoTime();
        long idle = settings.get().idleTimeout().toNanos();
        if (now - sweptNanos < Math.min(IDLE_SWEEP_NANOS, idle / SWEEPS_PER_TIMEOUT)) {
            return;
        }
        sweptNanos = now;
        Set.copyOf(relays).forEach(relay -> relay.sweep(now, idle, resets));
    }
}
