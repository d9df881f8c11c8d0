package io.ratemesh.balancer.listener.tls;

import io.ratemesh.node.tls.Certificate;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the certificate of a handshake by the name that the client sends (RFC 6066 §3). The TLS engine asks once for each kind of key
 * that the client accepts; no certificate of any kind ends the handshake with an alert. An alias is the index of a certificate.
 */
final class ServerNameKeys extends X509ExtendedKeyManager {

    private static final List<Integer> DEFAULT = List.of(0);

    private final List<Certificate> certificates;
    private final ServerNames names;
    private final boolean strict;
    private final boolean forOpenSsl;

    /**
     * Chooses among certificates.
     *
     * @param certificates at least one; the first is the default
     * @param strict whether the default is only for its own names
     * @param forOpenSsl whether OpenSSL's engine may use them
     */
    ServerNameKeys(List<Certificate> certificates, boolean strict, boolean forOpenSsl) {
        this.certificates = List.copyOf(certificates);
        this.names = ServerNames.of(certificates.stream().map(Certificate::leaf).toList());
        this.strict = strict;
        this.forOpenSsl = forOpenSsl;
    }

    boolean areForOpenSsl() {
        return forOpenSsl;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return candidates(engine).stream()
                .filter(index -> isOf(keyType, certificates.get(index)))
                .findFirst()
                .map(String::valueOf)
                .orElse(null);
    }

    private List<Integer> candidates(@Nullable SSLEngine engine) {
        String name = engine == null ? null : serverName(engine.getHandshakeSession());
        List<Integer> named = name == null ? List.of() : names.certificates(name);
        return named.isEmpty() && !strict ? DEFAULT : named;
    }

    private static @Nullable String serverName(@Nullable SSLSession handshake) {
        if (handshake instanceof ExtendedSSLSession session) {
            for (SNIServerName name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName();
                }
            }
        }
        return null;
    }

    private static boolean isOf(String keyType, Certificate certificate) {
        return certificate.leaf().getPublicKey().getAlgorithm().equals(keyType);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return certificate(alias).chain().toArray(new X509Certificate[0]);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return certificate(alias).key();
    }

    private Certificate certificate(String alias) {
        return certificates.get(Integer.parseInt(alias));
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
