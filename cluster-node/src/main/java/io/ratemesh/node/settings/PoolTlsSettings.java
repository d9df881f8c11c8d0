package io.ratemesh.node.settings;

import io.ratemesh.node.address.IpAddresses;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code tls} of a pool: its servers are connected to with TLS. Present where one of its keys is given.
 *
 * @param ca a PEM file with the CAs that sign the certificates of the servers; empty for those that Java trusts
 * @param serverName the name that is sent (SNI) and that the certificate must have; empty for the host of each server
 * @param verify whether the certificate of a server is verified
 * @param certificates a PEM file with the certificate of this client, then the intermediate ones; empty for none
 * @param key a PEM file with the private key of that certificate, not encrypted
 */
public record PoolTlsSettings(
        Optional<Path> ca,
        Optional<String> serverName,
        boolean verify,
        Optional<Path> certificates,
        Optional<Path> key) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");

    static Optional<PoolTlsSettings> read(SettingsReader reader) {
        Optional<Path> ca = reader.path("ca");
        Optional<String> serverName = reader.optionalText("server-name");
        boolean verify = reader.flag("verify", true);
        Optional<Path> certificates = reader.path("cert");
        Optional<Path> key = reader.path("key");
        if (serverName.filter(name -> !isHostName(name)).isPresent()) {
            reader.fault("server-name", "is not a valid host name", "use a name such as shop.internal");
        }
        if (!verify && ca.isPresent()) {
            reader.fault("ca", "has no effect, because verify is false", "remove one of them");
        }
        if (certificates.isPresent() != key.isPresent()) {
            reader.fault(key.isEmpty() ? "key" : "cert", "is missing", "name a PEM file: cert and key belong together");
        }
        boolean given = ca.isPresent()
                || serverName.isPresent()
                || reader.given("verify").isPresent()
                || certificates.isPresent()
                || key.isPresent();
        if (!given) {
            reader.withoutEffect();
            return Optional.empty();
        }
        return Optional.of(new PoolTlsSettings(ca, serverName, verify, certificates, key));
    }

    /** An address cannot be sent as a name (RFC 6066 §3). */
    private static boolean isHostName(String name) {
        return NAME.matcher(name).matches() && IpAddresses.parse(name) == null;
    }
}
