package io.ratemesh.balancer.tcp;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import io.ratemesh.balancer.loadbalance.RequestQueue;
import io.ratemesh.balancer.loadbalance.SelectionContext;
import io.ratemesh.balancer.upstream.UpstreamAddresses;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for a server that takes a client's connection: one after the other, none of them twice, in line where none is available. */
final class TcpAttempts implements RequestQueue.QueuedRequest, SelectionContext {

    private final TcpProxy proxy;
    private final TcpRelay relay;
    private final int sourceHash;
    private final List<UpstreamOnLoop> tried = new ArrayList<>(1);

    private @Nullable UpstreamOnLoop asked;
    private @Nullable TcpConnection connecting;
    private long askedNanos;
    private boolean over;

    /** Does not look yet. */
    TcpAttempts(TcpProxy proxy, TcpRelay relay, int sourceHash) {
        this.proxy = proxy;
        this.relay = relay;
        this.sourceHash = sourceHash;
    }

    void begin() {
        if (!tryServe() && !proxy.pool().queue().enqueue(this, System.nanoTime())) {
            timedOut();
        }
    }

    /** The client does not want one any more. */
    void clientLeft() {
        if (asked != null) {
            asked.clientAborted();
        }
    }

    /** Stops looking; a server that is asked counts no more. */
    void stop() {
        over = true;
        if (asked != null) {
            asked.end();
        }
        if (connecting != null) {
            connecting.reset();
        }
    }

    @Override
    public boolean isWaiting() {
        return !over;
    }

    @Override
    public void timedOut() {
        if (!over) {
            relay.turnedAway();
        }
    }

    @Override
    public boolean hasTried(UpstreamOnLoop server) {
        return tried.contains(server);
    }

    @Override
    public int sourceHash() {
        return sourceHash;
    }

    /** There is no URI; settings refuse to choose by it. */
    @Override
    public int uriHash() {
        return 0;
    }

    @Override
    public boolean tryServe() {
        UpstreamOnLoop chosen = proxy.pool().choose(this);
        if (chosen == null) {
            return false;
        }
        tried.add(chosen);
        asked = chosen;
        chosen.begin();
        askedNanos = System.nanoTime();
        UpstreamAddresses addresses = chosen.upstream().addresses();
        connect(chosen, addresses.current(), addresses.all().size());
        return true;
    }

    /** Connects to an address, or to the next ones, as many as are left. */
    private void connect(UpstreamOnLoop chosen, @Nullable InetAddress address, int left) {
        ChannelFuture connects = proxy.connect(chosen.upstream(), address);
        TcpConnection side = new TcpConnection(relay, connects.channel());
        connects.channel().pipeline().addLast(side);
        connecting = side;
        // Where there was no socket to be had, this is said on a thread that is none of ours.
        connects.addListener(connected -> proxy.onLoop(() -> {
            Throwable failure = connected.cause();
            InetAddress next = failure == null || address == null
                    ? null
                    : chosen.upstream().addresses().failOver(address);
            if (!over && next != null && left > 1) {
                side.close();
                connect(chosen, next, left - 1);
            } else {
                connected(chosen, side, failure);
            }
        }));
    }

    private void connected(UpstreamOnLoop chosen, TcpConnection side, @Nullable Throwable failure) {
        if (over) {
            side.reset();
            return;
        }
        asked = null;
        connecting = null;
        if (failure == null) {
            over = true;
            chosen.recordLatency(System.nanoTime() - askedNanos);
            relay.join(chosen, side);
            return;
        }
        if (refuses(failure)) {
            chosen.connectRefused();
        } else {
            chosen.connectTimedOut();
        }
        chosen.redispatched();
        side.close();
        chosen.end();
        // Its end may have moved the line; this one has no place in it yet.
        begin();
    }

    /** Whether nobody listens there, as against not answering in time, or a fault of this machine. */
    private static boolean refuses(Throwable failure) {
        return !(failure instanceof ConnectTimeoutException)
                && (failure instanceof SocketException || failure instanceof UnresolvedAddressException);
    }
}
