package io.ratemesh.balancer.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.ratemesh.balancer.pool.UpstreamOnLoop;
import io.ratemesh.balancer.pool.WaitingLine;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer: who is asked, and what becomes of it when that goes wrong. The bytes are passed on by others.
 *
 * <pre>
 *   QUEUED --chosen--> CONNECTING --connected--> WAITING --head of the answer--> RELAYING --> ENDED
 *     ^                    |                        |      (101: TUNNEL)
 *     +----- refused ------+                        |
 *     +--- broke off: once more, if it may be ------+
 * </pre>
 */
final class Exchange extends AnswerDeadlines.Waiting
        implements Asker, WaitingLine.Waiting, StalledClients.Sender, Handler<Throwable> {

    /** Where it is; the letter is HAProxy's for where it ended. */
    /** A client that leaves before that was in a hurry; one that leaves after it gave up on the upstream. */
    private static final long LONG_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private enum Stage {
        QUEUED('Q'),
        CONNECTING('C'),
        WAITING('H'),
        RELAYING('D'),
        TUNNEL('D'),
        ENDED('-');

        private final char letter;

        Stage(char letter) {
            this.letter = letter;
        }
    }

    private static final int SWITCHING_PROTOCOLS = 101;

    private final Proxy proxy;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Asked asked;
    private final RetryRule retry;
    private final ExchangeRecord record;

    private Stage stage = Stage.QUEUED;
    private @Nullable UpstreamOnLoop upstream;
    private @Nullable UpstreamConnection connection;
    private @Nullable RequestBody body;
    private @Nullable AnswerRelay relay;
    private @Nullable Tunnel tunnel;

    /** It had to move from a shared connection: it does not share again. */
    private boolean alone;

    /** The first time its patience ends another may be asked, the second time is the last. */
    private boolean lastTry;

    private boolean inLine;
    private boolean inStreams;

    Exchange(Proxy proxy, HttpServerRequest request, long nowNanos) {
        this.proxy = proxy;
        this.request = request;
        this.response = request.response();
        this.asked = Asked.of(request);
        this.retry = new RetryRule(request.method(), asked.hasBody());
        this.record = new ExchangeRecord(request, nowNanos);
    }

    void begin() {
        if (asked.hasBody()) {
            request.pause();
        }
        response.exceptionHandler(this);
        forward();
    }

    private void forward() {
        if (served()) {
            return;
        }
        // A request that an upstream may have acted upon is not kept: its client learns at once that it went wrong.
        if (retry.brokeBefore()) {
            fail(Failure.UPSTREAM_BROKE, 'S');
        } else if (proxy.line().join(this, System.nanoTime())) {
            inLine = true;
        } else {
            refused();
        }
    }

    @Override
    public boolean waits() {
        return stage == Stage.QUEUED;
    }

    @Override
    public void refused() {
        fail(Failure.NONE_AVAILABLE, 's');
    }

    /** Chooses an upstream and asks it; false where there is none that was not tried. */
    @Override
    public boolean served() {
        UpstreamOnLoop chosen = proxy.pool().choose(record);
        if (chosen == null) {
            return false;
        }
        record.tries(chosen);
        go(chosen);
        return true;
    }

    private void go(UpstreamOnLoop chosen) {
        upstream = chosen;
        chosen.begin();
        if (inLine) {
            inLine = false;
            record.dequeued();
        }
        UpstreamConnections connections = proxy.connections(chosen);
        UpstreamConnection ready = connections.ready(asked.mayShare() && !alone);
        if (ready != null) {
            ask(chosen, ready);
            return;
        }
        stage = Stage.CONNECTING;
        record.connects();
        connections.open().onComplete(opened -> connected(chosen, connections, opened));
    }

    private void connected(UpstreamOnLoop chosen, UpstreamConnections home, AsyncResult<UpstreamConnection> opened) {
        if (stage != Stage.CONNECTING || upstream != chosen) {
            if (opened.succeeded()) {
                home.idle(opened.result());
            }
        } else if (opened.succeeded()) {
            record.connected();
            ask(chosen, opened.result());
        } else {
            boolean late = opened.cause() instanceof ConnectTimeoutException;
            if (late) {
                chosen.missedConnect();
            } else {
                chosen.refusedConnect();
            }
            leave(chosen);
            if (retry.afterRefusedConnect()) {
                again(chosen);
            } else {
                stage = Stage.CONNECTING;
                fail(Failure.UPSTREAM_BROKE, late ? 's' : 'S');
            }
        }
    }

    private void leave(UpstreamOnLoop left) {
        if (stage == Stage.WAITING) {
            left.waitsNoMore();
        }
        upstream = null;
        connection = null;
        stage = Stage.QUEUED;
        left.end();
    }

    private void again(UpstreamOnLoop failed) {
        record.retried();
        failed.retriedElsewhere();
        forward();
    }

    private void ask(UpstreamOnLoop chosen, UpstreamConnection to) {
        stage = Stage.WAITING;
        connection = to;
        chosen.waits();
        to.ask(
                this,
                proxy.head().write(request, chosen.upstream(), to.alloc(), asked.chunked(), asked.upgrade()),
                !asked.hasBody());
        if (asked.hasBody()) {
            body = new RequestBody(request, asked.chunked(), this::sent);
            body.begin(to);
        }
    }

    /** Bytes of the request, or of a tunnel, went to the upstream. */
    void sent(int bytes) {
        record.received(bytes);
        proxy.counts().received(bytes);
        if (upstream != null) {
            upstream.sent(bytes);
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
    public void answered(UpstreamConnection from, HttpResponse head) {
        if (stage != Stage.WAITING || from != connection || upstream == null) {
            return;
        }
        answerCame();
        if (AnswerHead.strange(head, asked.upgrade())) {
            upstream.brokeOff();
            fail(Failure.UPSTREAM_BROKE, 'P');
            from.close();
            return;
        }
        upstream.waitsNoMore();
        upstream.firstByteAfter(record.answered());
        upstream.answered(head.status().code());
        if (head.status().code() == SWITCHING_PROTOCOLS) {
            openTunnel(from, head.headers());
        } else {
            stage = Stage.RELAYING;
            relay(new AnswerRelay(this, request, from, head), from);
        }
    }

    private void relay(AnswerRelay begun, UpstreamConnection from) {
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
        stage = Stage.TUNNEL;
        Tunnel opened = new Tunnel(this, from);
        tunnel = opened;
        // Bytes that came with the head are passed on within this call.
        from.becomeTunnel();
        inStreams = true;
        proxy.streams().add(this);
        proxy.tunnels().add(opened);
        MultiMap to = response.headers();
        AnswerFields.head(fields, to);
        to.set(HttpHeaderNames.CONNECTION, "Upgrade");
        to.set(HttpHeaderNames.UPGRADE, "websocket");
        request.toNetSocket().onSuccess(opened::open).onFailure(ignored -> clientLeft());
    }

    @Override
    public void part(ByteBuf bytes) {
        if (upstream == null || stage == Stage.ENDED) {
            bytes.release();
            return;
        }
        upstream.received(bytes.readableBytes());
        if (stage == Stage.TUNNEL && tunnel != null) {
            record.tunnelled(bytes.readableBytes());
            tunnel.fromUpstream(bytes);
        } else if (relay != null) {
            if (relay.part(bytes)) {
                end('-');
            }
        } else {
            bytes.release();
        }
    }

    @Override
    public void complete(HttpHeaders trailers) {
        if (stage == Stage.RELAYING && relay != null) {
            relay.end(trailers);
            end('-');
        }
    }

    @Override
    public void broke() {
        UpstreamOnLoop from = upstream;
        if (from == null || stage == Stage.ENDED) {
            return;
        }
        if (stage == Stage.TUNNEL) {
            endTunnel('-');
            return;
        }
        if (stage == Stage.RELAYING) {
            from.brokeOffMidway();
            // Bytes have gone out: all that is left is to show that the answer is not whole.
            end('S');
            response.reset();
            return;
        }
        from.brokeOff();
        if (retry.afterBreak() && proxy.pool().retries().take(System.nanoTime())) {
            leave(from);
            again(from);
        } else {
            fail(Failure.UPSTREAM_BROKE, 'S');
        }
    }

    @Override
    public void moveOn() {
        UpstreamOnLoop from = upstream;
        if (stage != Stage.WAITING || from == null) {
            return;
        }
        leave(from);
        alone = true;
        record.retried();
        from.retriedElsewhere();
        // Its upstream did nothing wrong, so where there is no other, it is asked again.
        if (!served()) {
            go(from);
        }
    }

    @Override
    void tooSlow() {
        if (!lastTry) {
            lastTry = true;
            proxy.deadlines().add(this, System.nanoTime());
            tryElsewhere();
            return;
        }
        UpstreamConnection slow = connection;
        if (stage != Stage.ENDED) {
            fail(Failure.UPSTREAM_SLOW, 's');
        }
        if (slow != null) {
            slow.abandon(this);
        }
    }

    @Override
    void upstreamHangs() {
        if (upstream != null && upstream.hangs()) {
            tryElsewhere();
        }
    }

    /** One that hangs is not waited for as long as the client may wait, where another can be asked as well. */
    private void tryElsewhere() {
        UpstreamOnLoop slow = upstream;
        UpstreamConnection at = connection;
        if (stage != Stage.WAITING || slow == null || at == null || !retry.mayRepeat()) {
            return;
        }
        UpstreamOnLoop other = proxy.pool().choose(record);
        if (other != null && proxy.pool().retries().take(System.nanoTime()) && retry.afterBreak()) {
            slow.brokeOff();
            leave(slow);
            record.retried();
            slow.retriedElsewhere();
            at.abandon(this);
            record.tries(other);
            go(other);
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
        leftBy('c');
        response.reset();
    }

    /** The client's connection is gone, or broke. */
    @Override
    public void handle(Throwable cause) {
        clientLeft();
    }

    private void clientLeft() {
        leftBy('C');
    }

    private void leftBy(char who) {
        UpstreamConnection open = connection;
        boolean unanswered = stage == Stage.WAITING && !asked.hasBody();
        if (end(who)) {
            proxy.counts().abandoned();
            if (upstream != null) {
                if (unanswered && record.waitedNanos() >= LONG_WAIT_NANOS) {
                    upstream.keptWaiting();
                } else {
                    upstream.clientLeft();
                }
            }
            if (open != null) {
                open.abandon(this);
            }
        }
    }

    /** The client's side of the tunnel is closed. */
    void tunnelLeft() {
        endTunnel('-');
    }

    private void endTunnel(char who) {
        Tunnel open = tunnel;
        if (open != null && end(who)) {
            open.end();
        }
    }

    /** Ends a stream or a tunnel: what was sent so far is all. */
    void cut() {
        if (stage == Stage.TUNNEL) {
            endTunnel('K');
            return;
        }
        UpstreamConnection open = connection;
        AnswerRelay cut = relay;
        if (cut != null && end('K')) {
            cut.cut();
            if (open != null) {
                open.close();
            }
        }
    }

    private void fail(Failure failure, char who) {
        if (inLine) {
            record.dequeued();
        }
        int bytes = stage == Stage.ENDED ? 0 : FailureAnswer.send(request, failure);
        if (end(who)) {
            proxy.counts().answered(failure.status(), bytes);
        }
    }

    /** Ends the exchange in the books; false if it had ended before. */
    private boolean end(char who) {
        if (stage == Stage.ENDED) {
            return false;
        }
        Stage last = stage;
        stage = Stage.ENDED;
        answerCame();
        if (upstream != null) {
            if (last == Stage.WAITING) {
                upstream.waitsNoMore();
            }
            upstream.end();
        }
        if (inStreams) {
            proxy.streams().remove(this);
            proxy.tunnels().remove(tunnel);
        }
        if (relay != null && last == Stage.RELAYING) {
            relay.forget();
            proxy.counts().answered(response.getStatusCode(), relay.relayed());
        } else if (last == Stage.TUNNEL) {
            proxy.counts().answered(SWITCHING_PROTOCOLS, record.bytesTunnelled());
        }
        if (body != null) {
            body.discard();
        } else if (asked.hasBody()) {
            request.resume();
        }
        if (proxy.log() != ExchangeLog.NONE) {
            proxy.log().ended(inTheBooks(last, who));
        }
        return true;
    }

    private ExchangeEnd inTheBooks(Stage last, char who) {
        boolean left = who == 'C' || who == 'c';
        boolean answered = !left || last == Stage.RELAYING || last == Stage.TUNNEL;
        return record.end(
                answered ? response.getStatusCode() : 0,
                relay == null ? 0 : relay.relayed(),
                who == '-' ? "--" : "" + who + last.letter);
    }
}
