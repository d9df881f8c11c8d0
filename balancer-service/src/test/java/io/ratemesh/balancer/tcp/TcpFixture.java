package io.ratemesh.balancer.tcp;

import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.upstream.UnresponsiveServer;
import io.ratemesh.balancer.upstream.health.HealthChecker;
import io.ratemesh.balancer.upstream.transport.UpstreamTransport;
import io.ratemesh.node.settings.AddressRange;
import io.ratemesh.node.settings.BalancerSettings.Listen;
import io.ratemesh.node.settings.CheckSettings;
import io.ratemesh.node.settings.FailureSettings;
import io.ratemesh.node.settings.PoolSettings;
import io.ratemesh.node.settings.PoolSettings.Algorithm;
import io.ratemesh.node.settings.ServerSettings;
import io.ratemesh.node.settings.TcpSettings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A listener in TCP mode on two event loops, with real servers on free ports, all in this JVM. */
public final class TcpFixture implements AutoCloseable {

    /** What a server does with a connection, which is closed afterwards. */
    public interface Conversation {
        void with(Socket socket) throws Exception;
    }

    private static final int LOOPS = 2;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    final Vertx vertx;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<ServerSocket> servers = new ArrayList<>();
    private final List<UnresponsiveServer> unresponsive = new ArrayList<>();
    private @Nullable TcpListener listener;

    public TcpFixture() {
        this(Transport.NIO);
    }

    TcpFixture(Transport transport) {
        vertx = Vertx.builder().withTransport(transport).build();
    }

    /** All that are available on this machine. */
    static Stream<Transport> transports() {
        return Stream.of(Transport.NIO, Transport.EPOLL, Transport.IO_URING)
                .filter(transport -> transport != null && transport.available());
    }

    /** A server, and the port it listens on. */
    public int server(Conversation conversation) {
        return serverAt(0, conversation);
    }

    int serverAt(int port, Conversation conversation) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            servers.add(server);
            threads.execute(() -> accept(server, conversation));
            return server.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that refuses connections. */
    public static int refusing() {
        try (ServerSocket taken = new ServerSocket(0)) {
            return taken.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static TcpSettings settings(int... ports) {
        return settings(Algorithm.ROUND_ROBIN, CheckSettings.Kind.NONE, 0, Duration.ofHours(1), ports);
    }

    static TcpSettings settings(
            Algorithm algorithm, CheckSettings.Kind check, int maxInFlight, Duration idle, int... ports) {
        PoolSettings pool = new PoolSettings(
                "db",
                Optional.empty(),
                Arrays.stream(ports)
                        .mapToObj(port -> new ServerSettings("127.0.0.1", port, 1, false))
                        .toList(),
                algorithm,
                new CheckSettings(
                        check,
                        "/",
                        new CheckSettings.Statuses(200, 399),
                        Duration.ofMillis(100),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(1),
                        1,
                        1),
                maxInFlight,
                new PoolSettings.Queue(100, Duration.ofSeconds(5)),
                Duration.ZERO,
                0,
                PoolSettings.Timeouts.DEFAULT,
                PoolSettings.Resolve.DEFAULT,
                FailureSettings.DEFAULT);
        return new TcpSettings(new Listen("127.0.0.1", 0), false, pool, TcpSettings.Limits.DEFAULT, idle);
    }

    static TcpSettings withServers(TcpSettings settings, Duration connectTimeout, ServerSettings... servers) {
        PoolSettings old = settings.pool();
        PoolSettings pool = new PoolSettings(
                old.name(),
                old.discover(),
                List.of(servers),
                old.algorithm(),
                old.check(),
                old.maxInFlight(),
                old.queue(),
                old.slowStart(),
                old.pipelining(),
                new PoolSettings.Timeouts(
                        connectTimeout,
                        old.timeouts().response(),
                        old.timeouts().keepAlive()),
                old.resolve(),
                old.failures());
        return new TcpSettings(
                settings.listen(), settings.proxyProtocol(), pool, settings.limits(), settings.idleTimeout());
    }

    static TcpSettings withClients(TcpSettings settings, boolean proxyProtocol, int connections, int perClient) {
        return new TcpSettings(
                settings.listen(),
                proxyProtocol,
                settings.pool(),
                new TcpSettings.Limits(connections, perClient),
                settings.idleTimeout());
    }

    public TcpListener open(TcpSettings settings) {
        return open(settings, List.of());
    }

    TcpListener open(TcpSettings settings, List<AddressRange> trusted) {
        return open(settings, trusted, UpstreamTransport.PLAIN);
    }

    /** With connections to the servers that are made ready in a way of their own. */
    public TcpListener open(TcpSettings settings, UpstreamTransport transport) {
        return open(settings, List.of(), transport);
    }

    private TcpListener open(TcpSettings settings, List<AddressRange> trusted, UpstreamTransport transport) {
        Pool pool = new Pool(settings.pool(), System::nanoTime);
        pool.use(transport);
        List<Context> loops = new ArrayList<>();
        for (int i = 0; i < LOOPS; i++) {
            loops.add(((VertxInternal) vertx).createEventLoopContext());
        }
        loops.get(0).runOnContext(ignored -> new HealthChecker(vertx, pool));
        TcpListener opened = await(TcpListener.open(vertx, settings, pool, () -> trusted, loops));
        listener = opened;
        return opened;
    }

    /** A client's connection, with timeouts. */
    public Socket connect() throws IOException {
        Socket socket = new Socket();
        return connect(socket);
    }

    Socket connect(Socket socket) throws IOException {
        if (listener == null) {
            throw new IllegalStateException("not open");
        }
        socket.connect(new InetSocketAddress("127.0.0.1", listener.port()), (int) TIMEOUT.toMillis());
        socket.setSoTimeout((int) TIMEOUT.toMillis());
        return socket;
    }

    /** Runs in parallel to the test. */
    java.util.concurrent.Future<?> beside(Conversation conversation, Socket socket) {
        return threads.submit(() -> {
            conversation.with(socket);
            return socket;
        });
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void accept(ServerSocket server, Conversation conversation) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> {
                    try (socket) {
                        conversation.with(socket);
                    } catch (Exception e) {
                        // The test sees the broken connection at the other end.
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }

    /** A server to which connecting times out. The fixture closes it. */
    int unresponsive() throws IOException {
        UnresponsiveServer server = new UnresponsiveServer();
        unresponsive.add(server);
        return server.port();
    }

    /** Stops a server: its port refuses connections from now on. */
    void stop(int port) throws IOException {
        for (ServerSocket server : servers) {
            if (server.getLocalPort() == port) {
                server.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (UnresponsiveServer server : unresponsive) {
            server.close();
        }
        for (ServerSocket server : servers) {
            server.close();
        }
        await(vertx.close());
        threads.shutdownNow();
    }
}
