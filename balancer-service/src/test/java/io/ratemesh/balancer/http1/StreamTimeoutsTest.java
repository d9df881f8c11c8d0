package io.ratemesh.balancer.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.timeout.IdleStateEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // What a window holds back is never written.
class StreamTimeoutsTest {

    private final StreamTimeouts streams = new StreamTimeouts(Duration.ofSeconds(75));
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private boolean idle;

    @Test
    void a_silent_connection_is_idle() {
        begin();
        pass(74);
        channel.writeInbound(Unpooled.copyLong(1));
        pass(74);
        assertThat(idle).isFalse();

        pass(2);
        assertThat(idle).isTrue();
    }

    @Test
    void another_limit_applies_to_an_open_connection() {
        begin();
        streams.use(Duration.ofSeconds(200));
        pass(190);
        assertThat(idle).isFalse();

        pass(20);
        assertThat(idle).isTrue();
    }

    @Test
    void a_connection_whose_streams_wait_for_upstreams_is_not_idle() throws Exception {
        Http2ConnectionHandler http2 = new Http2ConnectionHandlerBuilder()
                .server(true)
                .frameListener(new Http2FrameAdapter())
                .build();
        channel.pipeline().addLast(http2);
        begin();
        Http2Stream waits = http2.connection().remote().createStream(1, true);

        pass(1000);
        assertThat(idle).isFalse();

        waits.close();
        pass(76);
        assertThat(idle).isTrue();
    }

    @Test
    void a_client_that_grants_no_window_is_idle() throws Exception {
        Http2ConnectionHandler http2 = new Http2ConnectionHandlerBuilder()
                .server(true)
                .frameListener(new Http2FrameAdapter())
                .build();
        channel.pipeline().addLast(http2);
        begin();
        http2.connection().remote().createStream(1, true);
        http2.connection().remote().createStream(3, true);
        ChannelHandlerContext context = channel.pipeline().context(http2);
        http2.encoder()
                .writeHeaders(context, 3, new DefaultHttp2Headers().status("200"), 0, false, context.newPromise());
        http2.encoder().writeData(context, 3, Unpooled.wrappedBuffer(new byte[100_000]), 0, true, context.newPromise());
        http2.flush(context);
        channel.releaseOutbound();

        pass(76);

        assertThat(idle).isTrue();
    }

    private void begin() {
        channel.freezeTime();
        channel.pipeline().addLast("handler", new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                idle |= event instanceof IdleStateEvent;
            }
        });
        streams.add(channel.pipeline());
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
        }
    }
}
