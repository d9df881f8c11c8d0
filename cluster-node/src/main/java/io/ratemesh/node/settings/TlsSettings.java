package io.ratemesh.node.settings;

import io.ratemesh.node.settings.BalancerSettings.Listen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code balancer.tls}: the front door over TLS, there when a certificate is named.
 *
 * @param listen where
 * @param certificates a PEM file, the server's own first, then those that vouch for it
 * @param key a PEM file with the private key of the first, not encrypted
 * @param proxyProtocol whether every connection begins with the PROXY protocol, version 1 or 2, before TLS
 * @param strictTransport how long browsers are told to come by TLS only ({@code hsts}); zero for not at all
 */
public record TlsSettings(Listen listen, Path certificates, Path key, boolean proxyProtocol, Duration strictTransport) {

    private static final String KEY = "balancer.tls";
    private static final Duration TWO_YEARS = Duration.ofDays(730);

    static Optional<TlsSettings> read(SettingsReader reader) {
        Optional<Path> certificates = reader.path(KEY + ".cert");
        Optional<Path> key = reader.path(KEY + ".key");
        Listen listen = new Listen(reader.bind(KEY + ".bind", "0.0.0.0"), reader.number(KEY + ".port", 0, 65535, 8443));
        boolean proxyProtocol = reader.flag(KEY + ".proxy-protocol", false);
        Duration strictTransport = reader.duration(KEY + ".hsts", Duration.ZERO, TWO_YEARS, Duration.ZERO);
        if (certificates.isPresent() != key.isPresent()) {
            reader.fault(KEY + (key.isEmpty() ? ".key" : ".cert"), "a PEM file: .cert and .key belong together");
            return Optional.empty();
        }
        boolean namesPort = reader.optionalText(KEY + ".port").isPresent() && listen.port() != 0;
        if (certificates.isEmpty() && (namesPort || proxyProtocol || !strictTransport.isZero())) {
            // Whoever says so much expects it to be there.
            reader.fault(KEY + ".cert", "a PEM file: without it there is no TLS");
        }
        return certificates.map(
                file -> new TlsSettings(listen, file, key.orElseThrow(), proxyProtocol, strictTransport));
    }
}
