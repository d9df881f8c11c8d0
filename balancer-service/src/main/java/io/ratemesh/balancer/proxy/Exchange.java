package io.ratemesh.balancer.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.Http2Error;
import io.ratemesh.balancer.http.ProxyFailure;
import io.ratemesh.balancer.http.Termination;
import io.ratemesh.balancer.http.TerminationCause;
import io.ratemesh.balancer.http.TerminationPhase;
import io.ratemesh.balancer.listener.ListenerCounts;
import io.ratemesh.balancer.proxy.ExchangeState.Ended;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.balancer.upstream.connections.RequestFraming;
import io.ratemesh.balancer.upstream.connections.ResponseHead;
import io.ratemesh.balancer.upstream.connections.ResponseListener;
import io.ratemesh.balancer.upstream.connections.ResponseTimeouts;
import io.ratemesh.balancer.upstream.connections.UpstreamConnection;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response, from the request's head until both are complete or one is aborted. {@link UpstreamAttempts} gets the
 * response, {@link RequestBody}, {@link ResponseRelay} and {@link Tunnel} pass the bytes on; this class alone changes the state.
 */
final class Exchange extends ResponseTimeouts.PendingResponse
        implements ResponseListener, StalledClients.Response, Handler<Throwable> {

    /** A client that aborts later than this without a response counts as a failure of the upstream. */
    private static final long OVERDUE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int CONTINUE = 100;
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Proxy proxy;
    private final ListenerCounts counts;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final RequestFraming framing;
    private final @Nullable RequestBody body;
    private final @Nullable ChangedRequest changes;
    private final ExchangeRecord record;
    private final UpstreamAttempts attempts;
    private final @Nullable Runnable onEnd;
    private ExchangeState state;

    /** Content bytes of a response that the balancer itself sends. */
    private int failureBytes;

    /** {@code route} changes the request, {@code onEnd} runs when all has ended; null for none. */
    Exchange(
            Proxy proxy,
            HttpServerRequest request,
            ListenerCounts counts,
            @Nullable RouteChanges route,
            @Nullable Runnable onEnd,
            long nowNanos) {
        this.proxy = proxy;
        this.counts = counts;
        this.onEnd = onEnd;
        this.request = request;
        this.response = request.response();
        this.changes = route == null ? null : route.of(request);
        this.framing = RequestFraming.of(request, changes == null ? null : changes.upgrades());
        int maxBody = changes == null ? 0 : changes.maxBody();
        this.body = framing.hasBody() ? new RequestBody(request, framing, this, maxBody) : null;
        this.record = new ExchangeRecord(request, nowNanos);
        this.attempts = new UpstreamAttempts(
                proxy, this, request, record, RetryPolicy.of(request.method(), framing.hasBody()), framing);
        this.state = attempts;
    }

    void start() {
        if (body != null) {
            request.pause();
        }
        response.exceptionHandler(this);
        if (body != null && body.isAnnouncedTooLarge()) {
            bodyTooLarge();
        } else {
            attempts.start();
        }
    }

    /** The body of the request is larger than its route allows. */
    void bodyTooLarge() {
        UpstreamConnection connection = attempts.connection();
        if (state instanceof ResponseRelay relay) {
            abortedBy(TerminationCause.PROXY);
            relay.abort(Http2Error.CANCEL);
            return;
        }
        fail(ProxyFailure.CONTENT_TOO_LARGE, TerminationCause.PROXY, TerminationPhase.REQUEST);
        if (connection != null) {
            connection.abandon(this);
        }
    }

    /** Sends the request, on a connection of the attempt that was just made. */
    void sendRequest(UpstreamOnLoop upstream, UpstreamConnection to) {
        proxy.responseTimeouts().start(this, record.sentNanos());
        to.send(this, proxy.head().write(request, upstream.upstream(), to.alloc(), framing, changes), body == null);
        if (body != null) {
            body.start(to);
        }
    }

    /** The upstream's time to respond starts anew: it has all of the body, or takes no more of it for now. */
    void restartTimeout() {
        if (attempts.isAwaitingResponse()) {
            proxy.responseTimeouts().start(this, System.nanoTime());
        }
    }

    /** Bytes of the body or of a tunnel were sent to the upstream. */
    void bytesSent(int bytes) {
        record.received(bytes);
        counts.received(bytes);
        UpstreamOnLoop upstream = attempts.upstream();
        if (upstream != null) {
            upstream.bytesSent(bytes);
        }
    }

    @Override
    public boolean isHeadRequest() {
        return request.method().equals(HttpMethod.HEAD);
    }

    @Override
    public boolean acceptsTrailers() {
        return request.headers().contains(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS, true);
    }

    @Override
    public void connectionWritable() {
        if (state instanceof Tunnel tunnel) {
            tunnel.resumeClient();
        } else if (body != null) {
            body.resume();
        }
    }

    @Override
    public void interimResponse(HttpResponse head) {
        if (attempts.isAwaitingResponse()) {
            if (body != null && head.status().code() == CONTINUE) {
                body.continueReceived();
            }
            InterimResponse.send(request, head);
        }
    }

    /** The upstream has acted on the request, so it is not repeated. */
    @Override
    public void responseInvalid() {
        UpstreamOnLoop upstream = attempts.upstream();
        if (attempts.isAwaitingResponse() && upstream != null) {
            upstream.responseFailed();
            fail(ProxyFailure.UPSTREAM_BROKE, TerminationCause.PROXY, TerminationPhase.RESPONSE_HEAD);
        }
    }

    @Override
    public void responseStarted(UpstreamConnection from, HttpResponse head) {
        UpstreamOnLoop upstream = attempts.upstream();
        if (!attempts.isAwaitingResponse() || from != attempts.connection() || upstream == null) {
            return;
        }
        if (ResponseHead.isUnexpectedUpgrade(head, framing.upgrade())
                || isMistakable(head.status().code())) {
            responseInvalid();
            from.close();
            return;
        }
        attempts.responseStarted(upstream);
        if (body != null) {
            body.forget();
        }
        upstream.recordLatency(record.responseStarted());
        upstream.responseStarted(head.status().code());
        if (head.status().code() == SWITCHING_PROTOCOLS) {
            openTunnel(upstream, from, head.headers());
        } else {
            relay(upstream, from, head);
        }
    }

    /** A client of HTTP/2 would take any success for a WebSocket. */
    private boolean isMistakable(int status) {
        return RequestFraming.isExtendedConnect(request, framing) && status / 100 == 2;
    }

    private void relay(UpstreamOnLoop upstream, UpstreamConnection from, HttpResponse head) {
        ResponseRelay relay = new ResponseRelay(this, request, from, head, proxy.compression());
        if (changes != null) {
            changes.changeResponse(response.headers());
        }
        keepClient(upstream, response.headers());
        state = relay;
        if (relay.isLong()) {
            from.dedicate();
        }
        if (relay.isStream()) {
            proxy.streamStarted(this);
            relay.startStream();
        }
    }

    private void keepClient(UpstreamOnLoop upstream, MultiMap fields) {
        AffinityCookies affinity = proxy.affinity();
        if (affinity != null) {
            affinity.keep(request, upstream.upstream(), fields);
        }
    }

    private void openTunnel(UpstreamOnLoop upstream, UpstreamConnection from, HttpHeaders fields) {
        Tunnel tunnel = new Tunnel(this, from);
        state = tunnel;
        // Bytes that were received with the head are passed on within this call.
        from.becomeTunnel();
        proxy.streamStarted(this);
        proxy.tunnels().add(tunnel);
        MultiMap to = response.headers();
        ResponseFields.head(fields, to);
        if (changes != null) {
            changes.changeResponse(to);
        }
        keepClient(upstream, to);
        if (RequestFraming.isExtendedConnect(request, framing)) {
            // 200 and no field agree to it (RFC 8441 §5); the socket sends the status.
            to.remove(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT);
        } else {
            to.set(HttpHeaderNames.CONNECTION, "Upgrade");
            to.set(HttpHeaderNames.UPGRADE, framing.upgrade());
        }
        request.toNetSocket().onSuccess(tunnel::open).onFailure(ignored -> abortedBy(TerminationCause.CLIENT_ABORT));
    }

    @Override
    public void contentDelayed() {
        if (state instanceof ResponseRelay relay) {
            relay.sendHead();
        }
    }

    @Override
    public void received(ByteBuf bytes) {
        UpstreamOnLoop upstream = attempts.upstream();
        if (upstream == null) {
            bytes.release();
            return;
        }
        upstream.bytesReceived(bytes.readableBytes());
        if (state instanceof ResponseRelay relay) {
            if (relay.write(bytes)) {
                end(Termination.NORMAL);
            }
        } else if (state instanceof Tunnel tunnel) {
            record.tunnelled(bytes.readableBytes());
            tunnel.sendToClient(bytes);
        } else {
            bytes.release();
        }
    }

    @Override
    public void responseCompleted(HttpHeaders trailers) {
        if (state instanceof ResponseRelay relay) {
            relay.complete(trailers);
            end(Termination.NORMAL);
        }
    }

    @Override
    public void connectionBroken(boolean kept) {
        if (state instanceof ResponseRelay relay) {
            abort(relay, TerminationCause.UPSTREAM_ABORT);
        } else if (state instanceof Tunnel) {
            endTunnel(Termination.NORMAL);
        } else {
            attempts.connectionBroken(kept);
        }
    }

    @Override
    public void requestRefused() {
        attempts.requestRefused(body == null || body.isResendable());
    }

    @Override
    public void responseStalled() {
        if (state instanceof ResponseRelay relay) {
            abort(relay, TerminationCause.UPSTREAM_TIMEOUT);
        }
    }

    /** The response ends early. Its head has been sent, so it can only be aborted. */
    private void abort(ResponseRelay relay, TerminationCause cause) {
        UpstreamOnLoop upstream = attempts.upstream();
        if (upstream != null) {
            upstream.responseBroken(record.responseNanos());
        }
        end(Termination.of(cause, TerminationPhase.DATA));
        relay.abort(Http2Error.INTERNAL_ERROR);
    }

    @Override
    public void displaced() {
        attempts.displaced();
    }

    @Override
    public void checkForHang() {
        attempts.checkForHang();
    }

    /** It is not sent to another upstream, because this one may still process it. */
    @Override
    public void responseTimedOut() {
        UpstreamOnLoop upstream = attempts.upstream();
        UpstreamConnection connection = attempts.connection();
        if (body != null && body.isAwaitingClient()) {
            restartTimeout();
        } else if (upstream != null && connection != null) {
            upstream.responseFailed();
            fail(ProxyFailure.UPSTREAM_SLOW, TerminationCause.UPSTREAM_TIMEOUT, TerminationPhase.RESPONSE_HEAD);
            connection.abandon(this);
        }
    }

    /** The client takes no more of the response for now. */
    void clientStalled() {
        proxy.stalledClients().add(this, System.nanoTime());
    }

    /** The client takes the response again, or that does not matter any more. */
    void clientResumed() {
        proxy.stalledClients().remove(this);
    }

    @Override
    public void clientTimedOut() {
        ExchangeState last = state;
        abortedBy(TerminationCause.CLIENT_TIMEOUT);
        if (last instanceof ResponseRelay relay) {
            relay.abort(Http2Error.CANCEL);
        }
    }

    /** The client's connection is closed, or the server closes it because what it received is no request. */
    @Override
    public void handle(Throwable cause) {
        abortedBy(
                cause instanceof DecoderException || cause instanceof IllegalArgumentException
                        ? TerminationCause.PROXY
                        : TerminationCause.CLIENT_ABORT);
    }

    private void abortedBy(TerminationCause cause) {
        UpstreamConnection connection = attempts.connection();
        UpstreamOnLoop upstream = attempts.upstream();
        boolean overdue = attempts.isAwaitingResponse() && body == null && record.waitedNanos() >= OVERDUE_NANOS;
        if (end(Termination.of(cause, cause.isClient() ? phaseOfClient() : state.phase()))) {
            counts.clientAborted();
            if (upstream != null && overdue) {
                upstream.responseOverdue();
            } else if (upstream != null) {
                upstream.clientAborted();
            }
            if (connection != null) {
                connection.abandon(this);
            }
        }
    }

    /** For HAProxy a client that sends its body is in the phase of data, as one that receives the response. */
    private TerminationPhase phaseOfClient() {
        return attempts.isAwaitingResponse() && body != null && body.isUnderWay()
                ? TerminationPhase.DATA
                : state.phase();
    }

    /** The client's side of the tunnel is closed. */
    void tunnelClosed() {
        endTunnel(Termination.NORMAL);
    }

    private void endTunnel(Termination termination) {
        if (state instanceof Tunnel tunnel) {
            end(termination);
            tunnel.end();
        }
    }

    /** Ends a stream or a tunnel on purpose, after what was sent so far. */
    void endStream() {
        Termination killed = Termination.of(TerminationCause.KILLED, TerminationPhase.DATA);
        if (state instanceof ResponseRelay relay) {
            end(killed);
            relay.endEarly();
            UpstreamConnection connection = attempts.connection();
            if (connection != null) {
                connection.close();
            }
        } else {
            endTunnel(killed);
        }
    }

    /** The balancer itself responds, because there is no response. */
    void fail(ProxyFailure failure, TerminationCause cause, TerminationPhase phase) {
        if (state != Ended.ENDED) {
            failureBytes = failure.send(request, proxy.errorPages());
            end(Termination.of(cause, phase));
            counts.responded(failure.status(), failureBytes);
        }
    }

    /** Ends the exchange and everything that counts it; false if it had ended before. */
    private boolean end(Termination termination) {
        ExchangeState last = state;
        if (last == Ended.ENDED) {
            return false;
        }
        state = Ended.ENDED;
        stopTimeout();
        attempts.end(termination == Termination.NORMAL && last instanceof ResponseRelay);
        if (last instanceof ResponseRelay relay) {
            if (relay.isStream()) {
                proxy.streamEnded(this);
            }
            relay.ended();
            counts.responded(response.getStatusCode(), relay.bytes());
        } else if (last instanceof Tunnel tunnel) {
            proxy.streamEnded(this);
            proxy.tunnels().remove(tunnel);
            counts.responded(SWITCHING_PROTOCOLS, record.bytesTunnelled());
        }
        if (body != null) {
            body.discard();
        }
        if (onEnd != null) {
            onEnd.run();
        }
        if (proxy.log() != ExchangeLog.NONE) {
            proxy.log().ended(summary(last, termination));
        }
        return true;
    }

    private ExchangeSummary summary(ExchangeState last, Termination termination) {
        boolean responded = failureBytes > 0 || !(last instanceof UpstreamAttempts);
        return record.end(
                attempts.selection(),
                responded ? response.getStatusCode() : 0,
                last instanceof ResponseRelay relay ? relay.bytes() : failureBytes,
                termination);
    }
}
