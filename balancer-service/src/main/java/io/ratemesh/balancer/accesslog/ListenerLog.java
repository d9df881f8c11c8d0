package io.ratemesh.balancer.accesslog;

import io.ratemesh.balancer.http.Termination;
import io.ratemesh.balancer.http.TerminationCause;
import io.ratemesh.balancer.http.TerminationPhase;
import io.ratemesh.balancer.http1.HeadTransferTime;
import io.ratemesh.balancer.listener.Listener;
import io.ratemesh.node.accesslog.AccessLogQueue;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Logs the requests of one listener that are not proxied, on one event loop, which alone may call it. */
public final class ListenerLog {

    private static final Termination LOCAL = Termination.of(TerminationCause.LOCAL, TerminationPhase.REQUEST);
    private static final Termination REJECTED = Termination.of(TerminationCause.PROXY, TerminationPhase.REQUEST);
    private static final Termination TIMED_OUT =
            Termination.of(TerminationCause.CLIENT_TIMEOUT, TerminationPhase.REQUEST);
    private static final Termination ABORTED = Termination.of(TerminationCause.CLIENT_ABORT, TerminationPhase.REQUEST);
    private static final int BAD_REQUEST = 400;
    private static final int REQUEST_TIMEOUT = 408;

    private final AccessLogQueue<AccessEntry> queue;
    private final Listener listener;

    ListenerLog(AccessLogQueue<AccessEntry> queue, Listener listener) {
        this.queue = queue;
        this.listener = listener;
    }

    /**
     * Logs a response of the balancer itself: an asset, its health, a redirect.
     *
     * @param totalMillis from the request's head to the end of the response
     */
    public void responded(HttpServerRequest request, int status, long bytesOut, long totalMillis) {
        queue.add(entry(request, status, bytesOut, totalMillis, LOCAL));
    }

    /**
     * Logs a response of the balancer itself that was not completed.
     *
     * @param status 0 if its head was not sent
     * @param totalMillis from the request's head until then
     * @param byClient whether the client aborted; otherwise the balancer could not complete it
     */
    public void aborted(HttpServerRequest request, int status, long bytesOut, long totalMillis, boolean byClient) {
        Termination termination = Termination.of(
                byClient ? TerminationCause.CLIENT_ABORT : TerminationCause.INTERNAL_ERROR,
                status == 0 ? TerminationPhase.REQUEST : TerminationPhase.DATA);
        queue.add(entry(request, status, bytesOut, totalMillis, termination));
    }

    /** Logs a valid request that was rejected, such as one over a limit. */
    public void rejected(HttpServerRequest request, int status) {
        queue.add(entry(request, status, 0, 0, REJECTED));
    }

    /**
     * Logs a request that was rejected before it could be parsed.
     *
     * @param totalMillis since its first byte; 0 if it arrived at once
     */
    public void rejected(@Nullable SocketAddress client, int status, long totalMillis) {
        queue.add(unparsed(client, status, totalMillis, status == REQUEST_TIMEOUT ? TIMED_OUT : REJECTED));
    }

    /**
     * Logs a request whose client closed the connection within the head.
     *
     * @param totalMillis since the first byte
     */
    public void aborted(@Nullable SocketAddress client, long totalMillis) {
        queue.add(unparsed(client, BAD_REQUEST, totalMillis, ABORTED));
    }

    private AccessEntry unparsed(
            @Nullable SocketAddress client, int status, long totalMillis, Termination termination) {
        return new AccessEntry(
                System.currentTimeMillis(),
                listener,
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
                termination,
                0,
                false,
                0);
    }

    private AccessEntry entry(
            HttpServerRequest request, int status, long bytesOut, long totalMillis, Termination termination) {
        long headMillis = HeadTransferTime.take(request.connection());
        return new AccessEntry(
                System.currentTimeMillis(),
                listener,
                request.remoteAddress(),
                null,
                null,
                request.method(),
                AccessLogWriter.cut(request.uri()),
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
                0,
                false,
                0);
    }
}
