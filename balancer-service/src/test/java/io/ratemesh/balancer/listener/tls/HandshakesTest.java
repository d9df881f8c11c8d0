package io.ratemesh.balancer.listener.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.listener.ListenFixture;
import io.ratemesh.balancer.listener.OpenSsl;
import io.ratemesh.balancer.listener.OpenSsl.Pair;
import io.ratemesh.balancer.listener.OpenSsl.Run;
import io.ratemesh.balancer.listener.TestCertificate;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.net.OpenSSLEngineOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes as openssl and curl have them. The default certificate is {@code CN=default}. */
class HandshakesTest {

    private static final String EC = "ec -pkeyopt ec_paramgen_curve:P-256";

    private static TestCertificate byDefault;

    private final Path folder;
    private final OpenSsl openSsl;

    HandshakesTest(@TempDir Path folder) {
        this.folder = folder;
        this.openSsl = new OpenSsl(folder);
    }

    @BeforeAll
    static void makeDefault(@TempDir Path shared) throws Exception {
        byDefault = new TestCertificate(shared, "default");
    }

    private Pair a;
    private Pair b;

    @BeforeEach
    void make() {
        a = openSsl.certificate("a", "rsa:2048", "DNS:a.example");
        b = openSsl.certificate("b", EC, "DNS:b.example,DNS:*.b.example");
    }

    @Test
    void the_name_that_a_client_sends_chooses_the_certificate() throws Exception {
        try (ListenFixture front = listen(certificates(a, b))) {
            assertThat(openSsl.get(front.tlsPort(), "a.example", a)).isEqualTo(new Run(0, "hello 2 200"));
            assertThat(openSsl.get(front.tlsPort(), "b.example", b)).isEqualTo(new Run(0, "hello 2 200"));
            assertThat(openSsl.get(front.tlsPort(), "www.b.example", b)).isEqualTo(new Run(0, "hello 2 200"));
            assertThat(subject(front, "-servername", "c.www.b.example")).isEqualTo("default");
            assertThat(subject(front, "-servername", "other.example")).isEqualTo("default");
            assertThat(subject(front, "-servername", "localhost")).isEqualTo("default");
            assertThat(subject(front, "-noservername")).isEqualTo("default");
        }
    }

    @Test
    void a_client_gets_of_two_certificates_for_a_name_the_one_whose_key_it_knows() throws Exception {
        Pair rsa = openSsl.certificate("rsa", "rsa:2048", "DNS:b.example");
        try (ListenFixture front = listen(certificates(b, rsa))) {
            assertThat(subject(front, "-servername", "b.example", "-sigalgs", "ECDSA+SHA256"))
                    .isEqualTo("b");
            assertThat(subject(front, "-servername", "b.example", "-sigalgs", "RSA-PSS+SHA256"))
                    .isEqualTo("rsa");
            assertThat(subject(front, "-servername", "b.example", "-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256"))
                    .isEqualTo("rsa");
            assertThat(openSsl.handshake(front.tlsPort(), "-servername", "b.example", "-sigalgs", "ed25519")
                            .output())
                    .contains("alert handshake failure");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rsa:2048",
                "rsa:4096",
                EC,
                "ec -pkeyopt ec_paramgen_curve:P-384",
                "ed25519",
            })
    void keys_of_each_kind_are_used(String kind) throws Exception {
        Pair pair = openSsl.certificate("kind", kind, "DNS:kind.example");
        assertThat(Files.readString(pair.key())).startsWith("-----BEGIN PRIVATE KEY-----");

        try (ListenFixture front = listen(certificates(pair))) {
            Run run = openSsl.handshake(
                    front.tlsPort(),
                    "-servername",
                    "kind.example",
                    "-verify_hostname",
                    "kind.example",
                    "-CAfile",
                    pair.certificate().toString());
            assertThat(run.output()).contains("Verify return code: 0 (ok)");
        }
    }

    @Test
    void with_strict_names_a_client_without_a_known_one_is_rejected() throws Exception {
        try (ListenFixture front = listen(certificates(a), "balancer.tls.strict-sni=true")) {
            assertThat(subject(front, "-servername", "a.example")).isEqualTo("a");
            assertThat(subject(front, "-servername", "localhost")).isEqualTo("default");
            for (String[] name :
                    List.of(new String[] {"-noservername"}, new String[] {"-servername", "other.example"})) {
                Run run = openSsl.handshake(front.tlsPort(), name);
                assertThat(run.output()).contains("alert handshake failure").contains("no peer certificate available");
                assertThat(run.status()).isNotZero();
            }
        }
    }

    @Test
    void a_minimal_version_of_1_3_rejects_1_2() throws Exception {
        try (ListenFixture front = listen("balancer.tls.min-version=TLSv1.3")) {
            assertThat(openSsl.handshake(front.tlsPort(), "-tls1_2").output()).contains("alert protocol version");
            assertThat(openSsl.handshake(front.tlsPort(), "-tls1_3").output()).contains("New, TLSv1.3, Cipher is TLS_");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-tls1_2 | ECDHE-RSA-AES128-GCM-SHA256 | alert handshake failure",
                "-tls1_2 | ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256 | Cipher is"
                        + " ECDHE-RSA-AES256-GCM-SHA384",
                "-tls1_3 | ECDHE-RSA-AES128-GCM-SHA256 | New, TLSv1.3, Cipher is TLS_",
            })
    void only_the_listed_ciphers_of_a_version_are_used(String version, String ciphers, String said) throws Exception {
        try (ListenFixture front = listen(certificates(a), "balancer.tls.ciphers=[ECDHE-RSA-AES256-GCM-SHA384]")) {
            assertThat(openSsl.handshake(front.tlsPort(), "-servername", "a.example", version, "-cipher", ciphers)
                            .output())
                    .contains(said);
        }
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2,false", "-tls1_3,false", "-tls1_2,true", "-tls1_3,true"})
    void a_client_that_comes_again_resumes_its_session(String version, boolean withJava) throws Exception {
        String request = "printf 'GET /x HTTP/1.1\\r\\nHost: a.example\\r\\nConnection: close\\r\\n\\r\\n' | openssl"
                + " s_client -ign_eof -servername a.example " + version;
        try (ListenFixture front = listen(certificates(a), "balancer.tls.strict-sni=" + withJava)) {
            assertThat(front.context.certificates().orElseThrow().current().isForOpenSsl())
                    .isEqualTo(!withJava && OpenSSLEngineOptions.isAvailable());
            String target = " -connect 127.0.0.1:" + front.tlsPort();

            assertThat(shell(request + target + " -sess_out session.pem")).contains("New, TLSv1");
            assertThat(shell(request + target + " -sess_in session.pem")).contains("Reused, TLSv1");
        }
    }

    private String shell(String command) {
        return openSsl.run(List.of("sh", "-c", command)).output();
    }

    @Test
    void clients_need_a_certificate_of_a_listed_CA_where_one_is_required() throws Exception {
        Pair client = openSsl.certificate("client", EC, "");
        Pair stranger = openSsl.certificate("stranger", EC, "");
        try (ListenFixture front = listen(certificates(a), "balancer.tls.client-ca=" + client.certificate())) {
            assertThat(get(front, client)).isEqualTo(new Run(0, "hello 2 200"));
            assertRejected(get(front, stranger), get(front, stranger, "--tls-max", "1.2"));
            assertRejected(
                    openSsl.get(front.tlsPort(), "a.example", a),
                    openSsl.get(front.tlsPort(), "a.example", a, "--tls-max", "1.2"));
        }
    }

    @Test
    void clients_may_have_a_certificate_of_a_listed_CA_where_one_is_optional() throws Exception {
        Pair client = openSsl.certificate("client", EC, "");
        Pair stranger = openSsl.certificate("stranger", EC, "");
        try (ListenFixture front = listen(
                certificates(a),
                "balancer.tls.client-auth=optional",
                "balancer.tls.client-ca=" + client.certificate())) {
            assertThat(get(front, client)).isEqualTo(new Run(0, "hello 2 200"));
            assertThat(openSsl.get(front.tlsPort(), "a.example", a)).isEqualTo(new Run(0, "hello 2 200"));
            assertRejected(get(front, stranger), get(front, stranger, "--tls-max", "1.2"));
        }
    }

    @Test
    void changed_files_are_used_together_or_not_at_all() throws Exception {
        try (ListenFixture front = listen(certificates(a, b))) {
            move(openSsl.certificate("a2", "rsa:2048", "DNS:a.example"), a);
            Files.writeString(b.key(), "not a key");
            await().atMost(Duration.ofSeconds(15)).until(() -> !front.events.isEmpty());
            assertThat(front.events.element().getString("type")).isEqualTo("certificate-rejected");
            assertThat(front.events.element().getString("subject"))
                    .isEqualTo(b.certificate().toString());
            assertThat(subject(front, "-servername", "a.example")).isEqualTo("a");

            move(openSsl.certificate("b2", EC, "DNS:b.example"), b);
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> subject(front, "-servername", "b.example").equals("b2"));
            assertThat(subject(front, "-servername", "a.example")).isEqualTo("a2");
            assertThat(front.events)
                    .extracting(event -> event.getString("type") + " " + event.getString("subject"))
                    .containsExactlyInAnyOrder(
                            "certificate-rejected " + b.certificate(),
                            "certificate-replaced " + a.certificate(),
                            "certificate-replaced " + b.certificate());
        }
    }

    @Test
    void a_reload_applies_all_settings_of_handshakes_or_none() throws Exception {
        try (ListenFixture front = listen(certificates(a))) {
            assertThatThrownBy(() -> reload(
                            front,
                            "balancer.tls.min-version=TLSv1.3",
                            "balancer.tls.certificates=[{cert: /none.pem, key: " + b.key() + "}]"))
                    .hasStackTraceContaining("balancer.tls.certificates[0]: /none.pem and " + b.key()
                            + " are not a certificate and its key in PEM: java.nio.file.NoSuchFileException:"
                            + " /none.pem");
            assertThat(subject(front, "-servername", "a.example", "-tls1_2")).isEqualTo("a");

            reload(
                    front,
                    "balancer.tls.min-version=TLSv1.3",
                    certificates(b),
                    "balancer.tls.client-ca=" + b.certificate());
            assertThat(subject(front, "-servername", "a.example")).isEqualTo("default");
            assertThat(subject(front, "-servername", "b.example")).isEqualTo("b");
            assertThat(openSsl.handshake(front.tlsPort(), "-tls1_2").output()).contains("alert protocol version");
            assertThat(openSsl.get(front.tlsPort(), "b.example", b).output()).endsWith(" 000");
            assertThat(openSsl.get(front.tlsPort(), "b.example", b, "--cert", "b.pem", "--key", "b.key"))
                    .isEqualTo(new Run(0, "hello 2 200"));
        }
    }

    @Test
    void OpenSSL_is_used_where_it_can_do_all_that_is_set_and_Java_else() throws Exception {
        Pair ed25519 = openSsl.certificate("ed25519", "ed25519", "DNS:ed25519.example");
        Pair again = openSsl.certificate("again", "rsa:2048", "DNS:b.example");
        try (ListenFixture front = listen(certificates(a, b))) {
            Certificates used = front.context.certificates().orElseThrow();
            assertThat(used.current().isForOpenSsl()).isEqualTo(OpenSSLEngineOptions.isAvailable());
            for (String[] settings : List.of(
                    new String[] {certificates(a, b, ed25519)},
                    new String[] {certificates(b, again)},
                    new String[] {certificates(a, b), "balancer.tls.ciphers=[TLS_AES_256_GCM_SHA384]"},
                    new String[] {certificates(a, b), "balancer.tls.strict-sni=true"})) {
                reload(front, settings);
                assertThat(used.current().isForOpenSsl()).isFalse();
                assertThat(subject(front, "-servername", "b.example")).isEqualTo("b");
            }
            assertThat(openSsl.handshake(front.tlsPort(), "-noservername").output())
                    .contains("alert handshake failure");
            reload(front, certificates(a));
            assertThat(used.current().isForOpenSsl()).isEqualTo(OpenSSLEngineOptions.isAvailable());
            assertThat(subject(front, "-servername", "b.example")).isEqualTo("default");
        }
    }

    @Test
    void a_start_with_an_invalid_file_names_its_setting() throws Exception {
        Pair unnamed = openSsl.certificate("unnamed", EC, "");

        assertThatThrownBy(() -> listen("balancer.tls.certificates=[" + a.item() + ", {cert: " + a.certificate()
                        + ", key: " + b.key() + "}]"))
                .hasStackTraceContaining("balancer.tls.certificates[1]: " + a.certificate() + " and " + b.key()
                        + " are not a certificate and its key in PEM: ");
        assertThatThrownBy(() -> listen(certificates(unnamed)))
                .hasStackTraceContaining("balancer.tls.certificates[0]: " + unnamed.certificate()
                        + " has no DNS name among its subject alternative names: no client would get the certificate;"
                        + " add names, or make it the default");
        assertThatThrownBy(() -> listen("balancer.tls.client-ca=" + a.key()))
                .hasStackTraceContaining(
                        "balancer.tls.client-ca: " + a.key() + " is not a file of CA certificates in PEM");
        assertThatThrownBy(() -> listen("balancer.tls.client-ca=/none.pem"))
                .hasStackTraceContaining("balancer.tls.client-ca: /none.pem is not a file of CA certificates in PEM:"
                        + " java.nio.file.NoSuchFileException: /none.pem");
    }

    private ListenFixture listen(String... settings) throws Exception {
        return ListenFixture.tls(folder, byDefault, settings);
    }

    private static String certificates(Pair... pairs) {
        return "balancer.tls.certificates="
                + List.of(pairs).stream().map(Pair::item).toList();
    }

    private void reload(ListenFixture front, String... changes) {
        List<String> settings = new ArrayList<>(List.of(
                "balancer.tls.cert=" + folder.resolve("cert.pem"), "balancer.tls.key=" + folder.resolve("key.pem")));
        settings.addAll(List.of(changes));
        Settings next = Settings.load(Optional.of(Path.of("/dev/null")), settings, Map.of());
        ListenFixture.await(front.context
                .readCertificates(next.balancer())
                .compose(read -> front.context.certificates().orElseThrow().use(read.orElseThrow())));
    }

    private static void move(Pair from, Pair to) throws Exception {
        Files.move(from.certificate(), to.certificate(), StandardCopyOption.REPLACE_EXISTING);
        Files.move(from.key(), to.key(), StandardCopyOption.REPLACE_EXISTING);
    }

    private Run get(ListenFixture front, Pair client, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "--cert", client.certificate().toString(), "--key", client.key().toString()));
        all.addAll(List.of(arguments));
        return openSsl.get(front.tlsPort(), "a.example", a, all.toArray(String[]::new));
    }

    /**
     * With TLS 1.3 a client sends its request before it hears of its certificate, and the end of the connection may
     * overtake the alert. With 1.2 it waits for it.
     */
    private static void assertRejected(Run withTls13, Run withTls12) {
        assertThat(withTls13.status()).isNotZero();
        assertThat(withTls13.output()).endsWith(" 000");
        assertThat(withTls12.output()).contains("alert").endsWith(" 000");
    }

    private String subject(ListenFixture front, String... arguments) {
        String output = openSsl.handshake(front.tlsPort(), arguments).output();
        return output.lines()
                .filter(line -> line.startsWith("subject="))
                .findFirst()
                .map(line -> line.replaceFirst("subject=.*CN = ", ""))
                .orElse(output);
    }
}
