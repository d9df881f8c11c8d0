package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Certificates that openssl makes in a folder, and what it and curl say of a server. */
public final class OpenSsl {

    private final Path folder;

    public OpenSsl(Path folder) {
        this.folder = folder;
    }

    /** The output of a program, and the status with which it exits. */
    public record Run(int status, String output) {}

    /** A certificate that signs itself, and its key. */
    public record Pair(Path certificate, Path key) {

        /** As an item of {@code balancer.tls.certificates}. */
        public String item() {
            return "{cert: " + certificate + ", key: " + key + "}";
        }
    }

    /**
     * Makes a certificate {@code NAME.pem} with its key {@code NAME.key}.
     *
     * @param kind such as {@code rsa:2048} or {@code ed25519}, then further arguments
     * @param names alternative names such as {@code DNS:a.example}; empty for none
     */
    public Pair certificate(String name, String kind, String names) {
        Pair pair = new Pair(folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
        List<String> command = new ArrayList<>(List.of("openssl", "req", "-x509", "-nodes", "-days", "30", "-newkey"));
        command.addAll(List.of(kind.split(" ")));
        command.addAll(List.of("-subj", "/CN=" + name, "-keyout", "" + pair.key(), "-out", "" + pair.certificate()));
        if (!names.isEmpty()) {
            command.addAll(List.of("-addext", "subjectAltName=" + names));
        }
        Run made = run(command);
        assertThat(made.status()).as(made.output()).isZero();
        return pair;
    }

    /** What {@code openssl s_client} says of a handshake. */
    public Run handshake(int port, String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** What curl says of a request to a server of this name, which has to have this certificate. */
    public Run get(int port, String serverName, Pair trusted, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "curl",
                "-sS",
                "--max-time",
                "60",
                "--cacert",
                trusted.certificate().toString(),
                "--resolve",
                serverName + ":" + port + ":127.0.0.1",
                "-w",
                " %{http_version} %{http_code}"));
        command.addAll(List.of(arguments));
        command.add("https://" + serverName + ":" + port + "/x");
        return run(command);
    }

    /** Runs a program in the folder, without input. */
    public Run run(List<String> command) {
        try {
            Path output = Files.createTempFile(folder, "run", ".txt");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("%s", command).isTrue();
            return new Run(process.exitValue(), Files.readString(output, ISO_8859_1));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
