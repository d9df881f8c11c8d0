package io.ratemesh.balancer.proxy;

import io.netty.channel.ConnectTimeoutException;
import io.ratemesh.balancer.http.ProxyFailure;
import io.ratemesh.balancer.http.TerminationCause;
import io.ratemesh.balancer.http.TerminationPhase;
import io.ratemesh.balancer.loadbalance.RetryBudget;
import io.ratemesh.balancer.loadbalance.UpstreamSelection;
import io.ratemesh.balancer.proxy.RetryPolicy.Decision;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import io.ratemesh.balancer.upstream.connections.RequestFraming;
import io.ratemesh.balancer.upstream.connections.UpstreamConnection;
import io.ratemesh.balancer.upstream.connections.UpstreamConnections;
import io.ratemesh.balancer.upstream.transport.ClientAddresses;
import io.ratemesh.node.address.IpAddresses;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The attempts to get a response to one request: selects an upstream, connects to it, and repeats the request where the
 * {@link RetryPolicy} allows it. Ends with a response, with a failure or with the client.
 *
 * <pre>
 *   QUEUED --selected--> CONNECTING --connected--> AWAITING_RESPONSE --head--> DONE
 *     ^                      |                            |
 *     +---- not connected ---+                            |
 *     +---- no response: once more, where allowed --------+
 * </pre>
 */
final class UpstreamAttempts implements ExchangeState, UpstreamSelection.Owner, ClientAddresses {

    private enum Phase {
        QUEUED(TerminationPhase.QUEUE),
        CONNECTING(TerminationPhase.CONNECT),
        AWAITING_RESPONSE(TerminationPhase.RESPONSE_HEAD),
        DONE(TerminationPhase.DATA);

        private final TerminationPhase termination;

        Phase(TerminationPhase termination) {
            this.termination = termination;
        }
    }

    private final Proxy proxy;
    private final Exchange exchange;
    private final HttpServerRequest request;
    private final ExchangeRecord record;
    private final RetryPolicy policy;
    private final UpstreamSelection selection;

    /** What the client's affinity cookie names; null without one. */
    private final @Nullable String preferred;

    private Phase phase = Phase.QUEUED;
    private @Nullable UpstreamConnection connection;
    private int failedConnects;
    private boolean repeated;
    private final boolean upgrade;
    private boolean mayShare;
    private boolean freshOnly;

    /**
     * None is made yet.
     *
     * @param framing of the request
     */
    UpstreamAttempts(
            Proxy proxy,
            Exchange exchange,
            HttpServerRequest request,
            ExchangeRecord record,
            RetryPolicy policy,
            RequestFraming framing) {
        this.proxy = proxy;
        this.exchange = exchange;
        this.request = request;
        this.record = record;
        this.policy = policy;
        this.mayShare = framing.mayShare();
        this.upgrade = framing.upgrade() != null;
        this.selection = new UpstreamSelection(proxy.pool(), this);
        AffinityCookies affinity = proxy.affinity();
        this.preferred = affinity == null ? null : affinity.valueIn(request);
    }

    /** The upstream of the current attempt; null where there is none. */
    @Nullable
    UpstreamOnLoop upstream() {
        return selection.upstream();
    }

    /** The connection on which the request was sent; null before. */
    @Nullable
    UpstreamConnection connection() {
        return connection;
    }

    UpstreamSelection selection() {
        return selection;
    }

    boolean isAwaitingResponse() {
        return phase == Phase.AWAITING_RESPONSE;
    }

    @Override
    public TerminationPhase phase() {
        return phase.termination;
    }

    /** Selects an upstream and sends the request, from the queue where none is available. */
    void start() {
        UpstreamOnLoop selected = selection.select();
        if (selected != null) {
            connect(selected);
        } else if (repeated) {
            // A request on which an upstream may have acted is not queued: its client learns at once that it failed.
            exchange.fail(ProxyFailure.UPSTREAM_BROKE, TerminationCause.UPSTREAM_ABORT, TerminationPhase.RESPONSE_HEAD);
        } else if (selection.enqueue(System.nanoTime())) {
            record.queued();
        } else {
            // HAProxy's log has no other state for a full queue.
            exchange.fail(ProxyFailure.NONE_AVAILABLE, TerminationCause.UPSTREAM_ABORT, TerminationPhase.CONNECT);
        }
    }

    @Override
    public boolean hasPreference() {
        return preferred != null;
    }

    @Override
    public boolean prefers(UpstreamOnLoop server) {
        AffinityCookies affinity = proxy.affinity();
        return affinity != null && preferred != null && affinity.names(preferred, server.upstream());
    }

    @Override
    public int sourceHash() {
        Optional<String> header = proxy.pool().settings().affinity().header();
        String value = header.map(request::getHeader).orElse(null);
        if (value != null) {
            return value.hashCode();
        }
        return String.valueOf(IpAddresses.text(request.remoteAddress())).hashCode();
    }

    @Override
    public int uriHash() {
        return String.valueOf(request.path()).hashCode();
    }

    @Override
    public @Nullable InetSocketAddress source() {
        return IpAddresses.socketAddress(request.remoteAddress());
    }

    @Override
    public @Nullable InetSocketAddress destination() {
        return IpAddresses.socketAddress(request.localAddress());
    }

    @Override
    public void dequeued(UpstreamOnLoop selected, long nowNanos) {
        record.dequeued(nowNanos);
        connect(selected);
    }

    @Override
    public void queueTimedOut() {
        exchange.fail(ProxyFailure.NONE_AVAILABLE, TerminationCause.UPSTREAM_TIMEOUT, TerminationPhase.QUEUE);
    }

    private void connect(UpstreamOnLoop upstream) {
        upstream.startAwaitingResponse();
        UpstreamConnections connections = proxy.connections(upstream);
        UpstreamConnection ready = readyConnection(connections);
        if (ready != null) {
            record.connectionReused();
            send(upstream, ready);
            return;
        }
        phase = Phase.CONNECTING;
        record.connecting();
        Future<UpstreamConnection> open = upgrade ? connections.openHttp1(this) : connections.open(this);
        open.onComplete(opened -> connected(upstream, opened));
    }

    private @Nullable UpstreamConnection readyConnection(UpstreamConnections connections) {
        if (freshOnly) {
            return mayShare ? connections.busy() : null;
        }
        boolean repeatable = policy.mayRepeat(repeated);
        return upgrade ? connections.readyHttp1(mayShare, repeatable) : connections.ready(mayShare, repeatable);
    }

    private void connected(UpstreamOnLoop upstream, AsyncResult<UpstreamConnection> opened) {
        if (phase != Phase.CONNECTING || upstream != selection.upstream()) {
            if (opened.succeeded()) {
                opened.result().returnUnused();
            }
        } else if (opened.succeeded()) {
            record.connected();
            send(upstream, opened.result());
        } else {
            connectFailed(upstream, opened.cause() instanceof ConnectTimeoutException);
        }
    }

    private void connectFailed(UpstreamOnLoop upstream, boolean timedOut) {
        if (timedOut) {
            upstream.connectTimedOut();
        } else {
            upstream.connectRefused();
        }
        upstream.stopAwaitingResponse();
        phase = Phase.QUEUED;
        selection.release();
        failedConnects++;
        if (policy.afterFailedConnect(failedConnects) == Decision.REPEAT_ELSEWHERE) {
            countRetry(upstream);
            start();
        } else {
            exchange.fail(
                    ProxyFailure.UPSTREAM_BROKE,
                    timedOut ? TerminationCause.UPSTREAM_TIMEOUT : TerminationCause.UPSTREAM_ABORT,
                    TerminationPhase.CONNECT);
        }
    }

    private void send(UpstreamOnLoop upstream, UpstreamConnection to) {
        phase = Phase.AWAITING_RESPONSE;
        connection = to;
        exchange.sendRequest(upstream, to);
    }

    /** The head of the response was received. */
    void responseStarted(UpstreamOnLoop upstream) {
        exchange.stopTimeout();
        upstream.stopAwaitingResponse();
        phase = Phase.DONE;
    }

    private void stopAwaitingResponse(UpstreamOnLoop upstream) {
        exchange.stopTimeout();
        upstream.stopAwaitingResponse();
        phase = Phase.QUEUED;
        connection = null;
    }

    private void countRetry(UpstreamOnLoop failed) {
        record.retried();
        selection.countRetry(failed);
    }

    /**
     * The connection broke before the response started.
     *
     * @param kept whether it was kept from earlier responses, and no byte of this one was received
     */
    void connectionBroken(boolean kept) {
        UpstreamOnLoop failed = selection.upstream();
        if (!isAwaitingResponse() || failed == null) {
            return;
        }
        if (kept && policy.afterKeptConnectionEnded(repeated) == Decision.REPEAT_ON_FRESH_CONNECTION) {
            repeated = true;
            freshOnly = true;
            repeatElsewhereOrHere(failed);
            return;
        }
        failed.responseFailed();
        if (decideAfterNoResponse() == Decision.REPEAT_ELSEWHERE) {
            repeatElsewhere(failed);
        } else {
            exchange.fail(ProxyFailure.UPSTREAM_BROKE, TerminationCause.UPSTREAM_ABORT, TerminationPhase.RESPONSE_HEAD);
        }
    }

    /**
     * The upstream has not acted on the request: it is repeated as after a failed connect.
     *
     * @param resendable whether all of it is still there
     */
    void requestRefused(boolean resendable) {
        UpstreamOnLoop from = selection.upstream();
        if (!isAwaitingResponse() || from == null) {
            return;
        }
        failedConnects++;
        if (resendable && policy.afterFailedConnect(failedConnects) == Decision.REPEAT_ELSEWHERE) {
            repeatElsewhereOrHere(from);
        } else {
            from.responseFailed();
            exchange.fail(ProxyFailure.UPSTREAM_BROKE, TerminationCause.UPSTREAM_ABORT, TerminationPhase.RESPONSE_HEAD);
        }
    }

    /** The shared connection is needed for another response. This is no failure; the request is sent once more, and does not share again. */
    void displaced() {
        UpstreamOnLoop from = selection.upstream();
        if (isAwaitingResponse() && from != null) {
            mayShare = false;
            repeatElsewhereOrHere(from);
        }
    }

    /**
     * Repeats the request elsewhere if its upstream hangs and the policy allows it; else nothing changes. Time alone does not show that
     * it hangs: a check has to have failed.
     */
    void checkForHang() {
        UpstreamOnLoop hanging = selection.upstream();
        UpstreamConnection abandoned = connection;
        if (isAwaitingResponse()
                && hanging != null
                && abandoned != null
                && hanging.isHanging()
                && decideAfterNoResponse() == Decision.REPEAT_ELSEWHERE) {
            hanging.responseFailed();
            abandoned.abandon(exchange);
            repeatElsewhere(hanging);
        }
    }

    private Decision decideAfterNoResponse() {
        RetryBudget budget = proxy.pool().retryBudget();
        Decision decision = policy.afterNoResponse(repeated, selection.canSelect(), budget.hasLeft(System.nanoTime()));
        if (decision == Decision.DENIED_BY_BUDGET) {
            budget.deny();
        }
        return decision;
    }

    private void repeatElsewhere(UpstreamOnLoop failed) {
        proxy.pool().retryBudget().spend(System.nanoTime());
        repeated = true;
        stopAwaitingResponse(failed);
        countRetry(failed);
        start();
    }

    private void repeatElsewhereOrHere(UpstreamOnLoop from) {
        stopAwaitingResponse(from);
        countRetry(from);
        UpstreamOnLoop other = selection.select();
        if (other == null) {
            mayShare = false;
            other = selection.selectSame();
        }
        connect(other);
    }

    /**
     * The exchange has ended.
     *
     * @param complete whether a response was received completely
     */
    void end(boolean complete) {
        UpstreamOnLoop upstream = selection.upstream();
        selection.leaveQueue();
        if (upstream != null) {
            if (complete) {
                upstream.responseCompleted();
            }
            if (isAwaitingResponse() || phase == Phase.CONNECTING) {
                upstream.stopAwaitingResponse();
            }
        }
        phase = Phase.DONE;
        selection.release();
    }
}
