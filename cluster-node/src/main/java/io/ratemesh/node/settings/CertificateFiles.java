package io.ratemesh.node.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A certificate of the listener with TLS, and its key.
 *
 * @param key where it is set: {@code balancer.tls}, or {@code balancer.tls.certificates[0]}
 * @param certificates a PEM file with the certificate of the server, then the intermediate certificates
 * @param privateKey a PEM file with the private key of the certificate, not encrypted
 * @param ocsp a DER file with the OCSP response that is stapled; empty for none
 */
public record CertificateFiles(String key, Path certificates, Path privateKey, Optional<Path> ocsp) {

    /** Reads {@code cert} and {@code key}; empty where neither is given. */
    static Optional<CertificateFiles> read(SettingsReader reader, String section) {
        Optional<Path> certificates = reader.path("cert");
        Optional<Path> key = reader.path("key");
        Optional<Path> ocsp = reader.path("ocsp");
        if (certificates.isPresent() != key.isPresent()) {
            reader.fault(key.isEmpty() ? "key" : "cert", "is missing", "name a PEM file: cert and key belong together");
            return Optional.empty();
        }
        if (certificates.isEmpty() && ocsp.isPresent()) {
            reader.fault("cert", "is missing", "an OCSP response is stapled to a certificate: name it and its key");
        }
        return certificates.map(file -> new CertificateFiles(section, file, key.orElseThrow(), ocsp));
    }

    /** Reads an item of {@code certificates}, which must have both. */
    static Optional<CertificateFiles> readItem(SettingsReader reader) {
        Optional<CertificateFiles> files = read(reader, "");
        if (files.isEmpty()
                && reader.given("cert").isEmpty()
                && reader.given("key").isEmpty()
                && reader.given("ocsp").isEmpty()) {
            reader.fault("cert", "is missing", "name a PEM file: cert and key belong together");
        }
        return files;
    }

    /** The files, in the order in which they are named. */
    public List<Path> files() {
        return Stream.concat(Stream.of(certificates, privateKey), ocsp.stream()).toList();
    }
}
