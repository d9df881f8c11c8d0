package io.ratemesh.balancer.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import io.ratemesh.balancer.vertx.VertxConnections;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.transport.Transport;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class UnsentBytesLimitTest {

    /** What a kernel or a container may forbid. */
    @Test
    void unsent_bytes_are_limited_with_io_uring() throws Exception {
        assumeTrue(Transport.IO_URING != null && Transport.IO_URING.available(), "io_uring is not to be had here");
        assertThat(boundOf(Transport.IO_URING, IoUringChannelOption.TCP_NOTSENT_LOWAT))
                .isEqualTo(UnsentBytesLimit.MAX_BYTES);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void unsent_bytes_are_limited_with_epoll() throws Exception {
        assertThat(boundOf(Transport.EPOLL, EpollChannelOption.TCP_NOTSENT_LOWAT))
                .isEqualTo(UnsentBytesLimit.MAX_BYTES);
    }

    @Test
    void unsent_bytes_are_not_limited_with_NIO() throws Exception {
        assertThat(boundOf(Transport.NIO, EpollChannelOption.TCP_NOTSENT_LOWAT)).isNull();
    }

    private static @Nullable Long boundOf(Transport transport, ChannelOption<Long> option) throws Exception {
        Vertx vertx = Vertx.builder().withTransport(transport).build();
        try {
            CompletableFuture<Channel> accepted = new CompletableFuture<>();
            HttpServer server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                    .connectionHandler(connection -> {
                        Channel channel = VertxConnections.channel(connection);
                        UnsentBytesLimit.apply(channel);
                        accepted.complete(channel);
                    })
                    .requestHandler(request -> request.response().end())
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            try (Socket client = new Socket("127.0.0.1", server.actualPort())) {
                assertThat(client.isConnected()).isTrue();
                return accepted.get(10, TimeUnit.SECONDS).config().getOption(option);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }
}
