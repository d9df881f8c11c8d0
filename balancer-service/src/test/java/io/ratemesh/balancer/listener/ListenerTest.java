package io.ratemesh.balancer.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.node.settings.Settings;
import io.vertx.core.http.HttpConnection;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ListenerTest {

    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    @Test
    void a_request_belongs_to_the_listener_that_accepted_its_connection(@TempDir Path folder) throws Exception {
        TestCertificate certificate = new TestCertificate(folder, "site");
        try (ListenFixture front =
                ListenFixture.tls(folder, certificate, "balancer.h2c.port=0", "balancer.h2c.bind=127.0.0.1")) {
            front.exchange(REQUEST);
            front.exchange("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
            try (SSLSocket socket = front.tlsSocket(certificate.trusting(), "http/1.1")) {
                OutputStream out = socket.getOutputStream();
                out.write(REQUEST.getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
            }
            try (RawHttp2 client = new RawHttp2(front.tlsSocket(certificate.trusting(), "h2"))) {
                client.get(1);
                assertThat(client.body(1)).isNotEmpty();
            }
            try (RawHttp2 client = new RawHttp2(new java.net.Socket("127.0.0.1", front.ports.h2c()))) {
                client.get(1);
                assertThat(client.body(1)).isNotEmpty();
            }

            assertThat(front.listenerNames)
                    .containsExactly(
                            "front-door", "front-door", "front-door-tls~", "front-door-tls~", "front-door-h2c");
        }
    }

    @Test
    void a_connection_that_no_listener_accepted_has_none() {
        HttpConnection other = (HttpConnection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpConnection.class}, (self, method, arguments) -> {
                    throw new AssertionError(method.getName());
                });

        assertThatThrownBy(() -> Listener.of(other)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void there_is_a_listener_for_each_address_in_the_settings() {
        assertThat(names()).containsExactly("front-door");
        assertThat(names("balancer.tls.cert=c", "balancer.tls.key=k")).containsExactly("front-door", "front-door-tls");
        assertThat(names("balancer.tls.cert=c", "balancer.tls.key=k", "balancer.h2c.port=0"))
                .containsExactly("front-door", "front-door-tls", "front-door-h2c");
    }

    private static List<String> names(String... sets) {
        return Listener.configured(
                        Settings.load(Optional.empty(), List.of(sets), Map.of()).balancer(), new ConnectionLimit(1, 0))
                .stream()
                .map(Listener::name)
                .toList();
    }
}
