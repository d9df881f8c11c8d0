package io.ratemesh.balancer.log;

import io.ratemesh.balancer.guard.HeadTime;
import io.ratemesh.balancer.pool.LoopCounter;
import io.ratemesh.balancer.pool.Pool;
import io.ratemesh.balancer.proxy.ExchangeEnd;
import io.ratemesh.balancer.proxy.ExchangeLog;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of one event loop's entries to the writer: a ring that the loop fills and the writer empties, so neither takes a lock and
 * neither waits. Where it is full, entries are dropped and counted.
 */
public final class AccessLane {

    /** Characters of a target that are logged; HAProxy cuts its lines there, too. */
    static final int MOST_TARGET = 1024;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(AccessEntry[].class);
    private static final String ANSWERED_HERE = "LR";
    private static final String REFUSED_HERE = "PR";
    private static final String CLIENT_TOO_SLOW = "cR";
    private static final int REQUEST_TIMEOUT = 408;

    private final String frontend;
    private final LongSupplier connections;
    private final @Nullable AccessEntry[] ring;
    private final int mask;
    private final LoopCounter dropped = new LoopCounter();
    private int next;
    private int first;

    /**
     * An empty one.
     *
     * @param frontend as the log calls the listener
     * @param connections open there now; asked by the writer
     * @param room a power of two
     */
    AccessLane(String frontend, LongSupplier connections, int room) {
        if (Integer.bitCount(room) != 1) {
            throw new IllegalArgumentException("room: " + room + " (expected: a power of two)");
        }
        this.frontend = frontend;
        this.connections = connections;
        this.ring = new AccessEntry[room];
        this.mask = room - 1;
    }

    /** Takes what a proxy tells of the requests of one pool. Call, and let it be called, on the lane's event loop only. */
    public ExchangeLog of(Pool pool) {
        return ended -> add(proxied(pool, ended));
    }

    /**
     * The front door answered by itself: a page, its health. Only the lane's event loop calls this.
     *
     * @param totalMillis from the request's head to the end of its answer
     */
    public void answeredHere(HttpServerRequest request, int status, long bytesOut, long totalMillis) {
        add(byItself(request, status, bytesOut, totalMillis, ANSWERED_HERE));
    }

    /** The front door refused a request that was whole. Only the lane's event loop calls this. */
    public void refused(HttpServerRequest request, int status) {
        add(byItself(request, status, 0, 0, REFUSED_HERE));
    }

    private static AccessEntry byItself(
            HttpServerRequest request, int status, long bytesOut, long totalMillis, String termination) {
        long headMillis = HeadTime.take(request.connection());
        return new AccessEntry(
                System.currentTimeMillis(),
                request.remoteAddress(),
                null,
                null,
                request.method(),
                cut(request.uri()),
                request.version(),
                status,
                0,
                bytesOut,
                headMillis,
                -1,
                -1,
                -1,
                headMillis + totalMillis,
                termination,
                0);
    }

    /**
     * The guard answered, and nobody read the request as one. Only the lane's event loop calls this.
     *
     * @param totalMillis since its first octet, as far as it did not come at once
     */
    public void refused(@Nullable SocketAddress client, int status, long totalMillis) {
        add(new AccessEntry(
                System.currentTimeMillis(),
                client,
                null,
                null,
                null,
                null,
                null,
                status,
                0,
                0,
                -1,
                -1,
                -1,
                -1,
                totalMillis,
                status == REQUEST_TIMEOUT ? CLIENT_TOO_SLOW : REFUSED_HERE,
                0));
    }

    /** Takes the oldest entry out; null where there is none. Only the writer calls this. */
    @Nullable
    AccessEntry poll() {
        AccessEntry entry = (AccessEntry) SLOT.getAcquire(ring, first);
        if (entry != null) {
            SLOT.setRelease(ring, first, null);
            first = (first + 1) & mask;
        }
        return entry;
    }

    String frontend() {
        return frontend;
    }

    long connections() {
        return connections.getAsLong();
    }

    /** Entries for which there was no room. */
    long dropped() {
        return dropped.get();
    }

    private void add(AccessEntry entry) {
        if (SLOT.getAcquire(ring, next) != null) {
            dropped.add(1);
            return;
        }
        SLOT.setRelease(ring, next, entry);
        next = (next + 1) & mask;
    }

    private static AccessEntry proxied(Pool pool, ExchangeEnd ended) {
        HttpServerRequest request = ended.request();
        long headMillis = HeadTime.take(request.connection());
        return new AccessEntry(
                System.currentTimeMillis(),
                request.remoteAddress(),
                pool,
                ended.upstream(),
                request.method(),
                cut(request.uri()),
                request.version(),
                ended.status(),
                ended.bytesReceived(),
                ended.bytesSent(),
                headMillis,
                ended.queuedMillis(),
                ended.connectMillis(),
                ended.answerMillis(),
                headMillis + ended.totalMillis(),
                ended.termination(),
                ended.retries());
    }

    private static String cut(String target) {
        return target.length() <= MOST_TARGET ? target : target.substring(0, MOST_TARGET);
    }
}
