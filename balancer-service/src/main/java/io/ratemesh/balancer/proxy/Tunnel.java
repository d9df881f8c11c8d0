package io.ratemesh.balancer.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import io.ratemesh.balancer.upstream.connections.UpstreamConnection;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.ratemesh.balancer.vertx.VertxMessages;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * Bytes both ways between a client and an upstream that agreed on another protocol than HTTP: a WebSocket, whose frames are none
 * of our business. Each side is read no faster than the other takes it.
 */
final class Tunnel {

    private final Exchange exchange;
    private final UpstreamConnection upstream;
    private @Nullable NetSocket client;
    private @Nullable Buffer early;
    private boolean moved;
    private int idleSweeps;

    Tunnel(Exchange exchange, UpstreamConnection upstream) {
        this.exchange = exchange;
        this.upstream = upstream;
    }

    /** The client's side is there. */
    void open(NetSocket socket) {
        client = socket;
        ChannelPipeline pipeline = VertxConnections.channel(socket).pipeline();
        if (pipeline.get(IdleStateHandler.class) != null) {
            // Its patience is that of requests; a tunnel's is its own.
            pipeline.remove(IdleStateHandler.class);
        }
        socket.handler(this::fromClient);
        // Not at once when it closes: while it is paused, what it sent last is still to go to the upstream.
        socket.endHandler(ignored -> exchange.tunnelLeft());
        socket.exceptionHandler(ignored -> exchange.tunnelLeft());
        if (early != null) {
            socket.write(early);
            early = null;
        }
    }

    void fromUpstream(ByteBuf bytes) {
        moved = true;
        Buffer part = VertxMessages.buffer(bytes);
        NetSocket to = client;
        if (to == null) {
            early = early == null ? part.copy() : early.appendBuffer(part);
            return;
        }
        to.write(part);
        if (to.writeQueueFull()) {
            upstream.reads(false);
            to.drainHandler(ignored -> upstream.reads(true));
        }
    }

    private void fromClient(Buffer part) {
        moved = true;
        exchange.sent(part.length());
        upstream.writeAndFlush(VertxMessages.bytes(part));
        if (upstream.isFull() && client != null) {
            client.pause();
        }
    }

    /** The upstream takes more. */
    void goOn() {
        if (client != null) {
            client.resume();
        }
    }

    /** Ends both sides, after what is on its way to them. */
    void end() {
        upstream.endAfterWrites();
        if (client != null) {
            client.end();
        }
    }

    /** To be called at times: whether nothing moved for so many calls. */
    boolean idleFor(int sweeps) {
        idleSweeps = moved ? 0 : idleSweeps + 1;
        moved = false;
        return idleSweeps > sweeps;
    }

    /** Gives it up for idle. */
    void giveUp() {
        exchange.cut();
    }
}
