package io.ratemesh.balancer.http1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.ratemesh.balancer.BlockedEventLoop;
import io.ratemesh.balancer.http.Timeouts;
import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.loadbalance.PoolOnLoop;
import io.ratemesh.balancer.proxy.Proxy;
import io.ratemesh.balancer.proxy.ProxySettings;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A balancer with guards, one event loop and an upstream that records; its clock is moved by hand. */
final class GuardFixture implements AutoCloseable {

    final ListenerCounts counts = new ListenerCounts();
    final RecordingUpstream upstream;
    final int port;
    private final Vertx vertx;
    private final AtomicLong nanos = new AtomicLong(1);

    /** How often the guard has left the rest of a sweep to a later turn. */
    final AtomicInteger turns = new AtomicInteger();

    private final String deployment;
    private @Nullable RequestGuard guard;
    private @Nullable Context context;

    /** All requests go to the upstream. */
    GuardFixture(Vertx vertx, boolean byteByByte) {
        this(vertx, byteByByte, null);
    }

    /** With a server that {@code configure} sets up, if not null. */
    GuardFixture(Vertx vertx, boolean byteByByte, @Nullable Consumer<HttpServer> configure) {
        this(vertx, byteByByte, configure, new HttpServerOptions());
    }

    /** With a server of these options, and those that matter here. */
    GuardFixture(Vertx vertx, boolean byteByByte, @Nullable Consumer<HttpServer> configure, HttpServerOptions options) {
        this.vertx = vertx;
        upstream = new RecordingUpstream(vertx);
        await(upstream.server.listen(0, "127.0.0.1"));
        Pool pool = PoolFixture.plain("servers");
        PoolFixture.up(pool, "one", upstream.server.actualPort());
        Promise<Integer> listening = Promise.promise();
        deployment = await(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                RequestGuard ofLoop = new RequestGuard(
                        Timeouts.DEFAULT,
                        (client, status, millis) -> counts.requestRejected(status),
                        nanos::get,
                        rest -> {
                            turns.incrementAndGet();
                            rest.run();
                        });
                guard = ofLoop;
                GuardFixture.this.context = context;
                HttpServer server = vertx.createHttpServer(options.setHttp2ClearTextEnabled(false)
                                .setHandle100ContinueAutomatically(false)
                                .setMaxInitialLineLength(9 * 1024)
                                .setMaxHeaderSize(17 * 1024))
                        .connectionHandler(connection -> {
                            ofLoop.guard(connection);
                            if (byteByByte) {
                                VertxConnections.channel(connection)
                                        .pipeline()
                                        .addBefore("guard", "bytes", new ByteByByte());
                            }
                        });
                if (configure != null) {
                    configure.accept(server);
                } else {
                    Proxy proxy = new Proxy(
                            vertx,
                            new PoolOnLoop(pool),
                            ProxySettings.of(8080).withClientTimeout(Duration.ofSeconds(5)));
                    server.requestHandler(request -> proxy.handle(request, counts));
                }
                return server.listen(0, "127.0.0.1").onSuccess(listens -> listening.complete(listens.actualPort()));
            }
        }));
        port = await(listening.future());
    }

    /** Moves the clock and sweeps. */
    void passes(Duration time) {
        nanos.addAndGet(time.toNanos());
        onLoop(RequestGuard::sweep);
    }

    /** Drains the connections. */
    void drain() {
        onLoop(RequestGuard::drain);
    }

    /** Does something while the event loop is blocked. */
    void unseen(BlockedEventLoop.Action action) throws Exception {
        BlockedEventLoop.unseen(Objects.requireNonNull(context, "started"), action);
    }

    /** Replaces the time limits. */
    void use(Timeouts limits) {
        onLoop(all -> all.use(limits));
    }

    private void onLoop(Consumer<RequestGuard> action) {
        Promise<Void> done = Promise.promise();
        Objects.requireNonNull(context, "started").runOnContext(ignored -> {
            action.accept(Objects.requireNonNull(guard, "started"));
            done.complete();
        });
        await(done.future());
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        await(vertx.undeploy(deployment));
        await(upstream.server.close());
    }

    /** Passes on one byte at a time. */
    private static final class ByteByByte extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            while (bytes.isReadable()) {
                ctx.fireChannelRead(bytes.readRetainedSlice(1));
            }
            bytes.release();
        }
    }
}
