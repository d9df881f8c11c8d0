package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.ratemesh.balancer.http.ProxyFailure;
import io.ratemesh.balancer.http2.Http2RequestCheck;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.loadbalance.PoolOnLoop;
import io.ratemesh.balancer.proxy.Proxy;
import io.ratemesh.balancer.proxy.ProxySettings;
import io.ratemesh.node.cluster.TransportChoice;
import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.Settings;
import io.ratemesh.node.settings.TransportSetting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The ports of one loop, as they are set, before a proxy with one real server behind it; all in this JVM. */
public final class ListenFixture implements AutoCloseable {

    final Vertx vertx;
    public final ListenerContext entrance;
    final ListenerPorts.Numbers ports;
    final List<Integer> refused = java.util.Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger open = new AtomicInteger();

    private final Queue<String> octetsUpstream = new ConcurrentLinkedQueue<>();

    public final Queue<JsonObject> events = new ConcurrentLinkedQueue<>();
    final Told plain = new Told();
    final Told encrypted = new Told();
    final Told clearText = new Told();
    private final HttpServer upstream;
    private final List<String> begin;
    private @Nullable ListenerPorts ofLoop;
    private @Nullable Context loop;
    private @Nullable Runnable streamsEnd;

    /** With TLS, whose certificate lies in {@code cert.pem} and {@code key.pem} of the folder. */
    public static ListenFixture tls(Path folder, TestCertificate certificate, String... settings) throws Exception {
        certificate.writeTo(folder.resolve("cert.pem"), folder.resolve("key.pem"));
        List<String> all = new ArrayList<>(List.of(
                "balancer.tls.cert=" + folder.resolve("cert.pem"), "balancer.tls.key=" + folder.resolve("key.pem")));
        all.addAll(List.of(settings));
        return new ListenFixture(TransportChoice.choose(TransportSetting.AUTO), all);
    }

    static ListenFixture plain(String... settings) {
        return new ListenFixture(TransportChoice.choose(TransportSetting.AUTO), List.of(settings));
    }

    private ListenFixture(Transport transport, List<String> given) {
        this(transport, given, 0);
    }

    /**
     * Over one transport.
     *
     * @param upstreamPort of a server of the test's, 0 for the fixture's own
     */
    ListenFixture(Transport transport, List<String> given, int upstreamPort) {
        vertx = Vertx.builder().withTransport(transport).build();
        List<String> settings = new ArrayList<>(List.of(
                "balancer.http.port=0",
                "balancer.tls.port=0",
                "balancer.http.bind=127.0.0.1",
                "balancer.tls.bind=127.0.0.1"));
        settings.addAll(given);
        vertx.eventBus().<JsonObject>consumer(OpsEvents.ADDRESS, told -> events.add(told.body()));
        upstream = await(vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .connectionHandler(this::record)
                .requestHandler(ListenFixture::answer)
                .listen(0, "127.0.0.1"));
        Pool pool = PoolFixture.plain("servers");
        PoolFixture.up(pool, "one", upstreamPort == 0 ? upstream.actualPort() : upstreamPort);
        entrance = await(ListenerContext.open(
                vertx,
                new OpsEvents(vertx, "balancer-1"),
                Settings.load(Optional.empty(), settings, Map.of()).balancer()));
        List<String> begin = List.copyOf(settings);
        this.begin = begin;
        Promise<ListenerPorts.Numbers> opened = Promise.promise();
        await(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                ListenerCounts counts = new ListenerCounts();
                Proxy proxy = new Proxy(vertx, new PoolOnLoop(pool), counts, ProxySettings.of(8443));
                streamsEnd = () -> context.runOnContext(ignored -> proxy.endStreams());
                Handler<HttpServerRequest> door = request -> {
                    if (Http2RequestCheck.isInvalid(request)) {
                        ProxyFailure.BAD_REQUEST.send(request);
                    } else {
                        proxy.handle(request);
                    }
                };
                ListenerPorts all = new ListenerPorts(
                        vertx,
                        entrance,
                        new ListenerPorts.Way(door, plain),
                        new ListenerPorts.Way(door, encrypted),
                        new ListenerPorts.Way(door, clearText));
                ofLoop = all;
                loop = context;
                return all.open(request -> request.response().end("well")).onSuccess(opened::complete);
            }
        }));
        ports = await(opened.future());
    }

    /** Says what it saw; a body goes back as it came. */
    private static void answer(HttpServerRequest request) {
        if (request.path().equals("/silent")) {
            return;
        }
        request.response().putHeader("Keep-Alive", "timeout=5").putHeader("Server-Saw", saw(request));
        if (request.path().equals("/echo")) {
            request.response().setChunked(true);
            request.pipeTo(request.response());
        } else {
            request.response().putHeader("Content-Length", "5").end("hello");
        }
    }

    private static String saw(HttpServerRequest request) {
        StringBuilder saw = new StringBuilder(request.method() + " " + request.uri() + " " + request.version());
        request.headers()
                .forEach(field ->
                        saw.append(" | ").append(field.getKey()).append('=').append(field.getValue()));
        return saw.toString();
    }

    private void record(HttpConnection connection) {
        ((ConnectionBase) connection)
                .channel()
                .pipeline()
                .addBefore("httpDecoder", "recorder", new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                        octetsUpstream.add(((ByteBuf) message).toString(ISO_8859_1));
                        ctx.fireChannelRead(message);
                    }
                });
    }

    /** All that came to the upstream, as it came. */
    String octetsUpstream() {
        return String.join("", octetsUpstream);
    }

    /** Ends the streams, as a drain does at its deadline. */
    void endStreams() {
        Objects.requireNonNull(streamsEnd, "open").run();
    }

    void drain() {
        await(Objects.requireNonNull(ofLoop, "open").shutdown(Duration.ofSeconds(30)));
    }

    /** Takes over settings that differ from those of the begin in these. */
    void reload(String... changes) {
        List<String> next = new ArrayList<>(begin);
        next.addAll(List.of(changes));
        BalancerSettings settings =
                Settings.load(Optional.empty(), next, Map.of()).balancer();
        entrance.use(settings.limits(), settings.trustedProxies());
        Promise<Void> done = Promise.promise();
        Objects.requireNonNull(loop, "open").runOnContext(ignored -> {
            Objects.requireNonNull(ofLoop, "open").use(settings.limits());
            done.complete();
        });
        await(done.future());
    }

    /** Octets to the port without encryption; what comes back until the other side ends. */
    String exchange(String request) throws IOException {
        return exchange(ports.http(), request);
    }

    String exchange(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    public SSLSocket tlsSocket(SSLContext trusting, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket("127.0.0.1", ports.tls());
        socket.setSoTimeout(10_000);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
        return socket;
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    /** What is told of one port; all that opens, closes and is refused is in the fixture, too. */
    final class Told implements ListenerEvents {

        final AtomicInteger came = new AtomicInteger();
        final AtomicInteger turnedAway = new AtomicInteger();

        @Override
        public void connectionOpened() {
            came.incrementAndGet();
            open.incrementAndGet();
        }

        @Override
        public void connectionRefused() {
            turnedAway.incrementAndGet();
        }

        @Override
        public void connectionClosed() {
            open.decrementAndGet();
        }

        @Override
        public void refused(@Nullable SocketAddress client, int status, long millis) {
            refused.add(status);
        }

        @Override
        public void refused(HttpServerRequest request, int status) {
            refused.add(status);
        }

        @Override
        public void sentOn(HttpServerRequest request, int status) {}
    }
}
