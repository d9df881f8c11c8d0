package io.ratemesh.balancer.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** h2spec, the conformance tests of HTTP/2: 146 cases of RFC 7540 and RFC 7541. */
class H2SpecTest {

    private static final String ARCHIVE = "/h2spec/2.2.0/h2spec_%s_amd64.tar.gz";

    @Test
    void HTTP_2_over_TLS_passes_h2spec(@TempDir Path folder) throws Exception {
        TestCertificate certificate = new TestCertificate(folder, "site");
        try (ListenFixture front = ListenFixture.tls(folder, certificate)) {
            judge(folder, front.ports.tls(), "--tls", "--insecure");
        }
    }

    @Test
    void HTTP_2_without_TLS_passes_h2spec(@TempDir Path folder) throws Exception {
        try (ListenFixture front = ListenFixture.plain("balancer.h2c.port=0", "balancer.h2c.bind=127.0.0.1")) {
            judge(folder, front.ports.h2c());
        }
    }

    private static void judge(Path folder, int port, String... how) throws Exception {
        Path h2spec = unpacked(folder);
        Path report = folder.resolve("report.xml");
        List<String> command = new ArrayList<>(List.of(
                h2spec.toString(),
                "--host=127.0.0.1",
                "--port=" + port,
                "--path=/x",
                // The cases wait, one after the other, for frames that are not sent, and expect no response meanwhile.
                "--timeout=2",
                "--junit-report=" + report));
        command.addAll(List.of(how));
        run(folder.resolve("h2spec.log"), 120, command);

        NodeList cases = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("testcase");
        assertThat(cases.getLength()).isGreaterThan(140);
        assertThat(failed(cases)).isEmpty();
    }

    private static List<String> failed(NodeList cases) {
        List<String> failed = new ArrayList<>();
        for (int i = 0; i < cases.getLength(); i++) {
            Element one = (Element) cases.item(i);
            if (one.getElementsByTagName("failure").getLength()
                            + one.getElementsByTagName("error").getLength()
                    > 0) {
                failed.add(one.getAttribute("package") + " " + one.getAttribute("classname") + ": "
                        + one.getTextContent());
            }
        }
        return failed;
    }

    private static Path unpacked(Path folder) throws Exception {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        URL archive = H2SpecTest.class.getResource(ARCHIVE.formatted(system.startsWith("mac") ? "darwin" : system));
        assumeTrue(
                archive != null && System.getProperty("os.arch").equals("amd64"),
                "h2spec is there for Linux and macOS on amd64");
        Path packed = folder.resolve("h2spec.tar.gz");
        try (InputStream in = Objects.requireNonNull(archive).openStream()) {
            Files.copy(in, packed);
        }
        run(folder.resolve("tar.log"), 30, List.of("tar", "-xzf", packed.toString(), "-C", folder.toString()));
        return folder.resolve("h2spec");
    }

    private static void run(Path log, int seconds, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor(seconds, TimeUnit.SECONDS))
                .as(Files.readString(log))
                .isTrue();
    }
}
