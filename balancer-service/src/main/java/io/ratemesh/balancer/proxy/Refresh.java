package io.ratemesh.balancer.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.ratemesh.balancer.cache.Fill;
import io.ratemesh.balancer.cache.StoredResponse;
import io.ratemesh.balancer.http.ProxyFailure;
import io.ratemesh.balancer.http.TerminationCause;
import io.ratemesh.balancer.http.TerminationPhase;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.balancer.upstream.connections.RequestFraming;
import io.ratemesh.balancer.upstream.connections.ResponseHead;
import io.ratemesh.balancer.upstream.connections.ResponseTimeouts;
import io.ratemesh.balancer.upstream.connections.UpstreamConnection;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Validates a stale response in the background (RFC 5861 §3): sends the request to a server once more, after its client got the stale
 * response.
 */
final class Refresh extends ResponseTimeouts.PendingResponse implements AttemptListener {

    private final Proxy proxy;
    private final HttpServerRequest request;
    private final @Nullable ChangedRequest changes;
    private final StoredResponse stale;
    private final Fill fill;
    private final RequestFraming framing;
    private final ExchangeRecord record;
    private final UpstreamAttempts attempts;
    private boolean started;
    private boolean ended;

    /**
     * Of a request without body.
     *
     * @param changes of its route; null for none
     * @param fill gets the response
     */
    Refresh(Proxy proxy, HttpServerRequest request, @Nullable ChangedRequest changes, StoredResponse stale, Fill fill) {
        this.proxy = proxy;
        this.request = request;
        this.changes = changes;
        this.stale = stale;
        this.fill = fill;
        this.framing = RequestFraming.of(request);
        this.record = new ExchangeRecord(request, System.nanoTime());
        this.attempts = new UpstreamAttempts(
                proxy, this, request, record, RetryPolicy.of(request.method(), framing.hasBody()), framing);
    }

    void start() {
        // The client has its response, so nothing reads its conditions any more.
        new ReplacedConditions(request.headers(), stale);
        attempts.start();
    }

    @Override
    public void sendRequest(UpstreamOnLoop upstream, UpstreamConnection to) {
        proxy.responseTimeouts().start(this, record.sentNanos());
        to.send(this, proxy.head().write(request, upstream.upstream(), to.alloc(), framing, changes), true);
    }

    @Override
    public void fail(ProxyFailure failure, TerminationCause cause, TerminationPhase phase) {
        fill.serverFailed();
        end(false);
    }

    @Override
    public boolean isHeadRequest() {
        return false;
    }

    @Override
    public boolean acceptsTrailers() {
        return false;
    }

    @Override
    public void interimResponse(HttpResponse head) {
        // There is nobody to send it to.
    }

    @Override
    public void responseInvalid() {
        UpstreamOnLoop upstream = attempts.upstream();
        if (attempts.isAwaitingResponse() && upstream != null) {
            upstream.responseFailed();
            end(false);
        }
    }

    @Override
    public void responseStarted(UpstreamConnection from, HttpResponse head) {
        UpstreamOnLoop upstream = attempts.upstream();
        if (!attempts.isAwaitingResponse() || from != attempts.connection() || upstream == null) {
            return;
        }
        if (ResponseHead.isUnexpectedUpgrade(head, null)) {
            responseInvalid();
            from.close();
            return;
        }
        attempts.responseStarted(upstream);
        started = true;
        upstream.recordLatency(record.responseStarted());
        upstream.responseStarted(head.status().code());
        MultiMap fields = MultiMap.caseInsensitiveMultiMap();
        ResponseFields.head(head.headers(), fields);
        int status = head.status().code();
        long length = ResponseHead.length(head);
        if (status == HttpResponseStatus.NOT_MODIFIED.code() && stale.hasValidator()) {
            fill.validated(stale, fields);
        } else if (!fill.responseStarted(status, ResponseHead.reason(head).orElse(null), fields, length)) {
            abandon(from);
        } else if (length < 0 || length > UpstreamConnection.MAX_DISCARDED) {
            from.dedicate();
        }
    }

    private void abandon(UpstreamConnection from) {
        end(false);
        from.abandon(this);
    }

    @Override
    public void contentDelayed() {
        // Nobody waits for the head.
    }

    @Override
    public void received(ByteBuf bytes) {
        UpstreamOnLoop upstream = attempts.upstream();
        UpstreamConnection connection = attempts.connection();
        if (!ended && upstream != null && connection != null) {
            upstream.bytesReceived(bytes.readableBytes());
            if (!fill.received(bytes)) {
                abandon(connection);
            }
        }
        bytes.release();
    }

    @Override
    public void responseCompleted(HttpHeaders trailers) {
        if (!ended) {
            fill.completed(!trailers.isEmpty());
            end(true);
        }
    }

    @Override
    public void connectionWritable() {
        // There is no body to send.
    }

    @Override
    public void connectionBroken(boolean kept) {
        if (started) {
            breakOff();
        } else {
            attempts.connectionBroken(kept);
        }
    }

    @Override
    public void responseStalled() {
        if (started) {
            breakOff();
        }
    }

    private void breakOff() {
        UpstreamOnLoop upstream = attempts.upstream();
        if (!ended && upstream != null) {
            upstream.responseBroken(record.responseNanos());
        }
        end(false);
    }

    @Override
    public void requestRefused() {
        attempts.requestRefused(true);
    }

    @Override
    public void displaced() {
        attempts.displaced();
    }

    @Override
    public void checkForHang() {
        attempts.checkForHang();
    }

    @Override
    public void responseTimedOut() {
        UpstreamOnLoop upstream = attempts.upstream();
        UpstreamConnection connection = attempts.connection();
        if (upstream != null && connection != null) {
            upstream.responseFailed();
            abandon(connection);
        }
    }

    private void end(boolean complete) {
        if (!ended) {
            ended = true;
            stopTimeout();
            attempts.end(complete);
            fill.ended();
        }
    }
}
