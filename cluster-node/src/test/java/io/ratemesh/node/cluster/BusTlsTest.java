package io.ratemesh.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.node.settings.ClusterTlsSettings;
import io.ratemesh.node.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that would leave a node alone on the bus stop its start. */
class BusTlsTest {

    private static TestAuthority authority;
    private static ClusterTlsSettings one;
    private static ClusterTlsSettings other;
    private static ClusterTlsSettings foreign;

    @BeforeAll
    static void make(@TempDir Path folder) throws Exception {
        authority = new TestAuthority(folder, "ours");
        one = authority.sign("one");
        other = authority.sign("other");
        foreign = new TestAuthority(folder, "theirs").sign("three");
    }

    @Test
    void the_files_of_a_node_are_accepted_with_the_day_on_which_they_expire() {
        assertThat(BusTls.read(one, Instant.now()).expiry())
                .isBetween(
                        Instant.now().plus(Duration.ofDays(80)), Instant.now().plus(Duration.ofDays(100)));
    }

    @Test
    void a_certificate_without_purposes_is_accepted() throws Exception {
        assertThat(BusTls.read(authority.sign("any", "-ext", "san=dns:any"), Instant.now())
                        .expiry())
                .isAfter(Instant.now());
    }

    @Test
    void a_file_that_is_missing_is_named_with_its_setting(@TempDir Path folder) {
        Path missing = folder.resolve("missing.pem");
        for (String name : new String[] {"cert", "key", "ca"}) {
            refused(
                    new ClusterTlsSettings(
                            name.equals("cert") ? missing : one.certificates(),
                            name.equals("key") ? missing : one.key(),
                            name.equals("ca") ? missing : one.ca()),
                    "cluster.tls." + name + ": \"" + missing
                            + "\" cannot be read (NoSuchFileException); use a readable PEM file");
        }
    }

    @Test
    void a_key_of_another_certificate_is_rejected() {
        refused(
                new ClusterTlsSettings(one.certificates(), other.key(), one.ca()),
                "cluster.tls.cert: \"" + one.certificates() + "\" and cluster.tls.key \"" + other.key()
                        + "\" are not a certificate and its key (the key does not belong to the first certificate);"
                        + " use PEM files that belong together, and a key that is not encrypted");
    }

    @Test
    void files_that_are_not_PEM_are_rejected(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("text.pem"), "hello\n");

        assertThatThrownBy(() -> BusTls.read(new ClusterTlsSettings(text, one.key(), one.ca()), Instant.now()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("cluster.tls.cert: \"" + text + "\" and cluster.tls.key \"" + one.key()
                        + "\" are not a certificate and its key (");
        refused(
                new ClusterTlsSettings(one.certificates(), one.key(), text),
                "cluster.tls.ca: \"" + text
                        + "\" has no certificate; use a PEM file with the certificate of the cluster's CA");
    }

    @Test
    void a_message_contains_nothing_of_a_key(@TempDir Path folder) throws Exception {
        Path encrypted = Files.writeString(
                folder.resolve("encrypted.pem"),
                Files.readString(one.key()).replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
        String secret = Files.readAllLines(one.key()).get(1);

        assertThatThrownBy(() ->
                        BusTls.read(new ClusterTlsSettings(one.certificates(), encrypted, one.ca()), Instant.now()))
                .hasMessageContaining("a key that is not encrypted")
                .hasMessageNotContaining(secret);
    }

    @Test
    void a_certificate_of_another_CA_is_rejected() {
        assertThatThrownBy(() -> BusTls.read(
                        new ClusterTlsSettings(foreign.certificates(), foreign.key(), one.ca()), Instant.now()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("cluster.tls.cert: \"" + foreign.certificates()
                        + "\" is not accepted by cluster.tls.ca \"" + one.ca() + "\" (")
                .hasMessageEndingWith("; use one that this CA has signed for server and client authentication");
    }

    @Test
    void a_certificate_for_servers_only_is_rejected() throws Exception {
        ClusterTlsSettings server = authority.sign("server", "-ext", "eku=serverAuth");

        assertThatThrownBy(() -> BusTls.read(server, Instant.now()))
                .hasMessageContaining("is not accepted by")
                .hasMessageContaining("client authentication");
    }

    @Test
    void a_certificate_that_has_expired_or_is_not_valid_yet_is_rejected() {
        for (Duration away : new Duration[] {Duration.ofDays(-2), Duration.ofDays(400)}) {
            assertThatThrownBy(() -> BusTls.read(one, Instant.now().plus(away)))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageStartingWith("cluster.tls.cert: \"" + one.certificates() + "\" is valid from ")
                    .hasMessageEndingWith("; use one that is valid now");
        }
    }

    private static void refused(ClusterTlsSettings files, String message) {
        assertThatThrownBy(() -> BusTls.read(files, Instant.now()))
                .isInstanceOf(SettingsException.class)
                .hasMessage(message);
    }
}
