package io.ratemesh.balancer.proxy;

import io.netty.buffer.ByteBuf;
import io.ratemesh.balancer.http.TerminationPhase;
import io.ratemesh.balancer.upstream.connections.UpstreamConnection;
import io.ratemesh.balancer.vertx.VertxMessages;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * Relays bytes both ways between a client and an upstream that have switched from HTTP to another protocol, such as WebSocket. Each
 * side is read no faster than the other takes it.
 */
final class Tunnel implements ExchangeState {

    private final Exchange exchange;
    private final UpstreamConnection upstream;
    private @Nullable NetSocket client;
    private @Nullable Buffer receivedEarly;
    private boolean active;
    private int idleSweeps;

    Tunnel(Exchange exchange, UpstreamConnection upstream) {
        this.exchange = exchange;
        this.upstream = upstream;
    }

    @Override
    public TerminationPhase phase() {
        return TerminationPhase.DATA;
    }

    /** The client's connection has become a socket. */
    void open(NetSocket socket) {
        client = socket;
        socket.handler(this::sendToUpstream);
        // Not the close handler: while the socket is paused, the client's last bytes are still to be sent to the
        // upstream.
        socket.endHandler(ignored -> exchange.tunnelClosed());
        socket.exceptionHandler(ignored -> exchange.tunnelClosed());
        if (receivedEarly != null) {
            socket.write(receivedEarly);
            receivedEarly = null;
        }
    }

    void sendToClient(ByteBuf bytes) {
        active = true;
        Buffer part = VertxMessages.buffer(bytes);
        NetSocket to = client;
        if (to == null) {
            receivedEarly = receivedEarly == null ? part.copy() : receivedEarly.appendBuffer(part);
            return;
        }
        to.write(part);
        if (to.writeQueueFull()) {
            upstream.setReading(false);
            to.drainHandler(ignored -> upstream.setReading(true));
        }
    }

    private void sendToUpstream(Buffer part) {
        active = true;
        exchange.bytesSent(part.length());
        upstream.writeAndFlush(VertxMessages.bytes(part));
        if (upstream.isFull() && client != null) {
            client.pause();
        }
    }

    /** The upstream takes more. */
    void resumeClient() {
        if (client != null) {
            client.resume();
        }
    }

    /** Closes both sides, after the bytes that were written to them. */
    void end() {
        upstream.closeAfterWrites();
        if (client != null) {
            client.end();
        }
    }

    /**
     * Closes it if it is idle; to be called regularly.
     *
     * @param maxIdle consecutive calls without a byte in between
     */
    void sweep(int maxIdle) {
        idleSweeps = active ? 0 : idleSweeps + 1;
        active = false;
        if (idleSweeps > maxIdle) {
            exchange.endStream();
        }
    }
}
