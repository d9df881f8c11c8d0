package io.ratemesh.balancer.tcp;

import io.netty.channel.Channel;
import io.ratemesh.balancer.http.ConnectionResets;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection and the one to the server that was chosen for it. It counts as one request under way from the choice to
 * the end. Nothing is read from the client until it is joined, but what a proxy says of it.
 *
 * <pre>
 *   ARRIVING --known who--> SEARCHING --connected--> JOINED --both sent a FIN--> ENDED
 *      |                        |                      |                          ^
 *      +--- refused ------------+--- turned away ------+--- RST, idle, cut -------+
 * </pre>
 */
final class TcpRelay {

    private enum Stage {
        ARRIVING,
        SEARCHING,
        JOINED,
        ENDED
    }

    /** Of the classes of answers that are counted: none of HTTP's. */
    private static final int HEARD = 0;

    private final TcpProxy proxy;
    private final TcpSession visit;
    private final TcpConnection client;

    private Stage stage = Stage.ARRIVING;
    private @Nullable TcpAttempts search;
    private @Nullable UpstreamOnLoop upstream;
    private @Nullable TcpConnection onward;
    private long movedNanos;

    TcpRelay(TcpProxy proxy, Channel accepted, TcpSession visit) {
        this.proxy = proxy;
        this.visit = visit;
        this.client = new TcpConnection(this, accepted);
    }

    TcpConnection client() {
        return client;
    }

    boolean over() {
        return stage == Stage.ENDED;
    }

    /** A connection is there: if it is the client's, a server is looked for. */
    void opened(TcpConnection side) {
        if (side == client && stage == Stage.ARRIVING) {
            stage = Stage.SEARCHING;
            search = new TcpAttempts(proxy, this, visit.from().hashCode());
            search.begin();
        }
    }

    /** Nobody said whose it is, though that was asked for. */
    void unintroduced() {
        if (stage == Stage.ARRIVING) {
            proxy.counts().invalidProxyHeaders();
            end();
            client.reset();
        }
    }

    /** Its client, now known, has too many. */
    void oneTooMany() {
        proxy.counts().clientLimitExceeded();
        end();
        client.reset();
    }

    /** No server takes it. */
    void turnedAway() {
        proxy.counts().noServerAvailable();
        end();
        client.close();
    }

    /** A server took it. */
    void join(UpstreamOnLoop server, TcpConnection side) {
        search = null;
        upstream = server;
        onward = side;
        stage = Stage.JOINED;
        movedNanos = System.nanoTime();
        client.join(side);
        if (stage == Stage.JOINED) {
            side.join(client);
        }
    }

    /** Bytes go from one side to the other. */
    void passing(TcpConnection from, int bytes) {
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
        if (!from.heard()) {
            upstream.responseStarted(HEARD);
        }
    }

    /** A FIN was passed on: with both of them it is over. */
    void toldEnd() {
        if (onward != null && client.toldEnd() && onward.toldEnd()) {
            end();
            client.close();
            onward.close();
        }
    }

    /** One side's connection is no more, without both having come to their end: the other must not take it for one. */
    void brokeOff(TcpConnection side) {
        if (over() || (side != client && side != onward)) {
            return;
        }
        if (side == client) {
            clientLeft();
        } else if (upstream != null) {
            side.speakAgainst(upstream);
        }
        end();
        client.reset();
        if (onward != null) {
            onward.reset();
        }
    }

    private void clientLeft() {
        proxy.counts().clientLeft();
        if (upstream != null) {
            upstream.clientAborted();
        } else if (search != null) {
            search.clientLeft();
        }
    }

    /** Lets time pass: it is closed if nothing came or went for {@code idleNanos}, or a side is found to be gone. */
    void sweep(long nowNanos, long idleNanos, ConnectionResets resets) {
        if (stage != Stage.JOINED || onward == null) {
            return;
        }
        boolean clientMoved = client.tookMoved();
        if (onward.tookMoved() || clientMoved) {
            movedNanos = nowNanos;
        }
        if (client.wasReset(resets)) {
            brokeOff(client);
        } else if (onward.wasReset(resets)) {
            brokeOff(onward);
        } else if (nowNanos - movedNanos >= idleNanos) {
            proxy.counts().idleTimeouts();
            sever();
        }
    }

    /** Closes both, since this balancer leaves. */
    void cut() {
        if (!over()) {
            proxy.counts().drainTimeouts();
            sever();
        }
    }

    private void sever() {
        end();
        client.sever();
        if (onward != null) {
            onward.sever();
        }
    }

    /** Bytes read and not yet written on. */
    long pending() {
        return client.pending() + (onward == null ? 0 : onward.pending());
    }

    /** Ends it in the books. What is to be counted is counted before: with the last one a drain is over. */
    private void end() {
        if (over()) {
            return;
        }
        stage = Stage.ENDED;
        proxy.ended(this);
        if (upstream != null) {
            upstream.end();
        } else if (search != null) {
            search.stop();
        }
    }
}
