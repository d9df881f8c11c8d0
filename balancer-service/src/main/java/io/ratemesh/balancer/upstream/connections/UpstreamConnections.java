package io.ratemesh.balancer.upstream.connections;

import io.netty.channel.Channel;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpHeaders;
import io.ratemesh.balancer.http.ConnectionResets;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.upstream.transport.ClientAddresses;
import io.ratemesh.balancer.upstream.transport.UpstreamConnector;
import io.ratemesh.balancer.upstream.transport.UpstreamTransport;
import io.ratemesh.balancer.upstream.transport.UpstreamTransport.TlsTimeoutException;
import io.ratemesh.balancer.vertx.LoopContext;
import io.ratemesh.node.settings.ConnectionSettings.HttpVersion;
import io.ratemesh.node.settings.PoolSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one upstream: connections for one request at a time, of which the last used is used first, and one or two that
 * requests share. One event loop owns them.
 */
public final class UpstreamConnections {

    /** How often {@link #sweep} is to be called. */
    public static final int SWEEPS_PER_SECOND = 4;

    private static final int MAX_SHARED = 2;

    /** What a connection is opened for. */
    private enum Purpose {
        REQUEST,
        HTTP_1_REQUEST,
        SHARED
    }

    private final Upstream upstream;
    private final UpstreamConnector connector;
    private final LoopContext context;
    private final Supplier<PoolSettings> settings;
    private final Supplier<UpstreamTransport> transports;
    private final int pipelining;
    private final int stallSweeps;
    private final Deque<Http1Connection> idle = new ArrayDeque<>();
    private final List<Http1Connection> shared = new ArrayList<>(MAX_SHARED);

    /** Those whose current response takes more than one read. */
    private final List<ResponseReader> watched = new ArrayList<>();

    /** Connections that are being opened. */
    private final Set<Promise<UpstreamConnection>> opening = new HashSet<>();

    private final ConnectionResets resets = new ConnectionResets();
    private List<InetAddress> addresses;
    private UpstreamTransport transport;
    private @Nullable Http2Sessions sessions;

    /** Requests under way on a shared connection; 0 for no shared ones. */
    private int sharedLimit;

    private boolean openingShared;
    private boolean closed;
    private int sweeps;

    /** The timeout of the upstream's Keep-Alive, in seconds. */
    private int keepAliveSeconds = KeepAlive.UNSPECIFIED;

    /**
     * Creates an empty set of connections.
     *
     * @param settings the current settings of the pool
     * @param transports how connections are made ready now; the same object until that changes
     * @param pipelining maximum number of requests under way on a shared connection; 0 for no shared ones
     * @param stallSweeps sweeps without a byte after which a connection is no longer shared
     */
    public UpstreamConnections(
            Upstream upstream,
            UpstreamConnector connector,
            LoopContext context,
            Supplier<PoolSettings> settings,
            Supplier<UpstreamTransport> transports,
            int pipelining,
            int stallSweeps) {
        this.upstream = upstream;
        this.addresses = upstream.addresses().all();
        this.connector = connector;
        this.context = context;
        this.settings = settings;
        this.transports = transports;
        this.transport = transports.get();
        this.pipelining = pipelining;
        this.sharedLimit = sharedLimit(transport, pipelining);
        this.sessions = sessions(context, transport);
        this.stallSweeps = stallSweeps;
    }

    /**
     * A connection that can be used at once; null where one has to be opened.
     *
     * @param mayShare whether other requests may be under way on it
     * @param repeatable whether the request can be repeated if the upstream is closing the connection
     */
    @Nullable
    public UpstreamConnection ready(boolean mayShare, boolean repeatable) {
        if (sessions != null) {
            Http2Stream stream = sessions.stream(repeatable);
            if (stream != null) {
                return stream;
            }
        }
        return readyHttp1(mayShare, repeatable);
    }

    /** The same for a request that can only be sent over HTTP/1.1, such as an upgrade. */
    @Nullable
    public UpstreamConnection readyHttp1(boolean mayShare, boolean repeatable) {
        if (mayShare && sharedLimit > 0) {
            Http1Connection least = leastUsedShared();
            if (least != null) {
                return least;
            }
        }
        for (Http1Connection last = idle.pollLast(); last != null; last = idle.pollLast()) {
            if (last.isOpen() && (repeatable || last.isEstablished(resets))) {
                return last;
            }
            last.closeNextTurn();
        }
        return null;
    }

    /** A shared connection with requests under way, which is known to work; null where there is none. */
    @Nullable
    public UpstreamConnection busy() {
        Http1Connection least = sharedLimit > 0 ? leastUsedShared() : null;
        return least != null && least.pending() > 0 ? least : null;
    }

    /**
     * Opens a connection for one request at a time.
     *
     * @param client whose request is sent first on it
     */
    public Future<UpstreamConnection> open(ClientAddresses client) {
        return sessions == null ? open(Purpose.REQUEST, client) : sessions.open(() -> open(Purpose.REQUEST, client));
    }

    /** The same for a request that can only be sent over HTTP/1.1, such as an upgrade. */
    public Future<UpstreamConnection> openHttp1(ClientAddresses client) {
        return open(Purpose.HTTP_1_REQUEST, client);
    }

    /** The shared connection with the fewest requests; null where all are full. Opens one more beside those that are half full. */
    private @Nullable Http1Connection leastUsedShared() {
        Http1Connection least = null;
        for (int i = 0; i < shared.size(); i++) {
            Http1Connection next = shared.get(i);
            if (next.isOpen() && (least == null || next.pending() < least.pending())) {
                least = next;
            }
        }
        // No request depends on the new one, because the connect may take long or fail.
        if ((least == null || least.pending() > sharedLimit / 2) && shared.size() < MAX_SHARED && !openingShared) {
            openShared();
        }
        return least != null && least.pending() < sharedLimit ? least : null;
    }

    private void openShared() {
        openingShared = true;
        open(Purpose.SHARED, ClientAddresses.NONE).onComplete(opened -> {
            openingShared = false;
            if (opened.succeeded() && opened.result() instanceof Http1Connection connection) {
                connection.becomeIdle(sweeps);
                shared.add(connection);
            }
        });
    }

    private Future<UpstreamConnection> open(Purpose purpose, ClientAddresses client) {
        InetAddress first = upstream.addresses().current();
        if (first == null) {
            return context.failedFuture(new UnknownHostException(upstream.host()));
        }
        Promise<UpstreamConnection> promise = context.promise();
        opening.add(promise);
        open(purpose, client, first, upstream.addresses().all().size()).onComplete(opened -> {
            boolean awaited = opening.remove(promise);
            if (opened.failed()) {
                promise.tryFail(opened.cause());
            } else if (awaited) {
                promise.complete(opened.result());
            } else {
                opened.result().close();
            }
        });
        return promise.future();
    }

    /** The upstream hangs or has left: waits for no connection that is being opened. Each fails as after its timeout. */
    public void abandonOpening() {
        List<Promise<UpstreamConnection>> abandoned = List.copyOf(opening);
        opening.clear();
        abandoned.forEach(each -> each.tryFail(new ConnectTimeoutException(upstream.id() + " hangs or has left")));
    }

    /** Connects to an address, and where that fails to the next ones, as many as there are. */
    private Future<UpstreamConnection> open(Purpose purpose, ClientAddresses client, InetAddress address, int left) {
        Duration timeout = settings.get().timeouts().connect();
        UpstreamTransport with = transports.get();
        long startNanos = System.nanoTime();
        return connector
                .connect(upstream, address, timeout)
                .compose(channel -> with.isPlain()
                        ? context.succeededFuture(http1(channel, purpose, address, with))
                        : prepare(with, purpose, channel, address, client, startNanos + timeout.toNanos()))
                .recover(cause -> {
                    InetAddress next = upstream.addresses().failOver(address);
                    return left > 1 ? open(purpose, client, next, left - 1) : context.failedFuture(cause);
                });
    }

    private UpstreamConnection http1(Channel channel, Purpose purpose, InetAddress address, UpstreamTransport with) {
        Http1Connection connection = new Http1Connection(this, context, purpose == Purpose.SHARED, address, with);
        channel.pipeline().addLast(connection.reader().decoder(), connection.reader());
        return connection;
    }

    private Future<UpstreamConnection> prepare(
            UpstreamTransport with,
            Purpose purpose,
            Channel channel,
            InetAddress address,
            ClientAddresses client,
            long untilNanos) {
        Http2Sessions http2 = purpose == Purpose.REQUEST ? sessions : null;
        List<String> protocols = http2 == null ? List.of() : with.protocols();
        return with.prepare(channel, upstream.serverName(), upstream.port(), protocols, left(untilNanos), client)
                .compose(chosen -> {
                    if (http2 == null) {
                        return context.succeededFuture(http1(channel, purpose, address, with));
                    }
                    if (with.isHttp2(chosen)) {
                        return http2.start(channel, address, with.tls().isPresent(), left(untilNanos));
                    }
                    return withoutHttp2(http2, channel, purpose, address, with);
                })
                .recover(cause -> context.failedFuture(
                        cause instanceof TlsTimeoutException
                                ? new ConnectTimeoutException(cause.getMessage())
                                : cause));
    }

    private Future<UpstreamConnection> withoutHttp2(
            Http2Sessions http2, Channel channel, Purpose purpose, InetAddress address, UpstreamTransport with) {
        if (with.http() == HttpVersion.HTTP_2) {
            UpstreamConnection unusable = http1(channel, purpose, address, with);
            unusable.close();
            return context.failedFuture(new IOException("the server does not choose HTTP/2 (ALPN)"));
        }
        http2.http1Chosen();
        return context.succeededFuture(http1(channel, purpose, address, with));
    }

    private static int sharedLimit(UpstreamTransport with, int pipelining) {
        return with.isOfOneClient() || with.mayBeHttp2() ? 0 : pipelining;
    }

    private static Duration left(long untilNanos) {
        return Duration.ofNanos(Math.max(0, untilNanos - System.nanoTime()));
    }

    private static @Nullable Http2Sessions sessions(LoopContext context, UpstreamTransport with) {
        return with.mayBeHttp2() ? new Http2Sessions(context, with.isOfOneClient()) : null;
    }

    /** No request is under way on a connection any more. */
    void idle(Http1Connection connection) {
        if (closed || maxIdleSweeps() < 0 || isObsolete(connection) || transport.isOfOneClient()) {
            connection.close();
        } else if (connection.isOpen()) {
            connection.becomeIdle(sweeps);
            idle.addLast(connection);
        }
    }

    void watch(ResponseReader reader) {
        watched.add(reader);
    }

    void noLongerShared(Http1Connection connection) {
        shared.remove(connection);
    }

    void closed(Http1Connection connection) {
        if (connection.isShared()) {
            shared.remove(connection);
        } else if (connection.pending() == 0) {
            idle.remove(connection);
        }
    }

    /** Applies the upstream's {@code Keep-Alive}, where it has one. */
    void keepAlive(HttpHeaders fields) {
        String value = fields.get(KeepAlive.FIELD);
        if (value != null) {
            keepAliveSeconds = KeepAlive.seconds(value);
        }
    }

    /** Sweeps that may find a connection idle; below 0 it is not kept. */
    private int maxIdleSweeps() {
        // The last sweep may be late by one.
        if (keepAliveSeconds != KeepAlive.UNSPECIFIED) {
            return Math.max(0, keepAliveSeconds * SWEEPS_PER_SECOND - 1);
        }
        return sweeps(settings.get().timeouts().keepAlive()) - 1;
    }

    /**
     * Closes connections that were idle too long, have stalled or were reset; to be called {@link #SWEEPS_PER_SECOND} times a second.
     *
     * @param maxQuiet sweeps that may find no byte of a response that has started
     */
    public void sweep(int maxQuiet) {
        sweeps++;
        retireObsolete(upstream.addresses().all(), transports.get());
        int most = maxIdleSweeps();
        for (Http1Connection oldest = idle.peek();
                oldest != null && sweeps - oldest.idleSinceSweep() > most;
                oldest = idle.peek()) {
            idle.remove();
            oldest.close();
        }
        for (Http1Connection each : List.copyOf(shared)) {
            each.sweepShared(stallSweeps);
        }
        watched.removeIf(each -> !each.sweep(maxQuiet, resets));
        if (sessions != null) {
            sessions.sweep(most, maxQuiet);
        }
    }

    /** No more requests are sent to addresses that the upstream's name no longer has, nor on connections that were made in another way. */
    @SuppressWarnings("ReferenceEquality") // Each is the same until it changes.
    private void retireObsolete(List<InetAddress> now, UpstreamTransport with) {
        if (now == addresses && with == transport) {
            return;
        }
        addresses = now;
        if (sessions != null) {
            boolean all = with != transport;
            sessions.retireIf(address -> all || !now.contains(address));
        }
        if (with != transport) {
            sessions = sessions(context, with);
        }
        transport = with;
        sharedLimit = sharedLimit(with, pipelining);
        List.copyOf(idle).stream().filter(this::isObsolete).forEach(each -> {
            idle.remove(each);
            each.close();
        });
        List.copyOf(shared).stream().filter(this::isObsolete).forEach(each -> {
            shared.remove(each);
            each.retire();
        });
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean isObsolete(Http1Connection connection) {
        return !addresses.contains(connection.address()) || connection.transport() != transport;
    }

    /** Closes idle connections, now and later. Requests under way complete, but no connection to a lost node is waited for. */
    public void close() {
        closed = true;
        if (upstream.isLost()) {
            abandonOpening();
        }
        if (sessions != null) {
            sessions.retireIf(ignored -> true);
        }
        List.copyOf(idle).forEach(Http1Connection::close);
        List.copyOf(shared).forEach(Http1Connection::retire);
    }

    /** The number of sweeps in a time. */
    public static int sweeps(Duration time) {
        return (int) Math.min(Integer.MAX_VALUE, time.toMillis() * SWEEPS_PER_SECOND / 1000);
    }
}
