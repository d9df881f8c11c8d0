package io.ratemesh.balancer.upstream.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.ratemesh.node.settings.PoolTlsSettings;
import io.ratemesh.node.settings.SettingsException;
import io.ratemesh.node.tls.Certificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** TLS as a client of upstreams, with the certificates as they were read. Equal to another one with the same settings and files. */
public final class ClientTls {

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final PoolTlsSettings settings;
    private final List<ByteBuffer> files;
    private final SslContext context;

    private ClientTls(PoolTlsSettings settings, List<ByteBuffer> files, SslContext context) {
        this.settings = settings;
        this.files = files;
        this.context = context;
    }

    /**
     * Reads the files; not for an event loop.
     *
     * @param section the key of the settings, such as {@code balancer.pools.shop.tls}
     * @throws SettingsException if a file cannot be read, is not PEM, or does not belong to the other one
     */
    static ClientTls read(String section, PoolTlsSettings settings) {
        Faults faults = new Faults(section);
        Optional<byte[]> ca = settings.ca().map(file -> faults.read("ca", file));
        Optional<byte[]> certificates = settings.certificates().map(file -> faults.read("cert", file));
        Optional<byte[]> key = settings.key().map(file -> faults.read("key", file));
        SslContextBuilder builder =
                SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols(VERSIONS);
        ca.ifPresent(
                bytes -> builder.trustManager(authorities(faults, settings.ca().orElseThrow(), bytes)));
        if (certificates.isPresent() && key.isPresent()) {
            builder.keyManager(certificate(faults, settings, certificates.get(), key.get()));
        }
        if (!settings.verify()) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm(null);
        }
        List<ByteBuffer> files = List.of(ca, certificates, key).stream()
                .map(bytes -> ByteBuffer.wrap(bytes.orElseGet(() -> new byte[0])))
                .toList();
        try {
            return new ClientTls(settings, files, builder.build());
        } catch (SSLException e) {
            throw new SettingsException(section + ": cannot be used (" + e.getMessage() + ")");
        }
    }

    /**
     * The handler of a connection, which starts the handshake when it is added.
     *
     * @param host of the upstream: what its certificate must be for, unless the settings name another
     * @param protocols to be offered (ALPN), the preferred one first; none for HTTP/1.1 without ALPN
     */
    SslHandler handler(ByteBufAllocator alloc, String host, int port, List<String> protocols) {
        String peer = settings.serverName().orElse(host);
        SSLEngine engine = context.newEngine(alloc, peer, port);
        SSLParameters parameters = engine.getSSLParameters();
        if (!protocols.isEmpty()) {
            parameters.setApplicationProtocols(protocols.toArray(String[]::new));
        }
        // Java sends only names with a dot by itself.
        settings.serverName().ifPresent(name -> parameters.setServerNames(List.of(new SNIHostName(name))));
        engine.setSSLParameters(parameters);
        return new SslHandler(engine);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClientTls tls && settings.equals(tls.settings) && files.equals(tls.files);
    }

    @Override
    public int hashCode() {
        return settings.hashCode();
    }

    private static X509Certificate[] authorities(Faults faults, Path file, byte[] bytes) {
        try {
            X509Certificate[] all = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes))
                    .toArray(X509Certificate[]::new);
            if (all.length > 0) {
                return all;
            }
        } catch (GeneralSecurityException | ArrayStoreException e) {
            // It is not PEM, which has the same remedy as an empty file.
        }
        throw faults.fault("ca", file, "has no certificate", "use a PEM file with the certificates of CAs");
    }

    private static KeyManagerFactory certificate(
            Faults faults, PoolTlsSettings settings, byte[] certificates, byte[] key) {
        try {
            return Certificate.of(certificates, key).options().getKeyManagerFactory(null);
        } catch (Exception e) {
            // Vert.x declares that it throws any.
            throw faults.fault(
                    "cert",
                    settings.certificates().orElseThrow(),
                    "and " + faults.section() + ".key \"" + settings.key().orElseThrow()
                            + "\" are not a certificate and its key (" + e.getMessage() + ")",
                    "use PEM files that belong together, and a key that is not encrypted");
        }
    }

    /** Faults of the files that keys of one section name. */
    private record Faults(String section) {

        byte[] read(String key, Path file) {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                String why = e.getClass().getSimpleName();
                throw fault(key, file, "cannot be read (" + why + ")", "use a readable PEM file");
            }
        }

        SettingsException fault(String key, Path file, String problem, String remedy) {
            return new SettingsException(section + "." + key + ": \"" + file + "\" " + problem + "; " + remedy);
        }
    }
}
