package io.ratemesh.balancer.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.proxy.ServerProgram;
import io.ratemesh.node.cluster.TransportChoice;
import io.ratemesh.node.settings.TransportSetting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client of HTTP/2 and a server of WebSockets, both of Node, with the balancer between them. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebSocketOverHttp2Test {

    private final Path folder;
    private final int port = ServerProgram.freePort();
    private final ServerProgram server;
    private final ListenFixture front;

    WebSocketOverHttp2Test(@TempDir Path folder) throws IOException {
        this.folder = folder;
        try (InputStream in =
                Objects.requireNonNull(WebSocketOverHttp2Test.class.getResourceAsStream("/websocket.js"))) {
            Files.write(folder.resolve("websocket.js"), in.readAllBytes());
        }
        server = ServerProgram.start(folder, port, "node", "websocket.js", "server", String.valueOf(port));
        front = front("balancer.websocket-over-http2=true");
    }

    @AfterAll
    void close() {
        front.close();
        server.close();
    }

    private ListenFixture front(String setting) {
        return new ListenFixture(
                TransportChoice.choose(TransportSetting.AUTO), List.of("balancer.h2c.port=0", setting), port);
    }

    @ParameterizedTest
    @CsvSource({
        "websocket, /, '200 method=GET accept=undefined\n300005\nclosed'",
        "websocket, /closed, '403 method=undefined accept=undefined\nclosed'",
        "websocket, /plain, '502 method=undefined accept=undefined\nclosed'",
        "other, /, '501 method=undefined accept=undefined\nclosed'",
    })
    void a_stream_becomes_a_WebSocket_where_the_server_agrees(String protocol, String path, String output)
            throws Exception {
        assertThat(client(front, protocol, path)).isEqualTo(output);
    }

    @Test
    void it_is_not_offered_unless_it_is_set() throws Exception {
        try (ListenFixture other = front("balancer.websocket-over-http2=false")) {
            assertThat(client(other, "websocket", "/")).isEqualTo("not allowed");
        }
    }

    private String client(ListenFixture of, String protocol, String path) throws Exception {
        Process client = new ProcessBuilder(
                        "node", "websocket.js", "client", String.valueOf(of.ports.h2c()), protocol, path)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("client.txt").toFile())
                .start();
        boolean ended = client.waitFor(20, TimeUnit.SECONDS);
        client.destroyForcibly();
        String output = Files.readString(folder.resolve("client.txt")).strip();
        assertThat(ended).as(output).isTrue();
        return output;
    }
}
