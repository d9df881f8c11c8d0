package io.ratemesh.balancer.accesslog;

import io.ratemesh.balancer.http.EarlyClose;
import io.ratemesh.balancer.http.Termination;
import io.ratemesh.balancer.http.TerminationCause;
import io.ratemesh.balancer.http.TerminationPhase;
import io.ratemesh.balancer.http1.HeadTransferTime;
import io.ratemesh.balancer.listener.Listener;
import io.ratemesh.balancer.loadbalance.Pool;
import io.ratemesh.balancer.proxy.ExchangeLog;
import io.ratemesh.balancer.proxy.ExchangeSummary;
import io.ratemesh.node.accesslog.AccessLogQueue;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Queues the log entries of one event loop, which alone may call it. */
public final class AccessLogWriter {

    /** Length to which a target is cut; HAProxy cuts its lines there too. */
    static final int MAX_TARGET = 1024;

    private final AccessLogQueue<AccessEntry> queue;

    public AccessLogWriter(AccessLogQueue<AccessEntry> queue) {
        this.queue = queue;
    }

    /**
     * Returns a log for the exchanges of one pool.
     *
     * @param listener returns the listener that received a request
     */
    public ExchangeLog of(Pool pool, Function<HttpServerRequest, Listener> listener) {
        return ended -> queue.add(proxied(listener.apply(ended.request()), pool, ended));
    }

    /** Returns a log for the responses that this balancer generates at a listener. */
    public ListenerLog at(Listener listener) {
        return new ListenerLog(queue, listener);
    }

    private static AccessEntry proxied(Listener listener, Pool pool, ExchangeSummary ended) {
        HttpServerRequest request = ended.request();
        long headMillis = HeadTransferTime.take(request.connection());
        // To a proxy every end of the client's connection is an abort; this side may have been the one to end it.
        EarlyClose closed =
                ended.termination().cause() == TerminationCause.CLIENT_ABORT ? EarlyClose.of(request) : null;
        return new AccessEntry(
                System.currentTimeMillis(),
                listener,
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
                ended.responseMillis(),
                headMillis + ended.totalMillis(),
                termination(ended, closed),
                ended.retries(),
                ended.redispatched(),
                ended.queuePosition());
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
        return target.length() <= MAX_TARGET ? target : target.substring(0, MAX_TARGET);
    }
}
