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
import io.ratemesh.benchmarks.process.PausedProcess;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that ask for one thing and then keep their connection without a word. */
final class IdleConnections implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ConnectionGroup crowd = new ConnectionGroup();
    private final AtomicInteger answered = new AtomicInteger();
    private final byte[] request;

    IdleConnections(String path) {
        this.request = ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(US_ASCII);
    }

    /**
     * Connects as many, and waits until each has its answer.
     *
     * @throws IllegalStateException where not all have
     */
    void connect(int port, int count) {
        crowd.connect(port, count, ignored -> bootstrap());
        if (!PausedProcess.until(() -> answered.get() == count, PATIENCE)) {
            throw new IllegalStateException(answered + " of " + count + " had a good answer");
        }
    }

    /** How many are still there. */
    long open() {
        return crowd.open();
    }

    @Override
    public void close() {
        crowd.close();
    }

    private Bootstrap bootstrap() {
        return crowd.bootstrap().handler(new ChannelInitializer<SocketChannel>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                channel.pipeline().addLast(new HttpResponseDecoder(), new Asking());
            }
        });
    }

    private final class Asking extends SimpleChannelInboundHandler<HttpObject> {

        private boolean good;

        @Override
        public void channelActive(ChannelHandlerContext context) {
            var unused = context.writeAndFlush(Unpooled.wrappedBuffer(request));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
            if (part instanceof HttpResponse head) {
                good = head.status().equals(HttpResponseStatus.OK);
            }
            if (part instanceof LastHttpContent && good) {
                answered.incrementAndGet();
            }
        }

        /** It then shows as one that is not there any more. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var unused = context.close();
        }
    }
}
