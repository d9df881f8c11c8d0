package io.ratemesh.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.node.settings.ClusterTlsSettings;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A certificate authority that the JDK's keytool made just now, with the certificates that it signs, as PEM files. */
final class TestAuthority {

    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final Path keys;
    private final Path certificate;

    TestAuthority(Path folder, String name) throws Exception {
        this.folder = Files.createDirectories(folder.resolve(name));
        this.keys = this.folder.resolve("keys.p12");
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=" + name, "-ext", "bc:c");
        this.certificate =
                pem("ca.pem", "CERTIFICATE", store().getCertificate("ca").getEncoded());
    }

    /** The files of a node. */
    ClusterTlsSettings sign(String node) throws Exception {
        return sign(node, "-ext", "eku=serverAuth,clientAuth");
    }

    /** The files of a node whose certificate is made with more arguments. */
    ClusterTlsSettings sign(String node, String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("-genkeypair", "-alias", node, "-dname", "CN=" + node, "-signer", "ca"));
        arguments.addAll(List.of(more));
        keytool(arguments.toArray(String[]::new));
        KeyStore store = store();
        return new ClusterTlsSettings(
                pem(node + ".pem", "CERTIFICATE", store.getCertificate(node).getEncoded()),
                pem(
                        node + "-key.pem",
                        "PRIVATE KEY",
                        Objects.requireNonNull(store.getKey(node, PASSWORD.toCharArray()))
                                .getEncoded()),
                certificate);
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(
                List.of("-keyalg", "EC", "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", keys.toString()));
        Path log = folder.resolve("keytool.log");
        Process made = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(made.exitValue()).as(Files.readString(log)).isZero();
    }

    private KeyStore store() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private Path pem(String name, String kind, byte[] content) throws Exception {
        return Files.writeString(
                folder.resolve(name),
                "-----BEGIN " + kind + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + kind
                        + "-----\n");
    }
}
