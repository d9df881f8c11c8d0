package io.ratemesh.balancer.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.transport.Transport;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TcpKeepAliveTest {

    @Test
    void a_socket_of_nio_fails_soon_after_its_peer_is_gone() throws Exception {
        assertEnabled(
                Transport.NIO,
                NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE),
                NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL),
                NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT));
    }

    @Test
    void a_socket_of_epoll_fails_soon_after_its_peer_is_gone() throws Exception {
        assertEnabled(
                Transport.EPOLL,
                EpollChannelOption.TCP_KEEPIDLE,
                EpollChannelOption.TCP_KEEPINTVL,
                EpollChannelOption.TCP_KEEPCNT);
    }

    @Test
    void a_socket_of_io_uring_fails_soon_after_its_peer_is_gone() throws Exception {
        assertEnabled(
                Transport.IO_URING,
                IoUringChannelOption.TCP_KEEPIDLE,
                IoUringChannelOption.TCP_KEEPINTVL,
                IoUringChannelOption.TCP_KEEPCNT);
    }

    private static void assertEnabled(
            @Nullable Transport transport,
            ChannelOption<Integer> idle,
            ChannelOption<Integer> interval,
            ChannelOption<Integer> count)
            throws Exception {
        assumeThat(transport != null && transport.available()).isTrue();
        Vertx vertx = Vertx.builder().withTransport(transport).build();
        try {
            NetServer server = await(vertx.createNetServer()
                    .connectHandler(ignored -> {})
                    .listen(0, "127.0.0.1")
                    .toCompletionStage());
            NetClient client = vertx.createNetClient();
            NetSocket socket =
                    await(client.connect(server.actualPort(), "127.0.0.1").toCompletionStage());
            Channel channel = VertxConnections.channel(socket);

            TcpKeepAlive.enable(channel);

            assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
            assertThat(channel.config().getOption(idle)).isEqualTo(TcpKeepAlive.IDLE_SECONDS);
            assertThat(channel.config().getOption(interval)).isEqualTo(TcpKeepAlive.INTERVAL_SECONDS);
            assertThat(channel.config().getOption(count)).isEqualTo(TcpKeepAlive.PROBES);
        } finally {
            await(vertx.close().toCompletionStage());
        }
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
