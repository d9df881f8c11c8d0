package io.ratemesh.balancer.tcp;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import io.ratemesh.balancer.loadbalance.UpstreamSelection;
import io.ratemesh.balancer.upstream.UpstreamAddresses;
import io.ratemesh.balancer.upstream.UpstreamOnLoop;
import java.io.FileNotFoundException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;

/** The attempts to connect a client to a server: one after the other, none twice, from the queue where none is available. */
final class TcpAttempts implements UpstreamSelection.Owner {

    private final TcpProxy proxy;
    private final TcpRelay relay;
    private final TcpSession session;
    private final UpstreamSelection selection;
    private @Nullable TcpConnection connecting;
    private long connectStartNanos;
    private boolean ended;

    TcpAttempts(TcpProxy proxy, TcpRelay relay, TcpSession session) {
        this.proxy = proxy;
        this.relay = relay;
        this.session = session;
        this.selection = new UpstreamSelection(proxy.pool(), this);
    }

    /** The server of the current attempt, and then of the connection; null where there is none. */
    @Nullable
    UpstreamOnLoop upstream() {
        return selection.upstream();
    }

    /** Selects a server and connects to it. */
    void start() {
        UpstreamOnLoop selected = selection.select();
        if (selected != null) {
            connect(selected);
        } else if (!selection.enqueue(System.nanoTime())) {
            relay.noServerAvailable();
        }
    }

    /** The relay has ended. */
    void end() {
        ended = true;
        selection.leaveQueue();
        selection.release();
        if (connecting != null) {
            connecting.reset();
        }
    }

    @Override
    public int sourceHash() {
        return session.client().hashCode();
    }

    /** There is no URI; the settings of a TCP listener do not allow a policy that uses it. */
    @Override
    public int uriHash() {
        return 0;
    }

    @Override
    public void dequeued(UpstreamOnLoop selected, long nowNanos) {
        connect(selected);
    }

    @Override
    public void queueTimedOut() {
        relay.noServerAvailable();
    }

    private void connect(UpstreamOnLoop upstream) {
        connectStartNanos = System.nanoTime();
        UpstreamAddresses addresses = upstream.upstream().addresses();
        connect(upstream, addresses.current(), addresses.all().size());
    }

    /** Connects to an address, and where that fails to the next ones, as many as there are. */
    private void connect(UpstreamOnLoop upstream, @Nullable InetAddress address, int left) {
        ChannelFuture connect = proxy.connect(upstream.upstream(), address);
        TcpConnection server = new TcpConnection(relay, connect.channel());
        connect.channel().pipeline().addLast(server);
        connecting = server;
        // Where no socket could be opened, this is called on another thread.
        connect.addListener(connected -> proxy.onLoop(() -> {
            Throwable failure = connected.cause();
            InetAddress next = failure == null || address == null
                    ? null
                    : upstream.upstream().addresses().failOver(address);
            if (!ended && next != null && left > 1) {
                server.close();
                connect(upstream, next, left - 1);
            } else {
                connected(upstream, server, failure);
            }
        }));
    }

    private void connected(UpstreamOnLoop upstream, TcpConnection server, @Nullable Throwable failure) {
        if (ended) {
            server.reset();
            return;
        }
        connecting = null;
        if (failure == null) {
            upstream.recordLatency(System.nanoTime() - connectStartNanos);
            proxy.introduce(server.channel(), session);
            relay.join(server);
        } else {
            connectFailed(upstream, server, failure);
        }
    }

    private void connectFailed(UpstreamOnLoop upstream, TcpConnection server, Throwable failure) {
        if (isRefused(failure)) {
            upstream.connectRefused();
        } else {
            upstream.connectTimedOut();
        }
        selection.countRetry(upstream);
        server.close();
        selection.release();
        start();
    }

    /** Whether the server does not listen, in contrast to a timeout and to a failure on this machine. */
    private static boolean isRefused(Throwable failure) {
        return !(failure instanceof ConnectTimeoutException)
                && (failure instanceof SocketException
                        || failure instanceof UnresolvedAddressException
                        // Of a unix socket.
                        || failure instanceof FileNotFoundException);
    }
}
