package io.ratemesh.balancer.proxy;

import io.ratemesh.balancer.http.Termination;
import io.ratemesh.balancer.loadbalance.UpstreamSelection;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;

/** The times and bytes of one exchange. The clock is read as rarely as possible: for most requests at the start and at the response. */
final class ExchangeRecord {

    private static final long NEVER = Long.MIN_VALUE;

    private final HttpServerRequest request;
    private final long startNanos;
    private long bytesReceived;
    private long bytesTunnelled;
    private boolean connected;
    private long connectStartNanos = NEVER;
    private long connectEndNanos = NEVER;
    private long sentNanos = NEVER;
    private long responseNanos = NEVER;

    ExchangeRecord(HttpServerRequest request, long nowNanos) {
        this.request = request;
        this.startNanos = nowNanos;
    }

    /** It is sent once more, from now on. */
    void retried() {
        sentNanos = System.nanoTime();
    }

    void received(int bytes) {
        bytesReceived += bytes;
    }

    void tunnelled(int bytes) {
        bytesTunnelled += bytes;
    }

    long bytesTunnelled() {
        return bytesTunnelled;
    }

    void queued() {
        connected = false;
    }

    void dequeued(long nowNanos) {
        sentNanos = nowNanos;
    }

    void connecting() {
        connectStartNanos = System.nanoTime();
        sentNanos = NEVER;
        connected = false;
    }

    void connected() {
        connectEndNanos = System.nanoTime();
        sentNanos = connectEndNanos;
        connected = true;
    }

    void connectionReused() {
        connectStartNanos = NEVER;
        connected = true;
    }

    /** When the request was sent last. */
    long sentNanos() {
        return sentNanos == NEVER ? startNanos : sentNanos;
    }

    /** The time since the request was sent last. */
    long waitedNanos() {
        return System.nanoTime() - sentNanos();
    }

    /** The head of the response is received now; returns the time since the request was sent. */
    long responseStarted() {
        responseNanos = System.nanoTime();
        return responseNanos - sentNanos();
    }

    /** When the head of the response was received. */
    long responseNanos() {
        return responseNanos;
    }

    /**
     * The summary, at the end.
     *
     * @param status of the response; 0 for none
     * @param bytesSent of the response's content, without bytes of a tunnel
     */
    ExchangeSummary end(UpstreamSelection selection, int status, long bytesSent, Termination termination) {
        UpstreamOnLoop last = selection.lastTried();
        return new ExchangeSummary(
                request,
                last == null ? null : last.upstream(),
                status,
                bytesReceived,
                bytesSent + bytesTunnelled,
                queuedMillis(selection),
                connectMillis(),
                responseNanos == NEVER ? -1 : millis(sentNanos(), responseNanos),
                millis(startNanos, System.nanoTime()),
                termination,
                selection.retries(),
                selection.isRedispatched(),
                selection.queuePosition());
    }

    /** -1 where no upstream was available and the queue was full. */
    private static long queuedMillis(UpstreamSelection selection) {
        return selection.queuePosition() == 0 && selection.lastTried() == null
                ? -1
                : TimeUnit.NANOSECONDS.toMillis(selection.queuedNanos());
    }

    private long connectMillis() {
        if (!connected) {
            return -1;
        }
        return connectStartNanos == NEVER ? 0 : millis(connectStartNanos, connectEndNanos);
    }

    private static long millis(long from, long to) {
        return TimeUnit.NANOSECONDS.toMillis(to - from);
    }
}
