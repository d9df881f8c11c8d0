package io.ratemesh.balancer.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.ratemesh.balancer.BlockedEventLoop;
import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.loadbalance.PoolOnLoop;
import io.ratemesh.balancer.upstream.Upstream;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A proxy on one event loop, with real servers on free ports, all in this JVM. */
final class ProxyFixture implements AutoCloseable {

    static final Duration CLIENT_TIMEOUT = Duration.ofMillis(2500);

    final Vertx vertx;
    final Pool pool = PoolFixture.plain("servers");
    final PoolOnLoop loop = new PoolOnLoop(pool);
    final ListenerCounts counts = new ListenerCounts();
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Promise<Runnable> started = Promise.promise();
    private final Promise<Context> loopOfProxy = Promise.promise();
    private final int port;

    ProxyFixture() {
        this(ProxySettings.of(8080).withClientTimeout(CLIENT_TIMEOUT));
    }

    ProxyFixture(ProxySettings settings) {
        this(settings, Transport.NIO);
    }

    ProxyFixture(ProxySettings settings, Transport transport) {
        this(settings, transport, "127.0.0.1");
    }

    ProxyFixture(ProxySettings settings, Transport transport, String bind) {
        vertx = Vertx.builder().withTransport(transport).build();
        Promise<Integer> listening = Promise.promise();
        await(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                Proxy proxy = new Proxy(vertx, loop, settings);
                started.complete(() -> context.runOnContext(ignored -> proxy.endStreams()));
                loopOfProxy.complete(context);
                return vertx.createHttpServer(new HttpServerOptions()
                                .setHttp2ClearTextEnabled(false)
                                .setStrictThreadMode(true))
                        .requestHandler(request -> proxy.handle(request, counts))
                        .listen(0, bind)
                        .onSuccess(server -> listening.complete(server.actualPort()));
            }
        }));
        port = await(listening.future());
    }

    int port() {
        return port;
    }

    URI uri(String target) {
        return URI.create("http://127.0.0.1:" + port + target);
    }

    /** Sets another response timeout. */
    ProxyFixture withResponseTimeout(Duration timeout) {
        pool.reconfigure(PoolFixture.with(pool.settings(), timeout));
        return this;
    }

    /** Ends the streams, as a drain does. */
    void drain() {
        await(started.future()).run();
    }

    /** Runs an action while the event loop of the proxy is blocked. */
    void unseen(BlockedEventLoop.Action action) throws Exception {
        BlockedEventLoop.unseen(await(loopOfProxy.future()), action);
    }

    /** A server socket that the test accepts from, up in the pool. */
    ServerSocket socketServer(String id) throws IOException {
        ServerSocket server = new ServerSocket(0);
        up(id, server.getLocalPort());
        return server;
    }

    /** An HTTP server, up in the pool. */
    HttpServer server(String id, Handler<HttpServerRequest> handler) {
        HttpServer server =
                await(vertx.createHttpServer().requestHandler(handler).listen(0, "127.0.0.1"));
        up(id, server.actualPort());
        return server;
    }

    /** A TCP server, up in the pool. */
    NetServer rawServer(String id, Handler<NetSocket> handler) {
        NetServer server = await(vertx.createNetServer().connectHandler(handler).listen(0, "127.0.0.1"));
        up(id, server.actualPort());
        return server;
    }

    /** A port that refuses connections, up in the pool. */
    Upstream refusing(String id) {
        try (ServerSocket taken = new ServerSocket(0)) {
            return up(id, taken.getLocalPort());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends bytes as they are and reads until the proxy closes or {@code until} has been read. */
    String raw(String request, String until) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            StringBuilder response = new StringBuilder();
            byte[] buffer = new byte[4096];
            while (!response.toString().contains(until)) {
                int read = socket.getInputStream().read(buffer);
                if (read < 0) {
                    break;
                }
                response.append(new String(buffer, 0, read, ISO_8859_1));
            }
            return response.toString();
        }
    }

    /** A server on a port, up in the pool. */
    Upstream up(String id, int atPort) {
        return PoolFixture.up(pool, id, atPort);
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
        await(vertx.close());
    }
}
