package io.ratemesh.balancer.upstream.connections;

import io.netty.handler.codec.http.HttpHeaders;
import io.ratemesh.balancer.http.ConnectionResets;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.balancer.vertx.LoopContext;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.ratemesh.node.settings.PoolSettings;
import io.vertx.core.Future;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one upstream: those on which one request at a time is under way, the last used first, and one or two on which
 * many are. One event loop owns them.
 */
public final class UpstreamConnections {

    /** How often {@link #sweep} is to be called. */
    public static final int SWEEPS_PER_SECOND = 4;

    private static final int MOST_SHARED = 2;

    private final Upstream upstream;
    private final NetClient client;
    private final LoopContext context;
    private final Supplier<PoolSettings> settings;
    private final int pipelining;
    private final int stallSweeps;
    private final Deque<UpstreamConnection> idle = new ArrayDeque<>();
    private final List<UpstreamConnection> shared = new ArrayList<>(MOST_SHARED);

    /** Those on which an answer takes more than one read. */
    private final List<UpstreamConnection> watched = new ArrayList<>();

    private final ConnectionResets resets = new ConnectionResets();
    private List<InetAddress> addresses;
    private boolean openingShared;
    private boolean gone;
    private int sweeps;
    private int saidSeconds = KeepAlive.UNSAID;

    /**
     * None yet.
     *
     * @param settings of the pool, as they are now
     * @param pipelining requests that may be under way on a shared connection; 0 for no shared ones
     * @param stallSweeps after how many sweeps without a byte a connection is not shared any more
     */
    public UpstreamConnections(
            Upstream upstream,
            NetClient client,
            LoopContext context,
            Supplier<PoolSettings> settings,
            int pipelining,
            int stallSweeps) {
        this.upstream = upstream;
        this.addresses = upstream.addresses().all();
        this.client = client;
        this.context = context;
        this.settings = settings;
        this.pipelining = pipelining;
        this.stallSweeps = stallSweeps;
    }

    /**
     * One to ask on at once, or null where one has to be opened.
     *
     * @param mayShare whether others may be under way on it
     * @param repeatable whether the request could be sent once more, should the upstream be about to end the connection
     */
    @Nullable
    public UpstreamConnection ready(boolean mayShare, boolean repeatable) {
        if (mayShare && pipelining > 0) {
            UpstreamConnection among = leastShared();
            if (among != null) {
                return among;
            }
        }
        for (UpstreamConnection last = idle.pollLast(); last != null; last = idle.pollLast()) {
            if (last.open() && (repeatable || last.stands(resets))) {
                return last;
            }
            last.closeAfterThisTurn();
        }
        return null;
    }

    /** One on which others are under way, so that it is known to live; null where there is none. */
    @Nullable
    public UpstreamConnection busy() {
        UpstreamConnection among = pipelining > 0 ? leastShared() : null;
        return among != null && among.waiting() > 0 ? among : null;
    }

    /** Opens one for a request of its own. */
    public Future<UpstreamConnection> open() {
        return open(false);
    }

    private @Nullable UpstreamConnection leastShared() {
        UpstreamConnection least = null;
        for (int i = 0; i < shared.size(); i++) {
            UpstreamConnection next = shared.get(i);
            if (next.open() && (least == null || next.waiting() < least.waiting())) {
                least = next;
            }
        }
        // One more is opened beside: no request waits for it, for the connect may take long or fail.
        if ((least == null || least.waiting() > pipelining / 2) && shared.size() < MOST_SHARED && !openingShared) {
            openingShared = true;
            open(true).onComplete(opened -> {
                openingShared = false;
                if (opened.succeeded()) {
                    opened.result().waits();
                    shared.add(opened.result());
                }
            });
        }
        return least != null && least.waiting() < pipelining ? least : null;
    }

    private Future<UpstreamConnection> open(boolean toShare) {
        InetAddress first = upstream.addresses().current();
        return first == null
                ? context.failedFuture(new UnknownHostException(upstream.host()))
                : open(toShare, first, upstream.addresses().all().size());
    }

    /** Opens one to an address, or to the next ones, as many as there are. */
    private Future<UpstreamConnection> open(boolean toShare, InetAddress address, int left) {
        ConnectOptions to = new ConnectOptions()
                .setRemoteAddress(SocketAddress.inetSocketAddress(new InetSocketAddress(address, upstream.port())))
                .setTimeout((int) settings.get().timeouts().connect().toMillis());
        return client.connect(to)
                .map(socket -> {
                    UpstreamConnection connection = new UpstreamConnection(this, context, toShare, address);
                    takeOver(socket, connection);
                    return connection;
                })
                .recover(cause -> {
                    InetAddress next = upstream.addresses().failOver(address);
                    return left > 1 ? open(toShare, next, left - 1) : context.failedFuture(cause);
                });
    }

    /** Vert.x opens the connection, with its transport and its time-out; what is said on it is ours. */
    private static void takeOver(NetSocket socket, UpstreamConnection connection) {
        VertxConnections.replaceSocket(socket, connection.decoder(), connection);
    }

    /** Nothing is under way on it any more. */
    public void idle(UpstreamConnection connection) {
        if (gone || idleSweeps() < 0 || !addresses.contains(connection.address())) {
            connection.close();
        } else if (connection.open()) {
            connection.waits();
            connection.idleSince(sweeps);
            idle.addLast(connection);
        }
    }

    void watch(UpstreamConnection connection) {
        watched.add(connection);
    }

    void retired(UpstreamConnection connection) {
        shared.remove(connection);
    }

    void closed(UpstreamConnection connection) {
        if (connection.shared()) {
            shared.remove(connection);
        } else if (connection.waiting() == 0) {
            idle.remove(connection);
        }
    }

    /** Takes note of how long the upstream says that it keeps idle connections. */
    void keepAlive(HttpHeaders fields) {
        String said = fields.get(KeepAlive.FIELD);
        if (said != null) {
            saidSeconds = KeepAlive.seconds(said);
        }
    }

    /** Sweeps that may find a connection idle; with less than none it is not kept. The last one may come up to a sweep later. */
    private int idleSweeps() {
        if (saidSeconds != KeepAlive.UNSAID) {
            return Math.max(0, saidSeconds * SWEEPS_PER_SECOND - 1);
        }
        return sweeps(settings.get().timeouts().keepAlive()) - 1;
    }

    /**
     * To be called {@link #SWEEPS_PER_SECOND} times a second: closes what was idle too long, is stuck or was reset.
     *
     * @param mostSilent sweeps that may find no byte of a response that has begun
     */
    public void sweep(int mostSilent) {
        sweeps++;
        retireOthers(upstream.addresses().all());
        int most = idleSweeps();
        for (UpstreamConnection oldest = idle.peek();
                oldest != null && sweeps - oldest.idleSince() > most;
                oldest = idle.peek()) {
            idle.remove();
            oldest.close();
        }
        for (UpstreamConnection each : List.copyOf(shared)) {
            each.checkProgress(stallSweeps);
        }
        watched.removeIf(each -> !each.goesOn(mostSilent, resets));
    }

    /** Nothing new goes to an address that the upstream's name has no more. */
    @SuppressWarnings("ReferenceEquality") // It is the same list until they are others.
    private void retireOthers(List<InetAddress> now) {
        if (now == addresses) {
            return;
        }
        addresses = now;
        List.copyOf(idle).stream().filter(each -> !now.contains(each.address())).forEach(each -> {
            idle.remove(each);
            each.close();
        });
        List.copyOf(shared).stream()
                .filter(each -> !now.contains(each.address()))
                .forEach(each -> {
                    shared.remove(each);
                    each.retire();
                });
    }

    /** The upstream has left: what is under way ends, and nothing is kept. */
    public void close() {
        gone = true;
        List.copyOf(idle).forEach(UpstreamConnection::close);
        List.copyOf(shared).forEach(UpstreamConnection::retire);
    }

    /** So many sweeps fit into this time. */
    public static int sweeps(Duration time) {
        return (int) Math.min(Integer.MAX_VALUE, time.toMillis() * SWEEPS_PER_SECOND / 1000);
    }
}
