package io.ratemesh.balancer.listener.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.listener.ListenFixture;
import io.ratemesh.balancer.listener.OpenSsl;
import io.ratemesh.balancer.listener.OpenSsl.Run;
import io.ratemesh.balancer.listener.TestCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Responses of a responder of openssl, and what openssl sees of them in a handshake. */
class OcspStaplingTest {

    private final Path folder;
    private final OpenSsl openSsl;

    OcspStaplingTest(@TempDir Path folder) {
        this.folder = folder;
        this.openSsl = new OpenSsl(folder);
    }

    @BeforeEach
    void makeAuthority() {
        openSsl.certificate("ca", "rsa:2048", "");
    }

    @Test
    void the_response_of_a_file_is_stapled_to_its_certificate_and_follows_the_file() throws Exception {
        sign("a", 4660, "V\t300101000000Z\t\t1234\tunknown\t/CN=a");
        sign("b", 4661, "R\t300101000000Z\t260101000000Z\t1235\tunknown\t/CN=b");
        try (ListenFixture front = listen(item("a", "a.ocsp"), item("b", "b.ocsp"))) {
            for (String version : List.of("-tls1_2", "-tls1_3")) {
                assertThat(status(front, "a", version)).contains("Cert Status: good");
                assertThat(status(front, "b", version)).contains("Cert Status: revoked");
            }
            assertThat(status(front, "other", "-tls1_3")).contains("OCSP response: no response sent");

            respond("a", "R\t300101000000Z\t260101000000Z\t1234\tunknown\t/CN=a", "a2.ocsp");
            Files.move(folder.resolve("a2.ocsp"), folder.resolve("a.ocsp"), StandardCopyOption.REPLACE_EXISTING);
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> status(front, "a", "-tls1_3").contains("Cert Status: revoked"));
            assertThat(front.events)
                    .extracting(event -> event.getString("type") + " " + event.getString("subject"))
                    .containsExactly("certificate-replaced " + folder.resolve("a.ocsp"));
        }
        try (ListenFixture front = listen(item("a", ""))) {
            assertThat(status(front, "a", "-tls1_3")).contains("OCSP response: no response sent");
        }
    }

    @Test
    void a_file_that_is_no_response_for_the_certificate_is_named() {
        sign("a", 4660, "V\t300101000000Z\t\t1234\tunknown\t/CN=a");
        sign("b", 4661, "V\t300101000000Z\t\t1235\tunknown\t/CN=b");

        for (String file : List.of("b.ocsp", "a.pem", "none.ocsp")) {
            assertThatThrownBy(() -> listen(item("a", file)))
                    .hasStackTraceContaining("balancer.tls.certificates[0].ocsp: " + folder.resolve(file)
                            + " is not an OCSP response in DER for this certificate: ");
        }
        write("a.chain", read("a.pem"));
        assertThatThrownBy(() -> listen(item("a", "a.ocsp")))
                .hasStackTraceContaining("the certificate of the CA must follow the server's in ");
    }

    /** A certificate {@code NAME.pem} of the CA, with its key, and what the CA says of it in {@code NAME.ocsp}. */
    private void sign(String name, int serial, String index) {
        run(
                "req",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                name + ".key",
                "-out",
                name + ".csr",
                "-subj",
                "/CN=" + name);
        write("names", "subjectAltName=DNS:" + name + ".example\nauthorityInfoAccess=OCSP;URI:http://127.0.0.1:1/\n");
        run(
                "x509",
                "-req",
                "-in",
                name + ".csr",
                "-CA",
                "ca.pem",
                "-CAkey",
                "ca.key",
                "-set_serial",
                "" + serial,
                "-days",
                "30",
                "-extfile",
                "names",
                "-out",
                name + ".pem");
        write(name + ".chain", read(name + ".pem") + read("ca.pem"));
        respond(name, index, name + ".ocsp");
    }

    private void respond(String name, String index, String file) {
        write("index", index + "\n");
        run(
                "ocsp",
                "-index",
                "index",
                "-CA",
                "ca.pem",
                "-rsigner",
                "ca.pem",
                "-rkey",
                "ca.key",
                "-issuer",
                "ca.pem",
                "-cert",
                name + ".pem",
                "-ndays",
                "7",
                "-respout",
                file);
    }

    private void run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Run run = openSsl.run(command);
        assertThat(run.status()).as(run.output()).isZero();
    }

    private void write(String name, String content) {
        try {
            Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String item(String name, String ocsp) {
        return "{cert: " + folder.resolve(name + ".chain") + ", key: " + folder.resolve(name + ".key")
                + (ocsp.isEmpty() ? "}" : ", ocsp: " + folder.resolve(ocsp) + "}");
    }

    private ListenFixture listen(String... items) throws Exception {
        return ListenFixture.tls(
                folder, new TestCertificate(folder, "default"), "balancer.tls.certificates=" + List.of(items));
    }

    private String status(ListenFixture front, String name, String version) {
        return openSsl.handshake(
                        front.tlsPort(), "-servername", name + ".example", "-status", version, "-CAfile", "ca.pem")
                .output();
    }
}
