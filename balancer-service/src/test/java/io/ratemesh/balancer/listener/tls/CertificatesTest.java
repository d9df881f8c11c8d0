package io.ratemesh.balancer.listener.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.listener.ListenFixture;
import io.ratemesh.balancer.listener.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificatesTest {

    private static TestCertificate first;
    private static TestCertificate second;
    private static TestCertificate third;

    private final Path folder;

    CertificatesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeAll
    static void make(@TempDir Path shared) throws Exception {
        first = new TestCertificate(shared, "first");
        second = new TestCertificate(shared, "second", "-keyalg", "RSA", "-keysize", "2048");
        third = new TestCertificate(shared, "third");
    }

    @Test
    void a_new_certificate_is_used_and_open_connections_stay() throws Exception {
        try (ListenFixture front = ListenFixture.tls(folder, first);
                SSLSocket open = front.tlsSocket(first.trusting(), "http/1.1")) {
            assertThat(served(front, first)).isEqualTo(first.certificate);
            assertThat(get(open)).startsWith("HTTP/1.1 200");

            second.writeTo(folder.resolve("cert.pem"), folder.resolve("key.pem"));

            await().atMost(Duration.ofSeconds(15)).until(() -> trusted(front, second));
            assertThat(get(open)).startsWith("HTTP/1.1 200");
            assertThat(front.events)
                    .extracting(event -> event.getString("type"))
                    .containsExactly("certificate-replaced");
        }
    }

    @Test
    void a_key_of_another_certificate_is_rejected_and_the_old_one_stays() throws Exception {
        try (ListenFixture front = ListenFixture.tls(folder, first)) {
            Files.writeString(folder.resolve("cert.pem"), third.certificatePem);

            await().atMost(Duration.ofSeconds(15)).until(() -> front.events.size() == 1);
            assertThat(served(front, first)).isEqualTo(first.certificate);
            assertThat(front.events.element().getString("type")).isEqualTo("certificate-rejected");
            assertThat(front.events.element().getString("detail"))
                    .isEqualTo("the old one stays in use: the key does not belong to the first certificate");

            second.writeTo(folder.resolve("cert.pem"), folder.resolve("key.pem"));
            await().atMost(Duration.ofSeconds(15)).until(() -> trusted(front, second));
        }
    }

    @Test
    void a_file_that_is_missing_or_not_PEM_is_rejected() throws Exception {
        try (ListenFixture front = ListenFixture.tls(folder, first)) {
            Files.writeString(folder.resolve("cert.pem"), "not a certificate");
            await().atMost(Duration.ofSeconds(15)).until(() -> front.events.size() == 1);
            Files.delete(folder.resolve("key.pem"));
            await().atMost(Duration.ofSeconds(15)).until(() -> front.events.size() == 2);

            assertThat(front.events)
                    .extracting(event -> event.getString("type"))
                    .containsOnly("certificate-rejected");
            assertThat(served(front, first)).isEqualTo(first.certificate);
        }
    }

    @Test
    void a_start_with_an_invalid_certificate_names_the_files() {
        assertThatThrownBy(() -> ListenFixture.tls(folder, first, "balancer.tls.key=" + folder.resolve("none.pem")))
                .hasStackTraceContaining("balancer.tls: " + folder.resolve("cert.pem"))
                .hasStackTraceContaining("none.pem are not a certificate and its key in PEM");
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3, true", "TLSv1.2, true", "TLSv1.1, false"})
    void only_TLS_1_2_and_1_3_are_accepted(String version, boolean spoken) throws Exception {
        try (ListenFixture front = ListenFixture.tls(folder, first);
                SSLSocket socket = front.tlsSocket(first.trusting(), "h2", "http/1.1")) {
            // The JDK refuses old ones by itself: only a server that would take it makes a difference here.
            socket.setEnabledProtocols(new String[] {version});
            if (spoken) {
                socket.startHandshake();
                assertThat(socket.getSession().getProtocol()).isEqualTo(version);
                assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
                assertThat(socket.getSession().getCipherSuite()).matches(".*(GCM|CHACHA20).*");
            } else {
                assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
            }
        }
    }

    @Test
    void a_cipher_without_forward_secrecy_is_rejected() throws Exception {
        try (ListenFixture front = ListenFixture.tls(folder, second);
                SSLSocket socket = front.tlsSocket(second.trusting(), "http/1.1")) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {"TLS_RSA_WITH_AES_128_GCM_SHA256"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
    }

    private static X509Certificate served(ListenFixture front, TestCertificate expected) throws Exception {
        try (SSLSocket socket = front.tlsSocket(expected.trusting(), "http/1.1")) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static boolean trusted(ListenFixture front, TestCertificate certificate) throws Exception {
        try {
            return served(front, certificate).equals(certificate.certificate);
        } catch (SSLHandshakeException e) {
            return false;
        }
    }

    private static String get(SSLSocket socket) throws IOException {
        socket.getOutputStream().write("GET /x HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1));
        byte[] response = new byte[1024];
        int length = 0;
        while (!new String(response, 0, length, ISO_8859_1).endsWith("hello")) {
            length += socket.getInputStream().read(response, length, response.length - length);
        }
        return new String(response, 0, length, ISO_8859_1);
    }
}
