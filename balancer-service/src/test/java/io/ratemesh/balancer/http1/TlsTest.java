package io.ratemesh.balancer.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {

    private static final String PASSWORD = "changeit";

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        GuardFixture.await(vertx.close());
    }

    @Test
    void over_TLS_a_rejection_is_sent_in_order_and_the_connection_ends_with_close_notify(@TempDir Path folder)
            throws Exception {
        Path keys = selfSigned(folder);
        try (GuardFixture balancer = new GuardFixture(vertx, false, null, options(keys));
                SSLSocket socket = connect(keys, balancer.port)) {
            socket.getOutputStream()
                    .write(
                            "GET /x HTTP/1.1\r\nHost: a\r\n\r\nGET https://a/y HTTP/1.1\r\nHost: a:443\r\n\r\nGET / HTTP/1.1\r\n\r\n"
                                    .getBytes(ISO_8859_1));

            // An end without close_notify is an exception here.
            String responses = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
            assertThat(responses).startsWith("HTTP/1.1 200").containsOnlyOnce("HTTP/1.1 400");
            assertThat(balancer.upstream.requests())
                    .extracting(RecordingUpstream.Seen::line)
                    .containsExactly("GET /x HTTP/1.1", "GET /y HTTP/1.1");
        }
    }

    @Test
    void over_TLS_a_file_is_sent_in_order_and_completely(@TempDir Path folder) throws Exception {
        Path keys = selfSigned(folder);
        String content = "0123456789".repeat(100_000);
        Path file = Files.writeString(folder.resolve("file"), content);
        try (GuardFixture balancer = new GuardFixture(
                        vertx,
                        false,
                        server -> server.requestHandler(request -> {
                            if (request.path().equals("/file")) {
                                request.response().sendFile(file.toString());
                            } else {
                                request.response().end("before and after");
                            }
                        }),
                        options(keys));
                SSLSocket socket = connect(keys, balancer.port)) {
            String others = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
            String files = "GET /file HTTP/1.1\r\nHost: a\r\n\r\n";
            socket.getOutputStream()
                    .write((others + files + files + others + "GET / HTTP/1.1\r\n\r\n").getBytes(ISO_8859_1));

            String responses = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(responses.split("\r\n\r\n|HTTP/1.1 "))
                    .containsSubsequence("before and after", content, content, "before and after");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection: close\r\n", ""})
    void a_client_that_has_sent_close_notify_is_not_waited_for(String close, @TempDir Path folder) throws Exception {
        Path keys = selfSigned(folder);
        try (GuardFixture balancer = new GuardFixture(vertx, false, null, options(keys));
                Socket connection = new Socket("127.0.0.1", balancer.port)) {
            SSLSocket tls = over(connection, keys);
            tls.getOutputStream().write(("GET /x HTTP/1.1\r\nHost: a\r\n" + close + "\r\n").getBytes(ISO_8859_1));
            assertThat(tls.getInputStream().read()).isEqualTo('H');

            tls.close();

            // No time passes in the balancer.
            assertThat(connection.getInputStream().readAllBytes()).hasSizeLessThan(1000);
        }
    }

    private static HttpServerOptions options(Path keys) {
        return new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(new PfxOptions().setPath(keys.toString()).setPassword(PASSWORD));
    }

    private static SSLSocket connect(Path keys, int port) throws Exception {
        return configured((SSLSocket) context(keys).getSocketFactory().createSocket("127.0.0.1", port));
    }

    /** TLS of a connection that stays open when it ends. */
    private static SSLSocket over(Socket connection, Path keys) throws Exception {
        return configured((SSLSocket)
                context(keys).getSocketFactory().createSocket(connection, "127.0.0.1", connection.getPort(), false));
    }

    private static SSLContext context(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("front", store.getCertificate("front"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }

    private static SSLSocket configured(SSLSocket socket) throws IOException {
        socket.setSoTimeout(5000);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static Path selfSigned(Path folder) throws IOException, InterruptedException {
        Path keys = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "front",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        keys.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return keys;
    }
}
