package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, as whom, and how often. */
class ConnectionStartTest {

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private static final String GET = "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    @Test
    void PROXY_protocol_version_1_gives_the_client() throws Exception {
        try (ListenFixture front = ListenFixture.plain("balancer.http.proxy-protocol=true")) {
            String response = front.exchange("PROXY TCP4 192.0.2.7 192.0.2.1 5000 443\r\n" + GET);

            assertThat(response).startsWith("HTTP/1.1 200").containsIgnoringCase("X-Forwarded-For=192.0.2.7 ");
        }
    }

    @Test
    void PROXY_protocol_version_2_gives_the_client() throws Exception {
        try (ListenFixture front = ListenFixture.plain("balancer.http.proxy-protocol=true")) {
            String response = front.exchange(version2("2001:db8::7") + GET);

            assertThat(response).startsWith("HTTP/1.1 200").containsIgnoringCase("X-Forwarded-For=2001:db8:");
        }
    }

    @Test
    void requests_after_the_header_are_guarded() throws Exception {
        try (ListenFixture front = ListenFixture.plain("balancer.http.proxy-protocol=true")) {
            assertThat(front.exchange("PROXY TCP4 192.0.2.7 192.0.2.1 5000 443\r\nGET / HTTP/1.1\r\nHost : a\r\n\r\n"))
                    .startsWith("HTTP/1.1 400");
            assertThat(front.exchange("PROXY UNKNOWN\r\nGET / HTTP/1.1\r\n\r\n"))
                    .startsWith("HTTP/1.1 400");
            assertThat(front.rejected).containsExactly(400, 400);
        }
    }

    @Test
    void a_connection_without_a_valid_header_is_closed() throws Exception {
        try (ListenFixture front = ListenFixture.plain("balancer.http.proxy-protocol=true")) {
            assertThat(closedWithout(front, GET)).isTrue();
            assertThat(closedWithout(front, "PROXY TCP4 192.0.2.7 nonsense\r\n" + GET))
                    .isTrue();
        }
    }

    @Test
    void only_trusted_proxies_may_send_a_header() throws Exception {
        String withHeader = "PROXY TCP4 192.0.2.7 192.0.2.1 5000 443\r\n" + GET;
        try (ListenFixture front =
                ListenFixture.plain("balancer.http.proxy-protocol=true", "balancer.trusted-proxies=[\"10.0.0.0/8\"]")) {
            assertThat(closedWithout(front, withHeader)).isTrue();
        }
        try (ListenFixture front =
                ListenFixture.plain("balancer.http.proxy-protocol=true", "balancer.trusted-proxies=[\"127.0.0.1\"]")) {
            assertThat(front.exchange(withHeader)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void a_header_before_TLS_gives_the_client(@TempDir Path folder) throws Exception {
        TestCertificate certificate = new TestCertificate(folder, "site");
        try (ListenFixture front = ListenFixture.tls(folder, certificate, "balancer.tls.proxy-protocol=true");
                Socket wire = new Socket("127.0.0.1", front.ports.tls())) {
            wire.getOutputStream().write("PROXY TCP4 192.0.2.7 192.0.2.1 5000 443\r\n".getBytes(ISO_8859_1));
            SSLSocket socket = (SSLSocket)
                    certificate.trusting().getSocketFactory().createSocket(wire, "127.0.0.1", front.ports.tls(), true);
            socket.getOutputStream().write(GET.getBytes(ISO_8859_1));

            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("X-Forwarded-For=192.0.2.7 ");
            assertThat(front.https.opened).as("reported at its listener").hasValue(1);
            assertThat(front.http.opened).hasValue(0);
        }
    }

    @Test
    void a_client_over_its_rate_gets_429_and_others_do_not() throws Exception {
        try (ListenFixture front = ListenFixture.plain(
                "balancer.http.proxy-protocol=true",
                "balancer.limits.requests-per-second=1",
                "balancer.limits.burst=2")) {
            String get = "GET /api/x HTTP/1.1\r\nHost: a\r\n\r\n";
            String responses = front.exchange(
                    "PROXY TCP4 192.0.2.7 192.0.2.1 5000 443\r\n" + get + get + get + GET.replace("/x", "/y"));

            assertThat(responses.split("HTTP/1.1 ", -1)).hasSize(5);
            assertThat(responses)
                    .contains("HTTP/1.1 429 Too Many Requests")
                    .containsIgnoringCase("Retry-After: 1")
                    .contains("\"code\":\"too-many-requests\"");
            assertThat(front.rejected).containsExactly(429, 429);
            assertThat(front.exchange("PROXY TCP4 192.0.2.8 192.0.2.1 5000 443\r\n" + GET))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void a_reload_of_rate_and_trusted_proxies_applies_to_open_connections() throws Exception {
        try (ListenFixture front = ListenFixture.plain(
                        "balancer.http.proxy-protocol=true", "balancer.trusted-proxies=[\"127.0.0.1\"]");
                Socket client = new Socket("127.0.0.1", front.ports.http())) {
            client.setSoTimeout(10_000);
            write(client, "PROXY TCP4 192.0.2.7 192.0.2.1 5000 443\r\n");
            assertThat(statuses(client, 5)).containsOnly("200");

            front.reload("balancer.limits.requests-per-second=1", "balancer.limits.burst=2");
            assertThat(statuses(client, 4)).containsExactly("200", "200", "429", "429");

            front.reload(
                    "balancer.limits.requests-per-second=1",
                    "balancer.limits.burst=2",
                    "balancer.trusted-proxies=[\"127.0.0.1\",\"192.0.2.0/24\"]");
            assertThat(statuses(client, 4)).as("a trusted proxy now").containsOnly("200");
        }
    }

    /** Sends requests one after the other on one connection. */
    private static List<String> statuses(Socket client, int requests) throws IOException {
        List<String> statuses = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            write(client, "GET /api/x HTTP/1.1\r\nHost: a\r\n\r\n");
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) client.getInputStream().read());
            }
            Matcher length = LENGTH.matcher(head);
            assertThat(length.find()).as(head.toString()).isTrue();
            client.getInputStream().readNBytes(Integer.parseInt(length.group(1)));
            statuses.add(head.substring(9, 12));
        }
        return statuses;
    }

    private static void write(Socket client, String bytes) throws IOException {
        client.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    }

    @Test
    void loopback_has_no_rate_limit() throws Exception {
        try (ListenFixture front = ListenFixture.plain(
                "balancer.limits.requests-per-second=1", "balancer.limits.connections-per-client=1")) {
            for (int i = 0; i < 5; i++) {
                assertThat(front.exchange(GET)).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void a_connection_over_the_limit_gets_503_until_another_is_closed() throws Exception {
        try (ListenFixture front = ListenFixture.plain("balancer.limits.connections=1")) {
            try (Socket first = new Socket("127.0.0.1", front.ports.http())) {
                await().until(() -> front.open.get() == 1);

                assertThat(front.exchange(""))
                        .startsWith("HTTP/1.1 503")
                        .contains("Connection: close", "Access-Control-Allow-Origin: *");
                await().untilAsserted(() -> assertThat(front.http.refused).hasValue(1));
                assertThat(front.http.opened).hasValue(1);
                assertThat(front.context.connections().refused()).isEqualTo(1);
                assertThat(first.isClosed()).isFalse();
            }
            await().until(() -> front.context.connections().open() == 0);
            assertThat(front.exchange(GET)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void a_client_is_limited_in_its_connections() throws Exception {
        try (ListenFixture front = ListenFixture.plain(
                        "balancer.http.proxy-protocol=true", "balancer.limits.connections-per-client=1");
                Socket first = new Socket("127.0.0.1", front.ports.http())) {
            String proxyHeader = "PROXY TCP4 192.0.2.7 192.0.2.1 5000 443\r\n";
            first.getOutputStream().write(proxyHeader.getBytes(ISO_8859_1));
            await().until(() -> front.open.get() == 1);

            assertThat(front.exchange(proxyHeader)).startsWith("HTTP/1.1 503");
            assertThat(front.exchange(proxyHeader.replace("0.2.7", "0.2.8") + GET))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void requests_are_redirected_to_HTTPS(@TempDir Path folder) throws Exception {
        TestCertificate certificate = new TestCertificate(folder, "site");
        try (ListenFixture front = ListenFixture.tls(folder, certificate, "balancer.http.to-https=true")) {
            assertThat(front.exchange("GET /a?b=c HTTP/1.1\r\nHost: site.example:80\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 308")
                    .containsIgnoringCase("Location: https://site.example:" + front.ports.tls() + "/a?b=c\r\n");
            for (String health : List.of("/health/ready", "/health", "/health?x")) {
                assertThat(front.exchange("GET " + health + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                        .startsWith("HTTP/1.1 200");
            }
            assertThat(front.exchange("GET /healthy HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 308");
        }
    }

    /** Whether the connection ends without a response. */
    private static boolean closedWithout(ListenFixture front, String request) {
        try {
            return front.exchange(request).isEmpty();
        } catch (IOException reset) {
            return true;
        }
    }

    private static String version2(String client) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(
                new byte[] {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A, 0x21, 0x21, 0, 36});
        out.write(InetAddress.getByName(client).getAddress());
        out.write(InetAddress.getByName("2001:db8::1").getAddress());
        out.write(new byte[] {0x13, (byte) 0x88, 0x01, (byte) 0xBB});
        return out.toString(ISO_8859_1);
    }
}
