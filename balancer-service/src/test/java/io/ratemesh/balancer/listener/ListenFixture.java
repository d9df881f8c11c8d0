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
import io.ratemesh.balancer.upstream.transport.UpstreamTransport;
import io.ratemesh.balancer.vertx.ServerPipeline;
import io.ratemesh.balancer.vertx.VertxConnections;
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
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The configured listeners on one loop, with a proxy and one real upstream; all in this JVM. */
public final class ListenFixture implements AutoCloseable {

    final Vertx vertx;
    public final ListenerContext context;
    final Ports ports;
    final Pool pool = PoolFixture.plain("servers");
    final List<Integer> rejected = java.util.Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger open = new AtomicInteger();

    private final Queue<String> bytesUpstream = new ConcurrentLinkedQueue<>();

    public final Queue<JsonObject> events = new ConcurrentLinkedQueue<>();
    final RecordedEvents http = new RecordedEvents();
    final RecordedEvents https = new RecordedEvents();
    final RecordedEvents h2c = new RecordedEvents();

    /** The names of the listeners by which requests came. */
    final Queue<String> listenerNames = new ConcurrentLinkedQueue<>();

    /** The bytes before and after the compression of each response. */
    final Queue<long[]> compressed = new ConcurrentLinkedQueue<>();

    private final HttpServer upstream;
    private final List<String> begin;
    private List<ListenerOnLoop> listeners = List.of();
    private @Nullable Context loop;
    private @Nullable Runnable streamsEnd;

    /** With TLS, and its certificate in {@code cert.pem} and {@code key.pem} of the folder. */
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

    /** The listeners of these settings, as if they listened on these ports. */
    public static List<Listener> listening(BalancerSettings settings, int... ports) {
        List<Listener> all = Listener.configured(settings, new ConnectionLimit(1, 0));
        for (int i = 0; i < all.size(); i++) {
            all.get(i).listening(ports[i]);
        }
        return all;
    }

    /** The ports that are listened on; 0 for none. */
    record Ports(int http, int tls, int h2c) {}

    private ListenFixture(Transport transport, List<String> given) {
        this(transport, given, 0);
    }

    /**
     * Over one transport.
     *
     * @param upstreamPort of a server of the test's, 0 for the fixture's own
     */
    ListenFixture(Transport transport, List<String> given, int upstreamPort) {
        this(transport, given, upstreamPort, UpstreamTransport.PLAIN);
    }

    /** With connections to the server that are made ready in a way of their own. */
    ListenFixture(Transport transport, List<String> given, int upstreamPort, UpstreamTransport toUpstream) {
        vertx = Vertx.builder().withTransport(transport).build();
        List<String> settings = new ArrayList<>(List.of(
                "balancer.http.port=0",
                "balancer.tls.port=0",
                "balancer.http.bind=127.0.0.1",
                "balancer.tls.bind=127.0.0.1"));
        settings.addAll(given);
        vertx.eventBus().<JsonObject>consumer(OpsEvents.ADDRESS, event -> events.add(event.body()));
        upstream = await(vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .connectionHandler(this::record)
                .requestHandler(ListenFixture::respond)
                .listen(0, "127.0.0.1"));
        pool.use(toUpstream);
        PoolFixture.up(pool, "one", upstreamPort == 0 ? upstream.actualPort() : upstreamPort);
        context = await(ListenerContext.open(
                vertx,
                new OpsEvents(vertx, "balancer-1"),
                Settings.load(Optional.empty(), settings, Map.of()).balancer()));
        List<String> begin = List.copyOf(settings);
        this.begin = begin;
        await(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                loop = context;
                ListenerCounts counts = new ListenerCounts();
                Proxy proxy = new Proxy(vertx, new PoolOnLoop(pool), ProxySettings.of(8443));
                proxy.compress(
                        Optional.of(ListenFixture.this.context.settings().compression())
                                .filter(settings -> settings.appliesTo(pool.settings())),
                        () -> (before, after) -> compressed.add(new long[] {before, after}));
                streamsEnd = () -> context.runOnContext(ignored -> proxy.endStreams());
                Handler<HttpServerRequest> requests = request -> {
                    listenerNames.add(Listener.of(request.connection()).markedName());
                    if (Http2RequestCheck.isInvalid(request)) {
                        ProxyFailure.BAD_REQUEST.send(request);
                    } else {
                        proxy.handle(request, counts);
                    }
                };
                listeners = onLoop(vertx, ListenFixture.this.context, ListenFixture.this::events);
                return open(
                        ListenFixture.this.context.listeners(),
                        listeners,
                        listener -> requests,
                        request -> request.response().end("well"));
            }
        }));
        ports = new Ports(
                context.port(ListenerProtocol.HTTP),
                context.port(ListenerProtocol.HTTPS),
                context.port(ListenerProtocol.H2C));
    }

    private RecordedEvents events(Listener listener) {
        return switch (listener.protocol()) {
            case HTTP -> http;
            case HTTPS -> https;
            case H2C -> h2c;
        };
    }

    /** All listeners on the current loop, which do not listen yet. */
    static List<ListenerOnLoop> onLoop(
            Vertx vertx, ListenerContext context, Function<Listener, ListenerEvents> events) {
        return context.listeners().stream()
                .map(listener -> new ListenerOnLoop(vertx, context, listener, events.apply(listener)))
                .toList();
    }

    /** Opens all listeners on the current loop. Health checks get 200. */
    public static Future<Void> open(
            Vertx vertx,
            ListenerContext context,
            Function<Listener, ListenerEvents> events,
            Function<Listener, Handler<HttpServerRequest>> requests) {
        return open(
                context.listeners(),
                onLoop(vertx, context, events),
                requests,
                request -> request.response().end());
    }

    /** From the last to the first, as HTTP may redirect to HTTPS. */
    private static Future<Void> open(
            List<Listener> listeners,
            List<ListenerOnLoop> onLoop,
            Function<Listener, Handler<HttpServerRequest>> requests,
            Handler<HttpServerRequest> health) {
        Future<Void> opened = Future.succeededFuture();
        for (int i = listeners.size() - 1; i >= 0; i--) {
            ListenerOnLoop next = onLoop.get(i);
            Handler<HttpServerRequest> handler = requests.apply(listeners.get(i));
            opened = opened.compose(ignored -> next.open(handler, health));
        }
        return opened;
    }

    /** Says what it saw; a body goes back as it came. */
    private static void respond(HttpServerRequest request) {
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
        ServerPipeline.addBeforeDecoder(
                VertxConnections.channel(connection).pipeline(), "recorder", new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object message) {
                        bytesUpstream.add(((ByteBuf) message).toString(ISO_8859_1));
                        ctx.fireChannelRead(message);
                    }
                });
    }

    /** All bytes that the upstream received. */
    String bytesUpstream() {
        return String.join("", bytesUpstream);
    }

    /** Ends the streams, as a drain does at its deadline. */
    void endStreams() {
        Objects.requireNonNull(streamsEnd, "open").run();
    }

    /** Ends connections while others are still accepted. */
    void drainConnections() {
        Promise<Void> done = Promise.promise();
        Objects.requireNonNull(loop, "open").runOnContext(ignored -> {
            listeners.forEach(ListenerOnLoop::drainConnections);
            done.complete();
        });
        await(done.future());
    }

    void drain() {
        await(Future.join(listeners.stream()
                .map(listener -> listener.shutdown(Duration.ofSeconds(30)))
                .toList()));
    }

    /** Takes over settings that differ from those of the begin in these. */
    void reload(String... changes) {
        List<String> next = new ArrayList<>(begin);
        next.addAll(List.of(changes));
        BalancerSettings settings =
                Settings.load(Optional.empty(), next, Map.of()).balancer();
        context.use(settings.limits(), settings.trustedProxies());
        Promise<Void> done = Promise.promise();
        Objects.requireNonNull(loop, "open").runOnContext(ignored -> {
            listeners.forEach(listener -> listener.use(settings.limits()));
            done.complete();
        });
        await(done.future());
    }

    /** Sends bytes to the port without encryption; returns the bytes until the peer ends. */
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

    /** The port with TLS. */
    public int tlsPort() {
        return ports.tls();
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

    /** The events of one listener; those of all listeners are in the fixture. */
    final class RecordedEvents implements ListenerEvents {

        final AtomicInteger opened = new AtomicInteger();
        final AtomicInteger refused = new AtomicInteger();

        @Override
        public void connectionOpened() {
            opened.incrementAndGet();
            open.incrementAndGet();
        }

        @Override
        public void connectionRefused() {
            refused.incrementAndGet();
        }

        @Override
        public void connectionClosed() {
            open.decrementAndGet();
        }

        @Override
        public void rejected(@Nullable SocketAddress client, int status, long millis) {
            rejected.add(status);
        }

        @Override
        public void rejected(HttpServerRequest request, int status) {
            rejected.add(status);
        }

        @Override
        public void redirected(HttpServerRequest request, int status) {}
    }
}
