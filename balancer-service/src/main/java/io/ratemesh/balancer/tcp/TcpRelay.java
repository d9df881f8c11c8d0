package io.ratemesh.balancer.tcp;

import io.netty.channel.Channel;
import io.ratemesh.balancer.http.ConnectionResets;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a client and the one to the server that was selected for it. It counts as one request from the selection to the
 * end. Nothing but a header of the PROXY protocol is read from the client before both are joined.
 *
 * <pre>
 *   ACCEPTED --client known--> CONNECTING --connected--> JOINED --a FIN each way--> ENDED
 *      |                           |                       |                          ^
 *      +--- refused ---------------+--- no server ---------+--- RST, idle, drain -----+
 * </pre>
 */
final class TcpRelay {

    private enum State {
        ACCEPTED,
        CONNECTING,
        JOINED,
        ENDED
    }

    /** TCP has no status; its responses are counted in the class of others. */
    private static final int NO_STATUS = 0;

    private final TcpProxy proxy;
    private final TcpConnection client;
    private final TcpAttempts attempts;
    private State state = State.ACCEPTED;
    private @Nullable TcpConnection server;
    private long lastActiveNanos;

    TcpRelay(TcpProxy proxy, Channel accepted, TcpSession session) {
        this.proxy = proxy;
        this.client = new TcpConnection(this, accepted);
        this.attempts = new TcpAttempts(proxy, this, session);
    }

    TcpConnection client() {
        return client;
    }

    boolean isEnded() {
        return state == State.ENDED;
    }

    /** The client is known, and its connection can be read. */
    void clientReady() {
        if (state == State.ACCEPTED) {
            state = State.CONNECTING;
            attempts.start();
        }
    }

    /** The header of the PROXY protocol is missing or invalid. */
    void proxyHeaderInvalid() {
        if (state == State.ACCEPTED) {
            proxy.counts().proxyHeaderInvalid();
            end();
            client.reset();
        }
    }

    /** The header of the PROXY protocol names a client with too many connections. */
    void clientLimitExceeded() {
        proxy.counts().clientLimitExceeded();
        end();
        client.reset();
    }

    void noServerAvailable() {
        proxy.counts().noServerAvailable();
        end();
        client.close();
    }

    /** The server is connected: from now on bytes are relayed. */
    void join(TcpConnection connected) {
        server = connected;
        state = State.JOINED;
        lastActiveNanos = System.nanoTime();
        client.join(connected);
        if (state == State.JOINED) {
            connected.join(client);
        }
    }

    /** Bytes are relayed from one connection to the other. */
    void relaying(TcpConnection from, int bytes) {
        UpstreamOnLoop upstream = attempts.upstream();
        if (upstream == null) {
            return;
        }
        if (from == client) {
            proxy.counts().received(bytes);
            upstream.bytesSent(bytes);
            return;
        }
        proxy.counts().sent(bytes);
        upstream.bytesReceived(bytes);
        if (!from.hasSent()) {
            upstream.responseStarted(NO_STATUS);
        }
    }

    /** A FIN was passed on. After one each way the relay has ended. */
    void finSent() {
        if (server != null && client.isFinSent() && server.isFinSent()) {
            end();
            client.close();
            server.close();
        }
    }

    /** A connection was lost before both had sent a FIN. The other one is reset, so that its peer does not take that for a regular end. */
    void connectionLost(TcpConnection lost) {
        if (isEnded() || (lost != client && lost != server)) {
            return;
        }
        UpstreamOnLoop upstream = attempts.upstream();
        if (lost == client) {
            proxy.counts().clientAborted();
            if (upstream != null) {
                upstream.clientAborted();
            }
        } else if (upstream != null && !lost.isInputEnded()) {
            countServerAbort(upstream, lost);
        }
        end();
        client.reset();
        if (server != null) {
            server.reset();
        }
    }

    private static void countServerAbort(UpstreamOnLoop upstream, TcpConnection lost) {
        if (lost.hasSent()) {
            upstream.connectionBroken();
        } else {
            upstream.responseFailed();
        }
    }

    /** Closes the relay if it is idle for {@code idleNanos} or a connection was reset; to be called regularly. */
    void sweep(long nowNanos, long idleNanos, ConnectionResets resets) {
        if (state != State.JOINED || server == null) {
            return;
        }
        client.sweep();
        server.sweep();
        if (client.isActive() || server.isActive()) {
            lastActiveNanos = nowNanos;
        }
        if (client.isReset(resets)) {
            connectionLost(client);
        } else if (server.isReset(resets)) {
            connectionLost(server);
        } else if (nowNanos - lastActiveNanos >= idleNanos) {
            proxy.counts().idleTimedOut();
            closeBoth();
        }
    }

    /** Closes both connections at the end of a drain. */
    void drainTimedOut() {
        if (!isEnded()) {
            proxy.counts().drainTimedOut();
            closeBoth();
        }
    }

    private void closeBoth() {
        end();
        client.closeOrReset();
        if (server != null) {
            server.closeOrReset();
        }
    }

    /** Bytes that were read and are not written yet. */
    long pending() {
        return client.pending() + (server == null ? 0 : server.pending());
    }

    /** Everything is counted before this call, because it may complete a drain. */
    private void end() {
        if (!isEnded()) {
            state = State.ENDED;
            attempts.end();
            proxy.ended(this);
        }
    }
}
