package io.ratemesh.balancer.tcp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import io.ratemesh.balancer.pool.Asking;
import io.ratemesh.balancer.pool.UpstreamOnLoop;
import io.ratemesh.balancer.pool.WaitingLine;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection and the one to the server that was chosen for it. It counts as one request under way from the choice to
 * the end. Where no server is available it stands in line while CHOOSING; nothing is read from the client until it is joined.
 *
 * <pre>
 *   CHOOSING --connected--> JOINED --both sent a FIN--> ENDED
 *      ^  |                   |                           ^
 *      +--+ refused           +--- RST, idle, cut --------+
 * </pre>
 */
final class Relay implements WaitingLine.Waiting, Asking {

    private enum Stage {
        CHOOSING,
        JOINED,
        ENDED
    }

    /** Of the classes of answers that are counted: none of HTTP's. */
    private static final int HEARD = 0;

    private final TcpProxy proxy;
    private final Side client;
    private final List<UpstreamOnLoop> tried = new ArrayList<>(1);

    private Stage stage = Stage.CHOOSING;
    private @Nullable UpstreamOnLoop upstream;
    private @Nullable Side onward;
    private long connectNanos;
    private long movedNanos;

    Relay(TcpProxy proxy, Channel accepted) {
        this.proxy = proxy;
        this.client = new Side(this, accepted);
    }

    Side client() {
        return client;
    }

    /** A connection is there: if it is the client's, it is sent on. */
    void opened(Side side) {
        if (side == client && stage == Stage.CHOOSING) {
            forward();
        }
    }

    boolean over() {
        return stage == Stage.ENDED;
    }

    private void forward() {
        if (!served() && !proxy.pool().line().join(this, System.nanoTime())) {
            refused();
        }
    }

    @Override
    public boolean waits() {
        return stage == Stage.CHOOSING;
    }

    @Override
    public void refused() {
        if (!over()) {
            proxy.counts().turnedAway();
            end();
            client.close();
        }
    }

    @Override
    public boolean tried(UpstreamOnLoop server) {
        return tried.contains(server);
    }

    @Override
    public int sourceHash() {
        return client.channel().remoteAddress() instanceof InetSocketAddress from
                ? from.getAddress().hashCode()
                : 0;
    }

    /** There is no URI; settings refuse to choose by it. */
    @Override
    public int uriHash() {
        return 0;
    }

    @Override
    public boolean served() {
        UpstreamOnLoop chosen = proxy.pool().choose(this);
        if (chosen == null) {
            return false;
        }
        tried.add(chosen);
        upstream = chosen;
        chosen.begin();
        connectNanos = System.nanoTime();
        ChannelFuture connecting = proxy.connect(chosen.upstream());
        Side side = new Side(this, connecting.channel());
        connecting.channel().pipeline().addLast(side);
        onward = side;
        // Where there was no socket to be had, this is said on a thread that is none of ours.
        connecting.addListener(connected -> proxy.onLoop(() -> connected(chosen, side, connected.cause())));
        return true;
    }

    private void connected(UpstreamOnLoop chosen, Side side, @Nullable Throwable failure) {
        if (stage != Stage.CHOOSING) {
            side.reset();
            return;
        }
        if (failure != null) {
            if (refuses(failure)) {
                chosen.refusedConnect();
            } else {
                chosen.missedConnect();
            }
            chosen.retriedElsewhere();
            upstream = null;
            onward = null;
            side.close();
            chosen.end();
            // Its end may have moved the line; this one has no place in it yet.
            forward();
            return;
        }
        stage = Stage.JOINED;
        movedNanos = System.nanoTime();
        chosen.firstByteAfter(movedNanos - connectNanos);
        client.join(side);
        if (stage == Stage.JOINED) {
            side.join(client);
        }
    }

    /** Whether nobody listens there, as against not answering in time, or a fault of this machine. */
    private static boolean refuses(Throwable failure) {
        return !(failure instanceof ConnectTimeoutException)
                && (failure instanceof SocketException || failure instanceof UnknownHostException);
    }

    /** Bytes go from one side to the other. */
    void passing(Side from, int bytes) {
        if (upstream == null) {
            return;
        }
        if (from == client) {
            proxy.counts().received(bytes);
            upstream.sent(bytes);
            return;
        }
        proxy.counts().sent(bytes);
        upstream.received(bytes);
        if (!from.heard()) {
            upstream.answered(HEARD);
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
    void brokeOff(Side side) {
        boolean ofClient = side == client;
        boolean ofServer = side == onward && stage == Stage.JOINED;
        if (over() || !(ofClient || ofServer)) {
            return;
        }
        if (ofClient) {
            proxy.counts().clientLeft();
        }
        if (upstream != null) {
            blame(upstream, side, ofClient);
        }
        end();
        client.reset();
        if (onward != null) {
            onward.reset();
        }
    }

    private static void blame(UpstreamOnLoop server, Side side, boolean ofClient) {
        if (ofClient) {
            server.clientLeft();
        } else if (!side.ended()) {
            if (side.heard()) {
                server.brokeOffMidway();
            } else {
                server.brokeOff();
            }
        }
    }

    /** Lets time pass: it is closed if nothing came or went for {@code idleNanos}. */
    void sweep(long nowNanos, long idleNanos) {
        if (stage != Stage.JOINED || onward == null) {
            return;
        }
        boolean clientMoved = client.tookMoved();
        if (onward.tookMoved() || clientMoved) {
            movedNanos = nowNanos;
        } else if (nowNanos - movedNanos >= idleNanos) {
            proxy.counts().idled();
            sever();
        }
    }

    /** Closes both, since this balancer leaves. */
    void cut() {
        if (!over()) {
            proxy.counts().cut();
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
        }
    }
}
