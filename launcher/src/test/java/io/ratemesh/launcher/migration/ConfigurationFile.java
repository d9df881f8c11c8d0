package io.ratemesh.launcher.migration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A configuration of the tests. Its files are in {@code /etc/import}, in whose place a folder of the test is. */
record ConfigurationFile(String name) {

    private static final Path STREAM_MODULE = Path.of("/usr/lib/nginx/modules/ngx_stream_module.so");

    static Stream<ConfigurationFile> all() {
        return Stream.of(
                        "setups/two-web-nodes.cfg",
                        "setups/ports-weights-checks.cfg",
                        "setups/servers-by-hand.cfg",
                        "setups/scaled.cfg",
                        "setups/two-web-nodes.conf",
                        "setups/ports-weights-checks.conf",
                        "setups/servers-by-hand.conf",
                        "setups/static-first.conf",
                        "setups/scaled.conf",
                        "public/web-shop.cfg",
                        "public/databases.cfg",
                        "public/applications.cfg",
                        "public/site.conf",
                        "public/tcp.conf")
                .map(ConfigurationFile::new);
    }

    boolean isHaproxy() {
        return name.endsWith(".cfg");
    }

    /** Its text, for files in a folder. */
    String text(Path folder) {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(name))) {
            return new String(in.readAllBytes(), UTF_8)
                    .replace("/etc/import", folder.toString())
                    .replace("/tmp/import-test", folder.resolve("made").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes it and the files that it names. */
    Path writeTo(Path folder) throws Exception {
        Files.createDirectories(folder.resolve("conf.d"));
        Files.writeString(folder.resolve("conf.d/timeouts.conf"), "server_names_hash_bucket_size 64;\n");
        Files.writeString(folder.resolve("hosts.map"), "a.example.com shop\n");
        Files.writeString(folder.resolve("htpasswd"), "admin:{PLAIN}password\n");
        Files.writeString(folder.resolve("503.http"), "HTTP/1.0 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
        return Files.writeString(folder.resolve(Path.of(name).getFileName()), text(folder));
    }

    /** Asserts that the program for which it is accepts it; skips the test where that is not installed. */
    void assertIsAccepted(Path folder) throws Exception {
        Path program = Path.of(isHaproxy() ? "/usr/sbin/haproxy" : "/usr/sbin/nginx");
        assumeThat(program)
                .as("%s is not installed: ./ratemesh test installs it on Debian as root", program)
                .isExecutable();
        Path file = writeTo(folder);
        assertRuns(
                folder,
                List.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-subj",
                        "/CN=example.com",
                        "-days",
                        "2",
                        "-keyout",
                        folder.resolve("site.key").toString(),
                        "-out",
                        folder.resolve("site.crt").toString()));
        Files.writeString(
                folder.resolve("site.pem"),
                Files.readString(folder.resolve("site.crt")) + Files.readString(folder.resolve("site.key")));
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(isHaproxy() ? List.of("-c", "-f", file.toString()) : List.of("-t", "-c", file.toString()));
        if (Files.readString(file).contains("stream {")) {
            assumeThat(STREAM_MODULE)
                    .as("%s is not installed (Debian: apt-get install libnginx-mod-stream)", STREAM_MODULE)
                    .exists();
            Files.writeString(file, "load_module " + STREAM_MODULE + ";\n" + Files.readString(file));
        }
        assertRuns(folder, command);
    }

    private static void assertRuns(Path folder, List<String> command) throws Exception {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as("%s: %s", command, Files.readString(log))
                    .isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
