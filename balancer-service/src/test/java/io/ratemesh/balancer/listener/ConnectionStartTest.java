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
    void the_PROXY_protocol_of_version_1_says_whose_connection_it_is() throws Exception {
        try (ListenFixture front = ListenFixture.plain("balancer.http.proxy-protocol=true")) {
            String answer = front.exchange("PROXY TCP4 192.0.2.7 192.0.2.1 5000 443\r\n" + GET);

            assertThat(answer).startsWith("HTTP/1.1 200").containsIgnoringCase("X-Forwarded-For=192.0.2.7 ");
        }
    }

    @Test
    void so_does_version_2() throws Exception {
        try (ListenFixture front = ListenFixture.plain("balancer.http.proxy-protocol=true")) {
            String answer = front.exchange(version2("2001:db8::7") + GET);

            assertThat(answer).startsWith("HTTP/1.1 200").containsIgnoringCase("X-Forwarded-For=2001:db8:");
        }
    }

    @Test
    void behind_it_requests_are_guarded_as_ever() throws Exception {
        try (ListenFixture front = ListenFixture.plain("balancer.http.proxy-protocol=true")) {
            assertThat(front.exchange("PROXY TCP4 192.0.2.7 192.0.2.1 5000 443\r\nGET / HTTP/1.1\r\nHost : a\r\n\r\n"))
                    .startsWith("HTTP/1.1 400");
            assertThat(front.exchange("PROXY UNKNOWN\r\nGET / HTTP/1.1\r\n\r\n"))
                    .startsWith("HTTP/1.1 400");
            assertThat(front.refused).containsExactly(400, 400);
        }
    }

    @Test
    void whoever_does_not_introduce_itself_is_not_heard() throws Exception {
        try (ListenFixture front = ListenFixture.plain("balancer.http.proxy-protocol=true")) {
            assertThat(closedWithout(front, GET)).isTrue();
            assertThat(closedWithout(front, "PROXY TCP4 192.0.2.7 nonsense\r\n" + GET))
                    .isTrue();
        }
    }

    @Test
    void where_proxies_are_named_only_they_may_introduce_others() throws Exception {
        String introduced = "PROXY TCP4 192.0.2.7 192.0.2.1 5000 443\r\n" + GET;
        try (ListenFixture front =
                ListenFixture.plain("balancer.http.proxy-protocol=true", "balancer.trusted-proxies=[\"10.0.0.0/8\"]")) {
            assertThat(closedWithout(front, introduced)).isTrue();
        }
        try (ListenFixture front =
                ListenFixture.plain("balancer.http.proxy-protocol=true", "balancer.trusted-proxies=[\"127.0.0.1\"]")) {
            assertThat(front.exchange(introduced)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void before_TLS_it_says_the_same(@TempDir Path folder) throws Exception {
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
            assertThat(front.https.came).as("told of as what it is").hasValue(1);
            assertThat(front.http.came).hasValue(0);
        }
    }

    @Test
    void a_client_that_asks_too_often_is_told_when_to_come_back_and_others_are_not() throws Exception {
        try (ListenFixture front = ListenFixture.plain(
                "balancer.http.proxy-protocol=true",
                "balancer.limits.requests-per-second=1",
                "balancer.limits.burst=2")) {
            String get = "GET /api/x HTTP/1.1\r\nHost: a\r\n\r\n";
            String answers = front.exchange(
                    "PROXY TCP4 192.0.2.7 192.0.2.1 5000 443\r\n" + get + get + get + GET.replace("/x", "/y"));

            assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(5);
            assertThat(answers)
                    .contains("HTTP/1.1 429 Too Many Requests")
                    .containsIgnoringCase("Retry-After: 1")
                    .contains("\"code\":\"too-many-requests\"");
            assertThat(front.refused).containsExactly(429, 429);
            assertThat(front.exchange("PROXY TCP4 192.0.2.8 192.0.2.1 5000 443\r\n" + GET))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void another_rate_and_other_trusted_proxies_hold_on_connections_that_are_here() throws Exception {
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
            assertThat(statuses(client, 4)).as("nobody's in particular now").containsOnly("200");
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

    private static void write(Socket client, String octets) throws IOException {
        client.getOutputStream().write(octets.getBytes(ISO_8859_1));
    }

    @Test
    void loopback_is_no_client_and_may_ask_as_often_as_it_likes() throws Exception {
        try (ListenFixture front = ListenFixture.plain(
                "balancer.limits.requests-per-second=1", "balancer.limits.connections-per-client=1")) {
            for (int i = 0; i < 5; i++) {
                assertThat(front.exchange(GET)).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void one_connection_too_many_is_told_so_and_closed_until_another_is_gone() throws Exception {
        try (ListenFixture front = ListenFixture.plain("balancer.limits.connections=1")) {
            try (Socket first = new Socket("127.0.0.1", front.ports.http())) {
                await().until(() -> front.open.get() == 1);

                assertThat(front.exchange(""))
                        .startsWith("HTTP/1.1 503")
                        .contains("Connection: close", "Access-Control-Allow-Origin: *");
                await().untilAsserted(() -> assertThat(front.http.turnedAway).hasValue(1));
                assertThat(front.http.came).hasValue(1);
                assertThat(front.context.connections().refused()).isEqualTo(1);
                assertThat(first.isClosed()).isFalse();
            }
            await().until(() -> front.context.connections().open() == 0);
            assertThat(front.exchange(GET)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void one_client_has_no_more_connections_than_it_may() throws Exception {
        try (ListenFixture front = ListenFixture.plain(
                        "balancer.http.proxy-protocol=true", "balancer.limits.connections-per-client=1");
                Socket first = new Socket("127.0.0.1", front.ports.http())) {
            String introduction = "PROXY TCP4 192.0.2.7 192.0.2.1 5000 443\r\n";
            first.getOutputStream().write(introduction.getBytes(ISO_8859_1));
            await().until(() -> front.open.get() == 1);

            assertThat(front.exchange(introduction)).startsWith("HTTP/1.1 503");
            assertThat(front.exchange(introduction.replace("0.2.7", "0.2.8") + GET))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void where_TLS_is_wanted_of_all_others_are_sent_there(@TempDir Path folder) throws Exception {
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

    /** Whether the connection ends without an answer. */
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
