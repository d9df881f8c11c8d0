package io.ratemesh.benchmarks.idle;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.ratemesh.benchmarks.load.ConnectionGroup;
import io.ratemesh.benchmarks.process.Delay;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that send one request each and then stay open. */
final class IdleConnections implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final ConnectionGroup connections = new ConnectionGroup();
    private final AtomicInteger responses = new AtomicInteger();
    private final byte[] request;

    IdleConnections(String path) {
        this.request = ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(US_ASCII);
    }

    /**
     * Connects, and waits until each connection has its response.
     *
     * @throws IllegalStateException if a response is missing or is not a 200
     */
    void connect(int port, int count) {
        connections.connect(port, count, ignored -> bootstrap());
        if (!Delay.await(() -> responses.get() == count, TIMEOUT)) {
            throw new IllegalStateException(responses + " of " + count + " connections got a 200");
        }
    }

    long open() {
        return connections.open();
    }

    @Override
    public void close() {
        connections.close();
    }

    private Bootstrap bootstrap() {
        return connections.bootstrap().handler(new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                channel.pipeline().addLast(new HttpResponseDecoder(), new SingleRequest());
            }
        });
    }

    private final class SingleRequest extends SimpleChannelInboundHandler<HttpObject> {

        private boolean ok;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            var unused = context.writeAndFlush(Unpooled.wrappedBuffer(request));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
            if (message instanceof HttpResponse head) {
                ok = head.status().equals(HttpResponseStatus.OK);
            }
            if (message instanceof LastHttpContent && ok) {
                responses.incrementAndGet();
            }
        }

        /** A closed connection counts as not open. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var unused = context.close();
        }
    }
}
