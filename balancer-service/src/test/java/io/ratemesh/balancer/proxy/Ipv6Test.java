package io.ratemesh.balancer.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.http.TrustedProxies;
import io.ratemesh.balancer.loadbalance.PoolFixture;
import io.ratemesh.balancer.upstream.Upstream;
import io.ratemesh.node.settings.AddressRange;
import io.ratemesh.node.settings.ServerSettings;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** IPv6 clients and upstreams: addresses are written in the form of RFC 5952. */
class Ipv6Test {

    static Stream<Transport> transports() {
        return UpstreamResetsTest.transports();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_dual_stack_port_forwards_each_client_address_in_its_own_version(Transport transport) throws Exception {
        AddressRange trusted = AddressRange.parse("127.0.0.1").orElseThrow();
        ProxySettings settings = ProxySettings.of(8080).withTrusted(TrustedProxies.of(List.of(trusted)));
        try (ProxyFixture fixture = new ProxyFixture(settings, transport, "::")) {
            fixture.server("a", request -> request.response().end(request.getHeader("X-Forwarded-For")));

            assertThat(forwardedFor(fixture, "::1")).isEqualTo("::1");
            // Mapped into IPv6, it is still the address of a trusted proxy.
            assertThat(forwardedFor(fixture, "127.0.0.1")).isEqualTo("6.6.6.6, 127.0.0.1");
        }
    }

    @Test
    void a_request_without_host_gets_the_upstreams_in_brackets() throws Exception {
        try (ProxyFixture fixture = new ProxyFixture()) {
            int port = ProxyFixture.await(fixture.vertx
                            .createHttpServer()
                            .requestHandler(request -> request.response().end(request.getHeader("Host")))
                            .listen(0, "::1"))
                    .actualPort();
            Upstream upstream = fixture.pool.add("a", new ServerSettings("::1", port, 1, false));
            upstream.checkCompleted(PoolFixture.passed());

            assertThat(fixture.raw("GET / HTTP/1.0\r\n\r\n", "never")).endsWith("\r\n\r\n[::1]:" + port);
        }
    }

    private static String forwardedFor(ProxyFixture fixture, String host) throws IOException {
        try (Socket socket = new Socket(host, fixture.port())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 6.6.6.6\r\nConnection: close\r\n\r\n"
                            .getBytes(ISO_8859_1));
            String response = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            return response.substring(response.indexOf("\r\n\r\n") + 4);
        }
    }
}
