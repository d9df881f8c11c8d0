package io.ratemesh.balancer.listener.tls;

import io.netty.handler.ssl.OpenSsl;
import io.ratemesh.balancer.vertx.TlsEngines;
import io.ratemesh.node.settings.CertificateFiles;
import io.ratemesh.node.settings.ClientAuthentication;
import io.ratemesh.node.settings.TlsSettings.Handshake;
import io.ratemesh.node.tls.Certificate;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What handshakes need, as it was read at one time: all of it is used, or nothing.
 *
 * @param handshake the settings that name the files
 * @param sites the certificates of the server; the first is the default
 * @param clientCas the CAs of the clients; empty where clients need no certificate
 * @param trust those, for Vert.x
 */
public record CertificateSet(
        Handshake handshake, List<Site> sites, List<X509Certificate> clientCas, Optional<PemTrustOptions> trust) {

    /** Of TLS 1.3, of which OpenSSL's successor BoringSSL cannot leave out one. */
    private static final List<String> TLS_1_3_SUITES =
            List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private static final Set<String> OPEN_SSL_KEYS = Set.of("RSA", "EC");

    /** Keys that say for themselves whether OpenSSL may use them. */
    private static final TlsEngines ENGINES =
            new TlsEngines(keys -> keys instanceof ServerNameKeys names && names.areForOpenSsl());

    /**
     * A certificate and where it was read.
     *
     * @param stapled its OCSP response in DER; empty for none
     */
    public record Site(CertificateFiles files, Certificate certificate, Optional<Buffer> stapled) {}

    /**
     * Reads the files; not for an event loop.
     *
     * @throws InvalidFileException if one of them cannot be used
     */
    public static CertificateSet read(Handshake handshake) throws InvalidFileException {
        List<Site> sites = new ArrayList<>();
        for (CertificateFiles files : handshake.certificates()) {
            Certificate certificate = read(files);
            if (!sites.isEmpty() && ServerNames.in(certificate.leaf()).isEmpty()) {
                throw new InvalidFileException(
                        files.key(),
                        files.certificates(),
                        files.certificates() + " has no DNS name among its subject alternative names",
                        "no client would get the certificate; add names, or make it the default");
            }
            sites.add(new Site(files, certificate, readStapled(files, certificate)));
        }
        Optional<Path> ca = handshake.clients().map(ClientAuthentication::ca);
        if (ca.isEmpty()) {
            return new CertificateSet(handshake, List.copyOf(sites), List.of(), Optional.empty());
        }
        byte[] pem = readCas(ca.get());
        List<X509Certificate> cas = parseCas(ca.get(), pem);
        Optional<PemTrustOptions> trust = Optional.of(new PemTrustOptions().addCertValue(Buffer.buffer(pem)));
        return new CertificateSet(handshake, List.copyOf(sites), cas, trust);
    }

    private static Certificate read(CertificateFiles files) throws InvalidFileException {
        try {
            return Certificate.of(Files.readAllBytes(files.certificates()), Files.readAllBytes(files.privateKey()));
        } catch (IOException | GeneralSecurityException e) {
            throw new InvalidFileException(
                    files.key(),
                    files.certificates(),
                    files.certificates() + " and " + files.privateKey() + " are not a certificate and its key in PEM",
                    reason(e));
        }
    }

    private static Optional<Buffer> readStapled(CertificateFiles files, Certificate certificate)
            throws InvalidFileException {
        if (files.ocsp().isEmpty()) {
            return Optional.empty();
        }
        Path file = files.ocsp().get();
        if (certificate.chain().size() < 2) {
            throw new InvalidFileException(
                    files.key() + ".ocsp",
                    file,
                    file + " cannot be stapled",
                    "the certificate of the CA must follow the server's in " + files.certificates());
        }
        try {
            byte[] response = Files.readAllBytes(file);
            if (OcspStapling.isGoodFor(response, certificate.leaf())) {
                return Optional.of(Buffer.buffer(response));
            }
        } catch (IOException e) {
            throw invalidStapled(files, file, e.toString());
        }
        throw invalidStapled(files, file, "it is another file, says no success, or is of another certificate");
    }

    private static InvalidFileException invalidStapled(CertificateFiles files, Path file, String reason) {
        return new InvalidFileException(
                files.key() + ".ocsp", file, file + " is not an OCSP response in DER for this certificate", reason);
    }

    private static byte[] readCas(Path file) throws InvalidFileException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw invalidCas(file, reason(e));
        }
    }

    private static List<X509Certificate> parseCas(Path file, byte[] pem) throws InvalidFileException {
        List<X509Certificate> cas;
        try {
            cas = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem)).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw invalidCas(file, reason(e));
        }
        if (cas.isEmpty()) {
            throw invalidCas(file, "there is no certificate");
        }
        return cas;
    }

    private static InvalidFileException invalidCas(Path file, String reason) {
        return new InvalidFileException(
                "balancer.tls.client-ca", file, file + " is not a file of CA certificates in PEM", reason);
    }

    private static String reason(Exception cause) {
        return cause instanceof IOException ? cause.toString() : String.valueOf(cause.getMessage());
    }

    /** The files of these settings. */
    static List<Path> files(Handshake handshake) {
        return Stream.concat(
                        handshake.certificates().stream().flatMap(each -> each.files().stream()),
                        handshake.clients().map(ClientAuthentication::ca).stream())
                .toList();
    }

    /** Sets up a server that does not listen yet. */
    public void applyTo(HttpServerOptions server) {
        server.setSsl(true).setSslEngineOptions(ENGINES).setKeyCertOptions(keys());
        applyTo(Objects.requireNonNull(server.getSslOptions(), "with TLS"));
    }

    /** Sets up the TLS of a server, except for protocols above TLS. */
    void applyTo(ServerSSLOptions options) {
        OcspStapling.use(sites);
        options.setKeyCertOptions(keys())
                .setTrustOptions(trust.orElse(null))
                .setClientAuth(handshake
                        .clients()
                        .map(clients -> clients.required() ? ClientAuth.REQUIRED : ClientAuth.REQUEST)
                        .orElse(ClientAuth.NONE))
                .setEnabledSecureTransportProtocols(new LinkedHashSet<>(handshake.versions()));
        options.getEnabledCipherSuites().clear();
        handshake.ciphers().forEach(options::addEnabledCipherSuite);
    }

    private KeyCertOptions keys() {
        List<Certificate> certificates = sites.stream().map(Site::certificate).toList();
        return KeyCertOptions.wrap(new ServerNameKeys(certificates, handshake.strictNames(), isForOpenSsl()));
    }

    /**
     * Whether OpenSSL's engine can be used, which is several times as fast in handshakes. It staples nothing, has neither all keys nor
     * all choices of suites, does not choose among the certificates of a name by what the client knows, and says "internal error" to
     * a client whose name is rejected.
     */
    boolean isForOpenSsl() {
        return OpenSsl.isAvailable()
                && !handshake.strictNames()
                && handshake.ciphers().containsAll(TLS_1_3_SUITES)
                && handshake.ciphers().stream().allMatch(OpenSsl::isCipherSuiteAvailable)
                && ServerNames.of(leaves()).areUnique()
                && leaves().stream()
                        .allMatch(leaf ->
                                OPEN_SSL_KEYS.contains(leaf.getPublicKey().getAlgorithm()))
                && sites.stream().allMatch(site -> site.stapled().isEmpty());
    }

    private List<X509Certificate> leaves() {
        return sites.stream().map(site -> site.certificate().leaf()).toList();
    }
}
