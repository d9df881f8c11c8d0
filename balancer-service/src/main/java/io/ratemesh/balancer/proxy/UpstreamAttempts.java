package io.ratemesh.balancer.proxy;

import io.netty.channel.ConnectTimeoutException;
import io.ratemesh.balancer.http.ProxyFailure;
import io.ratemesh.balancer.http.TerminationCause;
import io.ratemesh.balancer.loadbalance.RequestQueue;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.balancer.upstream.connections.UpstreamConnection;
import io.ratemesh.balancer.upstream.connections.UpstreamConnections;
import io.vertx.core.AsyncResult;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked for one request: chooses an upstream, or waits in line for one, connects to it, and goes on to another where it
 * failed, as far as that does no harm.
 */
final class UpstreamAttempts implements RequestQueue.QueuedRequest {

    private final Proxy proxy;
    private final Exchange exchange;
    private final ExchangeRecord record;
    private final RetryPolicy retry;
    private @Nullable UpstreamOnLoop upstream;
    private @Nullable UpstreamConnection connection;
    private boolean mayShare;
    private boolean afresh;
    private boolean inLine;

    /**
     * None yet.
     *
     * @param mayShare whether it may be asked on a connection on which others are under way
     */
    UpstreamAttempts(Proxy proxy, Exchange exchange, ExchangeRecord record, RetryPolicy retry, boolean mayShare) {
        this.proxy = proxy;
        this.exchange = exchange;
        this.record = record;
        this.retry = retry;
        this.mayShare = mayShare;
    }

    /** Who is asked now; null while nobody is. */
    @Nullable
    UpstreamOnLoop upstream() {
        return upstream;
    }

    /** On which it is asked; null before. */
    @Nullable
    UpstreamConnection connection() {
        return connection;
    }

    /** Asks somebody, as soon as somebody can be asked. */
    void next() {
        if (tryServe()) {
            return;
        }
        // A request that an upstream may have acted upon is not kept: its client learns at once that it went wrong.
        if (retry.brokeBefore()) {
            exchange.enter(ExchangeStage.WAITING);
            exchange.fail(ProxyFailure.UPSTREAM_BROKE, TerminationCause.UPSTREAM_ABORT);
        } else if (proxy.line().enqueue(this, System.nanoTime())) {
            inLine = true;
            record.queued(proxy.line().length());
        } else {
            // Not even a place to wait: for HAProxy that is a connect that failed at once.
            exchange.enter(ExchangeStage.CONNECTING);
            exchange.fail(ProxyFailure.NONE_AVAILABLE, TerminationCause.UPSTREAM_ABORT);
        }
    }

    @Override
    public boolean isWaiting() {
        return exchange.stage() == ExchangeStage.QUEUED;
    }

    @Override
    public void timedOut() {
        exchange.fail(ProxyFailure.NONE_AVAILABLE, TerminationCause.UPSTREAM_TIMEOUT);
    }

    /** Chooses an upstream and asks it; false where there is none that was not tried. */
    @Override
    public boolean tryServe() {
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
        outOfLine();
        UpstreamConnections connections = proxy.connections(chosen);
        UpstreamConnection ready = ready(connections);
        if (ready != null) {
            record.reuses();
            ask(chosen, ready);
            return;
        }
        exchange.enter(ExchangeStage.CONNECTING);
        record.connects();
        connections.open().onComplete(opened -> connected(chosen, connections, opened));
    }

    private @Nullable UpstreamConnection ready(UpstreamConnections connections) {
        if (afresh) {
            return mayShare ? connections.busy() : null;
        }
        return connections.ready(mayShare, retry.mayRepeat());
    }

    private void connected(UpstreamOnLoop chosen, UpstreamConnections home, AsyncResult<UpstreamConnection> opened) {
        if (exchange.stage() != ExchangeStage.CONNECTING || upstream != chosen) {
            if (opened.succeeded()) {
                home.idle(opened.result());
            }
        } else if (opened.succeeded()) {
            record.connected();
            ask(chosen, opened.result());
        } else {
            notConnected(chosen, opened.cause() instanceof ConnectTimeoutException);
        }
    }

    private void notConnected(UpstreamOnLoop chosen, boolean late) {
        if (late) {
            chosen.connectTimedOut();
        } else {
            chosen.connectRefused();
        }
        leave(chosen);
        if (retry.afterRefusedConnect()) {
            elsewhere(chosen);
            next();
        } else {
            exchange.enter(ExchangeStage.CONNECTING);
            exchange.fail(
                    ProxyFailure.UPSTREAM_BROKE,
                    late ? TerminationCause.UPSTREAM_TIMEOUT : TerminationCause.UPSTREAM_ABORT);
        }
    }

    private void ask(UpstreamOnLoop chosen, UpstreamConnection on) {
        exchange.enter(ExchangeStage.WAITING);
        connection = on;
        chosen.startAwaitingResponse();
        exchange.waitsForUpstream(record.askedNanos());
        exchange.askOn(chosen, on);
    }

    private void leave(UpstreamOnLoop left) {
        if (exchange.stage() == ExchangeStage.WAITING) {
            exchange.answerCame();
            left.stopAwaitingResponse();
        }
        upstream = null;
        connection = null;
        exchange.enter(ExchangeStage.QUEUED);
        left.end();
    }

    private void elsewhere(UpstreamOnLoop failed) {
        record.retried();
        failed.redispatched();
    }

    /**
     * The connection broke before the response began.
     *
     * @param kept whether it had been kept from earlier responses, and not a byte of this one has come
     */
    void broke(UpstreamOnLoop from, boolean kept) {
        if (kept && retry.afterBreak()) {
            askAfresh(from);
            return;
        }
        from.responseFailed();
        if (retry.afterBreak() && proxy.pool().retryBudget().take(System.nanoTime())) {
            leave(from);
            elsewhere(from);
            next();
        } else {
            exchange.fail(ProxyFailure.UPSTREAM_BROKE, TerminationCause.UPSTREAM_ABORT);
        }
    }

    /**
     * The upstream ended a kept connection as the request was on its way (RFC 9112 §9.3.1): no fault of it, and nothing that the retry
     * budget is for. It is asked again where there is no other, and never on a connection that may have the same end.
     */
    private void askAfresh(UpstreamOnLoop from) {
        leave(from);
        elsewhere(from);
        afresh = true;
        if (!tryServe()) {
            mayShare = false;
            go(from);
        }
    }

    /** It has to leave a shared connection, for no fault of its upstream's: it does not share again. */
    void moveOn() {
        UpstreamOnLoop from = upstream;
        if (exchange.stage() != ExchangeStage.WAITING || from == null) {
            return;
        }
        leave(from);
        mayShare = false;
        elsewhere(from);
        // Where there is no other, the same is asked again.
        if (!tryServe()) {
            go(from);
        }
    }

    /**
     * One that hangs is not waited for, where another can be asked and that does no harm; else nothing changes. No time alone shows
     * that it hangs: a check has to have failed.
     */
    void upstreamHangs() {
        UpstreamOnLoop hung = upstream;
        UpstreamConnection at = connection;
        if (exchange.stage() != ExchangeStage.WAITING
                || hung == null
                || at == null
                || !hung.isHanging()
                || !retry.mayRepeat()) {
            return;
        }
        UpstreamOnLoop other = proxy.pool().choose(record);
        if (other != null && proxy.pool().retryBudget().take(System.nanoTime()) && retry.afterBreak()) {
            hung.responseFailed();
            leave(hung);
            elsewhere(hung);
            at.abandon(exchange);
            record.tries(other);
            go(other);
        }
    }

    /**
     * The exchange has ended.
     *
     * @param whole whether an answer came to its end
     */
    void end(ExchangeStage last, boolean whole) {
        if (upstream != null) {
            if (whole) {
                upstream.responseCompleted();
            }
            if (last == ExchangeStage.WAITING) {
                upstream.stopAwaitingResponse();
            }
            upstream.end();
        }
    }

    /** It does not wait for its turn any more. */
    void outOfLine() {
        if (inLine) {
            inLine = false;
            record.dequeued();
        }
    }
}
