package io.ratemesh.node.settings;

import io.ratemesh.node.settings.BalancerSettings.Listen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code balancer.tls}: the listener with TLS, present where a certificate is named.
 *
 * @param listen where it listens
 * @param proxyProtocol whether every connection begins with the PROXY protocol, version 1 or 2, before TLS
 * @param strictTransport the max-age of {@code Strict-Transport-Security} (RFC 6797), up to two years; zero omits the field
 * @param handshake what a reload can change
 */
public record TlsSettings(Listen listen, boolean proxyProtocol, Duration strictTransport, Handshake handshake) {

    private static final Duration TWO_YEARS = Duration.ofDays(730);
    private static final int MAX_CERTIFICATES = 1000;

    private static final String TLS_1_2 = "TLSv1.2";
    private static final String TLS_1_3 = "TLSv1.3";
    private static final List<String> FROM_1_2 = List.of(TLS_1_3, TLS_1_2);
    private static final Map<String, List<String>> MIN_VERSIONS = Map.of(TLS_1_2, FROM_1_2, TLS_1_3, List.of(TLS_1_3));

    /**
     * How clients connect.
     *
     * @param certificates at least one; the first is the default
     * @param strictNames whether a client is rejected that names no server, or one for which there is no certificate
     * @param versions the versions of TLS by JSSE's names
     * @param ciphers the cipher suites by IANA's names
     * @param clients how clients authenticate; empty if they need not
     */
    public record Handshake(
            List<CertificateFiles> certificates,
            boolean strictNames,
            List<String> versions,
            List<String> ciphers,
            Optional<ClientAuthentication> clients) {}

    static Optional<TlsSettings> read(SettingsReader reader) {
        List<CertificateFiles> certificates = certificates(reader);
        Listen listen = Listen.read(reader, "0.0.0.0", 8443);
        boolean proxyProtocol = reader.flag("proxy-protocol", false);
        Duration strictTransport = reader.duration("hsts", Duration.ZERO, TWO_YEARS, Duration.ZERO);
        boolean strictNames = reader.flag("strict-sni", false);
        List<String> versions = reader.oneOf("min-version", MIN_VERSIONS, FROM_1_2);
        List<String> ciphers = ciphers(reader, versions);
        Optional<ClientAuthentication> clients = ClientAuthentication.read(reader);
        if (certificates.isEmpty()) {
            boolean hasPort = reader.given("port").isPresent() && listen.port() != 0;
            boolean others = proxyProtocol || !strictTransport.isZero() || strictNames || clients.isPresent();
            boolean incomplete =
                    reader.given("cert").isPresent() || reader.given("key").isPresent();
            if ((hasPort || others) && !incomplete) {
                reader.fault("cert", "is missing", "name a PEM file, without which there is no TLS");
            }
            reader.withoutEffect();
            return Optional.empty();
        }
        return Optional.of(new TlsSettings(
                listen,
                proxyProtocol,
                strictTransport,
                new Handshake(certificates, strictNames, versions, ciphers, clients)));
    }

    /** The default first, if there is one. */
    private static List<CertificateFiles> certificates(SettingsReader reader) {
        List<CertificateFiles> all = new ArrayList<>();
        CertificateFiles.read(reader, "balancer.tls").ifPresent(all::add);
        List<Optional<CertificateFiles>> listed =
                reader.items("certificates", "[{cert: a.pem, key: a.key}]", CertificateFiles::readItem, List.of());
        for (int i = 0; i < listed.size(); i++) {
            String key = "balancer.tls.certificates[" + i + "]";
            listed.get(i)
                    .ifPresent(files ->
                            all.add(new CertificateFiles(key, files.certificates(), files.privateKey(), files.ocsp())));
        }
        if (listed.size() > MAX_CERTIFICATES) {
            reader.fault("certificates", "has too many certificates", "list at most " + MAX_CERTIFICATES);
        }
        return List.copyOf(all);
    }

    /** Those that are listed; the usual ones of a version of which none is listed. */
    private static List<String> ciphers(SettingsReader reader, List<String> versions) {
        List<String> written = reader.texts("ciphers", List.of());
        if (written.isEmpty()) {
            return CipherSuites.DEFAULT;
        }
        List<String> supported = CipherSuites.supported();
        List<String> ciphers = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            Optional<String> named = CipherSuites.named(written.get(i), supported);
            named.ifPresent(ciphers::add);
            if (named.isEmpty()) {
                reader.fault(
                        "ciphers",
                        "[" + i + "]",
                        Optional.of(written.get(i)),
                        "is not a cipher suite that can be used",
                        "use one of " + String.join(", ", supported));
            } else if (!versions.contains(TLS_1_2) && !CipherSuites.isOfTls13(named.get())) {
                reader.fault(
                        "ciphers",
                        "[" + i + "]",
                        Optional.of(written.get(i)),
                        "is a cipher suite of TLS 1.2, and min-version is " + TLS_1_3,
                        "remove one of them");
            }
        }
        boolean of13 = ciphers.stream().anyMatch(CipherSuites::isOfTls13);
        boolean of12 = ciphers.stream().anyMatch(suite -> !CipherSuites.isOfTls13(suite));
        return Stream.concat(
                        ciphers.stream(),
                        CipherSuites.DEFAULT.stream().filter(suite -> CipherSuites.isOfTls13(suite) ? !of13 : !of12))
                .distinct()
                .toList();
    }
}
