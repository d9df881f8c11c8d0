package io.ratemesh.node.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A certificate of the listener with TLS, and its key.
 *
 * @param key where it is set: {@code balancer.tls}, or {@code balancer.tls.certificates[0]}
 * @param certificates a PEM file with the certificate of the server, then the intermediate certificates
 * @param privateKey a PEM file with the private key of the certificate, not encrypted
 */
public record CertificateFiles(String key, Path certificates, Path privateKey) {

    /** Reads {@code cert} and {@code key}; empty where neither is given. */
    static Optional<CertificateFiles> read(SettingsReader reader, String section) {
        Optional<Path> certificates = reader.path("cert");
        Optional<Path> key = reader.path("key");
        if (certificates.isPresent() != key.isPresent()) {
            reader.fault(key.isEmpty() ? "key" : "cert", "is missing", "name a PEM file: cert and key belong together");
            return Optional.empty();
        }
        return certificates.map(file -> new CertificateFiles(section, file, key.orElseThrow()));
    }

    /** Reads an item of {@code certificates}, which must have both. */
    static Optional<CertificateFiles> readItem(SettingsReader reader) {
        Optional<CertificateFiles> files = read(reader, "");
        if (files.isEmpty()
                && reader.given("cert").isEmpty()
                && reader.given("key").isEmpty()) {
            reader.fault("cert", "is missing", "name a PEM file: cert and key belong together");
        }
        return files;
    }

    /** The files, in the order in which they are named. */
    public List<Path> files() {
        return List.of(certificates, privateKey);
    }
}
