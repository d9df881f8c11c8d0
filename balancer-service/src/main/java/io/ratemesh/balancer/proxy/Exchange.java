package io.ratemesh.balancer.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.Http2Error;
import io.ratemesh.balancer.http.ProxyFailure;
import io.ratemesh.balancer.http.Termination;
import io.ratemesh.balancer.http.TerminationCause;
import io.ratemesh.balancer.http.TerminationPhase;
import io.ratemesh.balancer.listener.ListenerCounts;
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
 * One request and its answer: what becomes of them until both are whole, or one breaks. Who is asked is up to {@link UpstreamAttempts}; the
 * bytes are passed on by others.
 */
final class Exchange extends ResponseTimeouts.Waiting
        implements ResponseListener, StalledClients.Sender, Handler<Throwable> {

    /** A client that leaves before that was in a hurry; one that leaves after it gave up on the upstream. */
    private static final long LONG_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int CONTINUE = 100;
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Proxy proxy;
    private final ListenerCounts counts;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final RequestFraming asked;
    private final ExchangeRecord record;
    private final UpstreamAttempts attempts;

    private ExchangeStage stage = ExchangeStage.QUEUED;
    private @Nullable RequestBody body;
    private @Nullable ResponseRelay relay;
    private @Nullable Tunnel tunnel;

    private boolean inStreams;

    /** Bytes of the body of a response of ours. */
    private int sentHere;

    Exchange(Proxy proxy, HttpServerRequest request, ListenerCounts counts, long nowNanos) {
        this.proxy = proxy;
        this.counts = counts;
        this.request = request;
        this.response = request.response();
        this.asked = RequestFraming.of(request);
        this.record = new ExchangeRecord(request, nowNanos);
        this.attempts = new UpstreamAttempts(
                proxy, this, record, new RetryPolicy(request.method(), asked.hasBody()), asked.mayShare());
    }

    void begin() {
        if (asked.hasBody()) {
            request.pause();
        }
        response.exceptionHandler(this);
        attempts.next();
    }

    ExchangeStage stage() {
        return stage;
    }

    void enter(ExchangeStage next) {
        stage = next;
    }

    /** Writes the request. */
    void askOn(UpstreamOnLoop chosen, UpstreamConnection to) {
        to.ask(this, proxy.head().write(request, chosen.upstream(), to.alloc(), asked), !asked.hasBody());
        if (asked.hasBody()) {
            body = new RequestBody(request, asked, this);
            body.begin(to);
        }
    }

    /** From now on the upstream has the next word. */
    void waitsForUpstream(long nowNanos) {
        if (stage == ExchangeStage.WAITING) {
            proxy.deadlines().add(this, nowNanos);
        }
    }

    /** Bytes of the request, or of a tunnel, went to the upstream. */
    void sent(int bytes) {
        record.received(bytes);
        counts.received(bytes);
        UpstreamOnLoop to = attempts.upstream();
        if (to != null) {
            to.bytesSent(bytes);
        }
    }

    @Override
    public boolean asksHeadOnly() {
        return request.method().equals(HttpMethod.HEAD);
    }

    @Override
    public void writable() {
        if (tunnel != null) {
            tunnel.goOn();
        } else if (body != null) {
            body.goOn();
        }
    }

    @Override
    public void informed(HttpResponse head) {
        if (stage == ExchangeStage.WAITING) {
            if (body != null && head.status().code() == CONTINUE) {
                body.isAskedFor();
            }
            InterimResponse.send(request, head);
        }
    }

    /** Whoever sent it has acted on the request: it is not asked again, here or elsewhere. */
    @Override
    public void malformed() {
        UpstreamOnLoop upstream = attempts.upstream();
        if (stage == ExchangeStage.WAITING && upstream != null) {
            upstream.responseFailed();
            fail(ProxyFailure.UPSTREAM_BROKE, TerminationCause.PROXY);
        }
    }

    @Override
    public void answered(UpstreamConnection from, HttpResponse head) {
        UpstreamOnLoop upstream = attempts.upstream();
        if (stage != ExchangeStage.WAITING || from != attempts.connection() || upstream == null) {
            return;
        }
        if (ResponseHead.strange(head, asked.upgrade())) {
            malformed();
            from.close();
            return;
        }
        answerCame();
        upstream.stopAwaitingResponse();
        upstream.recordLatency(record.answered());
        upstream.responseStarted(head.status().code());
        if (head.status().code() == SWITCHING_PROTOCOLS) {
            openTunnel(from, head.headers());
        } else {
            stage = ExchangeStage.RELAYING;
            relay(new ResponseRelay(this, request, from, head), from);
        }
    }

    private void relay(ResponseRelay begun, UpstreamConnection from) {
        relay = begun;
        if (begun.isLong()) {
            from.dedicate();
        }
        if (begun.isStream()) {
            inStreams = true;
            proxy.streams().add(this);
            begun.beginStream();
        }
    }

    private void openTunnel(UpstreamConnection from, HttpHeaders fields) {
        stage = ExchangeStage.TUNNEL;
        Tunnel opened = new Tunnel(this, from);
        tunnel = opened;
        // Bytes that came with the head are passed on within this call.
        from.becomeTunnel();
        inStreams = true;
        proxy.streams().add(this);
        proxy.tunnels().add(opened);
        MultiMap to = response.headers();
        ResponseFields.head(fields, to);
        to.set(HttpHeaderNames.CONNECTION, "Upgrade");
        to.set(HttpHeaderNames.UPGRADE, "websocket");
        request.toNetSocket().onSuccess(opened::open).onFailure(ignored -> clientLeft());
    }

    @Override
    public void bodyDelayed() {
        if (stage == ExchangeStage.RELAYING && relay != null) {
            relay.sendHead();
        }
    }

    @Override
    public void part(ByteBuf bytes) {
        UpstreamOnLoop upstream = attempts.upstream();
        if (upstream == null || stage == ExchangeStage.ENDED) {
            bytes.release();
            return;
        }
        upstream.bytesReceived(bytes.readableBytes());
        if (stage == ExchangeStage.TUNNEL && tunnel != null) {
            record.tunnelled(bytes.readableBytes());
            tunnel.fromUpstream(bytes);
        } else if (relay != null) {
            if (relay.part(bytes)) {
                end(TerminationCause.NONE);
            }
        } else {
            bytes.release();
        }
    }

    @Override
    public void complete(HttpHeaders trailers) {
        if (stage == ExchangeStage.RELAYING && relay != null) {
            relay.end(trailers);
            end(TerminationCause.NONE);
        }
    }

    @Override
    public void broke(boolean kept) {
        UpstreamOnLoop from = attempts.upstream();
        if (from == null || stage == ExchangeStage.ENDED) {
            return;
        }
        if (stage == ExchangeStage.TUNNEL) {
            endTunnel(TerminationCause.NONE);
            return;
        }
        if (stage == ExchangeStage.RELAYING) {
            breakOff(from, TerminationCause.UPSTREAM_ABORT);
            return;
        }
        attempts.broke(from, kept);
    }

    @Override
    public void silent() {
        UpstreamOnLoop from = attempts.upstream();
        if (from != null && stage == ExchangeStage.RELAYING) {
            breakOff(from, TerminationCause.UPSTREAM_TIMEOUT);
        }
    }

    /** Bytes have gone out: all that is left is to show that the response is not whole. */
    private void breakOff(UpstreamOnLoop from, TerminationCause cause) {
        from.responseBroken(record.answeredNanos());
        end(cause);
        if (relay != null) {
            relay.breakOff(Http2Error.INTERNAL_ERROR);
        }
    }

    @Override
    public void moveOn() {
        attempts.moveOn();
    }

    @Override
    public void upstreamHangs() {
        attempts.upstreamHangs();
    }

    /** Nobody else is asked: an upstream that is merely slow may be at work for it (RFC 9110 §9.2.2 allows more than is wise). */
    @Override
    public void tooSlow() {
        UpstreamOnLoop slow = attempts.upstream();
        UpstreamConnection on = attempts.connection();
        if (body != null && body.waitsForClient()) {
            waitsForUpstream(System.nanoTime());
        } else if (slow != null && on != null) {
            slow.responseFailed();
            fail(ProxyFailure.UPSTREAM_SLOW, TerminationCause.UPSTREAM_TIMEOUT);
            on.abandon(this);
        }
    }

    /** The client takes no more for now, or takes it again. */
    void stalled(boolean now) {
        if (now) {
            proxy.stalled().stalled(this, System.nanoTime());
        } else {
            proxy.stalled().over(this);
        }
    }

    @Override
    public void giveUp() {
        leftBy(TerminationCause.CLIENT_TIMEOUT);
        if (relay != null) {
            relay.breakOff(Http2Error.CANCEL);
        }
    }

    /** The client's connection is gone, or broke; or what came on it was no request, and the server closes it. */
    @Override
    public void handle(Throwable cause) {
        leftBy(
                cause instanceof DecoderException || cause instanceof IllegalArgumentException
                        ? TerminationCause.PROXY
                        : TerminationCause.CLIENT_ABORT);
    }

    private void clientLeft() {
        leftBy(TerminationCause.CLIENT_ABORT);
    }

    private void leftBy(TerminationCause cause) {
        UpstreamConnection open = attempts.connection();
        UpstreamOnLoop upstream = attempts.upstream();
        boolean unanswered = stage == ExchangeStage.WAITING && !asked.hasBody();
        attempts.outOfLine();
        if (end(cause)) {
            counts.abandoned();
            if (upstream != null) {
                if (unanswered && record.waitedNanos() >= LONG_WAIT_NANOS) {
                    upstream.responseOverdue();
                } else {
                    upstream.clientAborted();
                }
            }
            if (open != null) {
                open.abandon(this);
            }
        }
    }

    /** The client's side of the tunnel is closed. */
    void tunnelLeft() {
        endTunnel(TerminationCause.NONE);
    }

    private void endTunnel(TerminationCause cause) {
        Tunnel open = tunnel;
        if (open != null && end(cause)) {
            open.end();
        }
    }

    /** Ends a stream or a tunnel: what was sent so far is all. */
    void cut() {
        if (stage == ExchangeStage.TUNNEL) {
            endTunnel(TerminationCause.KILLED);
            return;
        }
        UpstreamConnection open = attempts.connection();
        ResponseRelay cut = relay;
        if (cut != null && end(TerminationCause.KILLED)) {
            cut.cut();
            if (open != null) {
                open.close();
            }
        }
    }

    void fail(ProxyFailure failure, TerminationCause cause) {
        attempts.outOfLine();
        if (stage != ExchangeStage.ENDED) {
            sentHere = failure.send(request);
            end(cause);
            counts.answered(failure.status(), sentHere);
        }
    }

    /** Ends the exchange in the books; false if it had ended before. */
    private boolean end(TerminationCause cause) {
        if (stage == ExchangeStage.ENDED) {
            return false;
        }
        ExchangeStage last = stage;
        TerminationPhase phase = phase();
        stage = ExchangeStage.ENDED;
        answerCame();
        attempts.end(last, cause == TerminationCause.NONE && last == ExchangeStage.RELAYING);
        if (inStreams) {
            proxy.streams().remove(this);
            proxy.tunnels().remove(tunnel);
        }
        if (relay != null && last == ExchangeStage.RELAYING) {
            relay.forget();
            counts.answered(response.getStatusCode(), relay.relayed());
        } else if (last == ExchangeStage.TUNNEL) {
            counts.answered(SWITCHING_PROTOCOLS, record.bytesTunnelled());
        }
        if (body != null) {
            body.discard();
        } else if (asked.hasBody() && !request.isEnded()) {
            request.resume();
        }
        if (proxy.log() != ExchangeLog.NONE) {
            boolean answered = sentHere > 0 || last == ExchangeStage.RELAYING || last == ExchangeStage.TUNNEL;
            proxy.log()
                    .ended(record.end(
                            answered ? response.getStatusCode() : 0,
                            relay == null ? sentHere : relay.relayed(),
                            cause == TerminationCause.NONE
                                    ? Termination.NORMAL
                                    : Termination.of(cause, cause.isClient() ? phase : last.phase())));
        }
        return true;
    }

    /** What the client is doing: to send its body is for HAProxy a transfer of data as the response's is. */
    private TerminationPhase phase() {
        return stage == ExchangeStage.WAITING && body != null && body.isUnderWay()
                ? ExchangeStage.RELAYING.phase()
                : stage.phase();
    }
}
