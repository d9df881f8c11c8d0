package io.ratemesh.node.cluster;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.ratemesh.node.settings.ClusterTlsSettings;
import io.ratemesh.node.settings.SettingsException;
import io.ratemesh.node.tls.Certificate;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Mutual TLS on the event bus: a node shows a certificate of the cluster's CA and accepts no other, as the side that connects and as the
 * side that is connected to. Host names are not verified: nodes have changing addresses, and a certificate of that CA makes a node.
 */
public final class BusTls {

    private static final String KEY = "cluster.tls.";

    private final Certificate certificate;
    private final byte[] authorities;

    private BusTls(Certificate certificate, byte[] authorities) {
        this.certificate = certificate;
        this.authorities = authorities;
    }

    /**
     * Reads the files, and checks that other nodes will accept the certificate.
     *
     * @throws SettingsException if a file cannot be read, or they do not belong together, or the certificate is not valid now
     */
    public static BusTls read(ClusterTlsSettings settings, Instant now) {
        byte[] certificates = bytes("cert", settings.certificates());
        byte[] key = bytes("key", settings.key());
        byte[] authorities = bytes("ca", settings.ca());
        Certificate certificate = certificate(settings, certificates, key);
        X509Certificate leaf = certificate.leaf();
        Instant begin = leaf.getNotBefore().toInstant();
        Instant end = leaf.getNotAfter().toInstant();
        if (now.isBefore(begin) || now.isAfter(end)) {
            throw fault(
                    "cert",
                    settings.certificates(),
                    "is valid from " + begin + " to " + end,
                    "use one that is valid now");
        }
        X509TrustManager trust = trust(settings.ca(), authorities);
        try {
            X509Certificate[] chain = certificate.chain().toArray(X509Certificate[]::new);
            trust.checkServerTrusted(chain, "UNKNOWN");
            trust.checkClientTrusted(chain, "UNKNOWN");
        } catch (CertificateException e) {
            throw fault(
                    "cert",
                    settings.certificates(),
                    "is not accepted by " + KEY + "ca \"" + settings.ca() + "\" (" + e.getMessage() + ")",
                    "use one that this CA has signed for server and client authentication");
        }
        return new BusTls(certificate, authorities);
    }

    /** Sets the options of a bus. */
    public void apply(EventBusOptions bus) {
        bus.setSsl(true)
                .setKeyCertOptions(certificate.options())
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authorities)))
                .setTrustAll(false)
                .setClientAuth(ClientAuth.REQUIRED)
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"));
    }

    /** Registers the time at which the certificate expires. */
    public void measure(MeterRegistry meters) {
        Gauge.builder("ratemesh.cluster.certificate.expiry.timestamp", () -> expiry().getEpochSecond())
                .baseUnit("seconds")
                .register(meters);
    }

    /** Until when other nodes accept the certificate. */
    Instant expiry() {
        return certificate.leaf().getNotAfter().toInstant();
    }

    private static byte[] bytes(String name, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw fault(name, file, "cannot be read (" + e.getClass().getSimpleName() + ")", "use a readable PEM file");
        }
    }

    private static Certificate certificate(ClusterTlsSettings settings, byte[] certificates, byte[] key) {
        try {
            return Certificate.of(certificates, key);
        } catch (GeneralSecurityException e) {
            throw fault(
                    "cert",
                    settings.certificates(),
                    "and " + KEY + "key \"" + settings.key() + "\" are not a certificate and its key (" + e.getMessage()
                            + ")",
                    "use PEM files that belong together, and a key that is not encrypted");
        }
    }

    private static X509TrustManager trust(Path file, byte[] authorities) {
        try {
            Collection<? extends java.security.cert.Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(authorities));
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (java.security.cert.Certificate each : all) {
                store.setCertificateEntry("ca-" + store.size(), each);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager trust && store.size() > 0) {
                    return trust;
                }
            }
        } catch (GeneralSecurityException | IOException e) {
            // It is not PEM, which has the same remedy as an empty file.
        }
        throw fault("ca", file, "has no certificate", "use a PEM file with the certificate of the cluster's CA");
    }

    private static SettingsException fault(String name, Path file, String problem, String remedy) {
        return new SettingsException(KEY + name + ": \"" + file + "\" " + problem + "; " + remedy);
    }
}
