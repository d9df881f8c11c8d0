package io.ratemesh.balancer.stats.json;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** A certificate in use as JSON. */
public final class CertificateJson {

    private CertificateJson() {}

    /**
     * A certificate of a listener.
     *
     * @param use the name of the listener
     * @param file it was read from
     */
    public static JsonObject of(String use, Path file, X509Certificate certificate) {
        return of(use, file, certificate.getNotAfter().toInstant())
                .put("subject", certificate.getSubjectX500Principal().getName())
                .put("issuer", certificate.getIssuerX500Principal().getName())
                .put("names", names(certificate))
                .put("notBefore", certificate.getNotBefore().toInstant().toString());
    }

    /** A certificate of which only the end is known. */
    public static JsonObject of(String use, Path file, Instant notAfter) {
        return new JsonObject().put("use", use).put("file", file.toString()).put("notAfter", notAfter.toString());
    }

    /** The DNS names and addresses that it is for (RFC 5280 §4.2.1.6). */
    private static JsonArray names(X509Certificate certificate) {
        JsonArray names = new JsonArray();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                alternatives.stream()
                        .map(alternative -> alternative.get(1))
                        .filter(String.class::isInstance)
                        .forEach(names::add);
            }
        } catch (CertificateParsingException e) {
            // Then it has no names that a client could verify.
            names.clear();
        }
        return names;
    }
}
