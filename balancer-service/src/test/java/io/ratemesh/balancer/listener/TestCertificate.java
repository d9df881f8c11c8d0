package io.ratemesh.balancer.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for 127.0.0.1 that the JDK's keytool made just now, as the PEM files that people have. */
public final class TestCertificate {

    private static final char[] PASSWORD = "changeit".toCharArray();

    public final String certificatePem;
    final String keyPem;
    public final X509Certificate certificate;

    public TestCertificate(Path folder, String name, String... keyArguments) throws Exception {
        Path keys = Files.createTempDirectory(folder, name).resolve("keys.p12");
        ProcessBuilder keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "site",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                keys.toString());
        if (keyArguments.length == 0) {
            keytool.command().addAll(java.util.List.of("-keyalg", "EC"));
        } else {
            keytool.command().addAll(java.util.List.of(keyArguments));
        }
        Process made = keytool.redirectErrorStream(true)
                .redirectOutput(keys.resolveSibling("keytool.log").toFile())
                .start();
        assertThat(made.waitFor(30, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        certificate = (X509Certificate) store.getCertificate("site");
        certificatePem = pem("CERTIFICATE", certificate.getEncoded());
        keyPem = pem(
                "PRIVATE KEY",
                Objects.requireNonNull(store.getKey("site", PASSWORD)).getEncoded());
    }

    public void writeTo(Path certificateFile, Path keyFile) throws Exception {
        Files.writeString(certificateFile, certificatePem);
        Files.writeString(keyFile, keyPem);
    }

    /** Trusts it and nothing else. */
    public SSLContext trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("site", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        return tls;
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + kind
                + "-----\n";
    }
}
