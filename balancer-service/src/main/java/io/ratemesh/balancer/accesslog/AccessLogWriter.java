package io.ratemesh.balancer.accesslog;

import io.ratemesh.balancer.http.EarlyClose;
import io.ratemesh.balancer.http.Termination;
import io.ratemesh.balancer.http.TerminationCause;
import io.ratemesh.balancer.http.TerminationPhase;
import io.ratemesh.balancer.http1.HeadTransferTime;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.proxy.ExchangeLog;
import io.ratemesh.balancer.proxy.ExchangeSummary;
import io.ratemesh.balancer.upstream.LoopCounter;
import io.vertx.core.http.HttpServerRequest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of one event loop's entries to the writer: a ring that the loop fills and the writer empties, so neither takes a lock and
 * neither waits. Where it is full, entries are dropped and counted.
 */
public final class AccessLogWriter {

    /** Characters of a target that are logged; HAProxy cuts its lines there, too. */
    static final int MOST_TARGET = 1024;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(AccessEntry[].class);

    private final LongSupplier connections;
    private final @Nullable AccessEntry[] ring;
    private final int mask;
    private final LoopCounter dropped = new LoopCounter();
    private int next;
    private int first;

    /**
     * An empty one.
     *
     * @param connections open at all addresses now; asked by the writer
     * @param room a power of two
     */
    AccessLogWriter(LongSupplier connections, int room) {
        if (Integer.bitCount(room) != 1) {
            throw new IllegalArgumentException("room: " + room + " (expected: a power of two)");
        }
        this.connections = connections;
        this.ring = new AccessEntry[room];
        this.mask = room - 1;
    }

    /**
     * Takes what a proxy tells of the requests of one pool. Call, and let it be called, on the lane's event loop only.
     *
     * @param came by which address a request came
     */
    public ExchangeLog of(Pool pool, Function<HttpServerRequest, LoggedListener> came) {
        return ended -> add(proxied(came.apply(ended.request()), pool, ended));
    }

    /** Takes what the front door answers by itself at an address. */
    public ListenerLog at(LoggedListener address) {
        return new ListenerLog(this, address);
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

    long connections() {
        return connections.getAsLong();
    }

    /** Entries for which there was no room. */
    long dropped() {
        return dropped.get();
    }

    /** Only the lane's event loop calls this. */
    void add(AccessEntry entry) {
        if (SLOT.getAcquire(ring, next) != null) {
            dropped.add(1);
            return;
        }
        SLOT.setRelease(ring, next, entry);
        next = (next + 1) & mask;
    }

    private static AccessEntry proxied(LoggedListener address, Pool pool, ExchangeSummary ended) {
        HttpServerRequest request = ended.request();
        long headMillis = HeadTransferTime.take(request.connection());
        // To a proxy every end of the client's connection is an abort; this side may have been the one to end it.
        EarlyClose closed = ended.termination().cause() == TerminationCause.CLIENT_ABORT
                ? EarlyClose.of(request.connection())
                : null;
        return new AccessEntry(
                System.currentTimeMillis(),
                address,
                request.remoteAddress(),
                pool,
                ended.upstream(),
                request.method(),
                cut(request.uri()),
                request.version(),
                ended.status() == 0 && closed != null ? closed.status() : ended.status(),
                ended.bytesReceived(),
                ended.bytesSent(),
                headMillis,
                ended.queuedMillis(),
                ended.connectMillis(),
                ended.answerMillis(),
                headMillis + ended.totalMillis(),
                termination(ended, closed),
                ended.retries(),
                ended.redispatched(),
                ended.place());
    }

    private static Termination termination(ExchangeSummary ended, @Nullable EarlyClose closed) {
        Termination seen = ended.termination();
        if (closed == null) {
            return seen;
        }
        // Only where the client aborts while it sends its body does HAProxy call that the phase of data.
        boolean unanswered = closed.cause() == TerminationCause.PROXY && ended.status() == 0;
        return Termination.of(
                closed.cause(),
                unanswered && seen.phase() == TerminationPhase.DATA ? TerminationPhase.RESPONSE_HEAD : seen.phase());
    }

    static String cut(String target) {
        return target.length() <= MOST_TARGET ? target : target.substring(0, MOST_TARGET);
    }
}
