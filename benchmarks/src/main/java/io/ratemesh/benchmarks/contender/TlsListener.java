package io.ratemesh.benchmarks.contender;

import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A listener for HTTP/2 and HTTP/1.1 over TLS, the same in all contenders: TLS 1.3 with one cipher suite.
 *
 * @param certificate a PEM file; its private key is in a file of the same name with {@code .key} appended, where HAProxy looks for
 *     it
 */
public record TlsListener(int port, Path certificate) {

    static final String VERSION = "TLSv1.3";

    /** What wrk and h2load prefer. A choice of suites of TLS 1.3 would take BoringSSL away from a balancer. */
    static final String CIPHER = "TLS_AES_256_GCM_SHA384";

    private static final Program OPENSSL = new Program("openssl", "openssl");

    /** A listener on a free port. */
    public static TlsListener with(Path certificate) {
        return new TlsListener(FreePorts.next(), certificate);
    }

    /**
     * Creates a self-signed certificate with an ECDSA key on P-256.
     *
     * @throws IllegalStateException if OpenSSL fails
     */
    public static Path createCertificate(Path folder) {
        Path certificate = folder.resolve("server.pem");
        String output = OPENSSL.output(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-keyout",
                key(certificate).toString(),
                "-out",
                certificate.toString(),
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1");
        if (!Files.exists(certificate)) {
            throw new IllegalStateException("openssl has made no certificate: " + output.strip());
        }
        return certificate;
    }

    /** The values of the placeholders in configurations. */
    Map<String, ?> values() {
        return Map.of(
                "tlsPort",
                port,
                "certificate",
                certificate,
                "key",
                key(certificate),
                "version",
                VERSION,
                "cipher",
                CIPHER);
    }

    private static Path key(Path certificate) {
        return certificate.resolveSibling(certificate.getFileName() + ".key");
    }
}
