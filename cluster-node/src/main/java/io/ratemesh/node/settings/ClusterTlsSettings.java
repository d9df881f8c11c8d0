package io.ratemesh.node.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code cluster.tls}: mutual TLS on the event bus, present where its three PEM files are named.
 *
 * @param certificates the certificate of this node, then the intermediate certificates
 * @param key the private key of the certificate, not encrypted
 * @param ca the CAs whose certificates make a node of this cluster
 */
public record ClusterTlsSettings(Path certificates, Path key, Path ca) {

    static Optional<ClusterTlsSettings> read(SettingsReader reader) {
        Optional<Path> certificates = reader.path("cert");
        Optional<Path> key = reader.path("key");
        Optional<Path> ca = reader.path("ca");
        if (certificates.isPresent() && key.isPresent() && ca.isPresent()) {
            return Optional.of(new ClusterTlsSettings(certificates.get(), key.get(), ca.get()));
        }
        if (certificates.isPresent() || key.isPresent() || ca.isPresent()) {
            List.of("cert", "key", "ca").stream()
                    .filter(name -> reader.given(name).isEmpty())
                    .forEach(name ->
                            reader.fault(name, "is missing", "name a PEM file: cert, key and ca belong together"));
        }
        return Optional.empty();
    }
}
