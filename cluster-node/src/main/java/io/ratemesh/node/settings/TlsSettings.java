package io.ratemesh.node.settings;

import io.ratemesh.node.settings.BalancerSettings.Listen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code balancer.tls}: the listener with TLS, present where a certificate is named.
 *
 * @param listen where it listens
 * @param certificates a PEM file with the certificate of the server, then the intermediate certificates
 * @param key a PEM file with the private key of the certificate, not encrypted
 * @param proxyProtocol whether every connection begins with the PROXY protocol, version 1 or 2, before TLS
 * @param strictTransport the max-age of {@code Strict-Transport-Security} (RFC 6797), up to two years; zero omits the field
 */
public record TlsSettings(Listen listen, Path certificates, Path key, boolean proxyProtocol, Duration strictTransport) {

    private static final Duration TWO_YEARS = Duration.ofDays(730);

    static Optional<TlsSettings> read(SettingsReader reader) {
        Optional<Path> certificates = reader.path("cert");
        Optional<Path> key = reader.path("key");
        Listen listen = Listen.read(reader, "0.0.0.0", 8443);
        boolean proxyProtocol = reader.flag("proxy-protocol", false);
        Duration strictTransport = reader.duration("hsts", Duration.ZERO, TWO_YEARS, Duration.ZERO);
        if (certificates.isPresent() != key.isPresent()) {
            reader.fault(key.isEmpty() ? "key" : "cert", "is missing", "name a PEM file: cert and key belong together");
            return Optional.empty();
        }
        boolean hasPort = reader.given("port").isPresent() && listen.port() != 0;
        if (certificates.isEmpty() && (hasPort || proxyProtocol || !strictTransport.isZero())) {
            reader.fault("cert", "is missing", "name a PEM file, without which there is no TLS");
        }
        if (certificates.isEmpty()) {
            reader.withoutEffect();
        }
        return certificates.map(
                file -> new TlsSettings(listen, file, key.orElseThrow(), proxyProtocol, strictTransport));
    }
}
