package io.ratemesh.balancer.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.timeout.IdleStateEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SilentStreamsTest {

    private final SilentStreams streams = new SilentStreams(Duration.ofSeconds(75));
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private boolean told;

    @Test
    void a_connection_on_which_nothing_moves_is_told() {
        begin();
        pass(74);
        channel.writeInbound(Unpooled.copyLong(1));
        pass(74);
        assertThat(told).isFalse();

        pass(2);
        assertThat(told).isTrue();
    }

    @Test
    void another_time_holds_for_one_that_is_here() {
        begin();
        streams.use(Duration.ofSeconds(200));
        pass(190);
        assertThat(told).isFalse();

        pass(20);
        assertThat(told).isTrue();
    }

    private void begin() {
        channel.freezeTime();
        channel.pipeline().addLast("handler", new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                told |= event instanceof IdleStateEvent;
            }
        });
        streams.add(channel.pipeline(), "handler");
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
        }
    }
}
