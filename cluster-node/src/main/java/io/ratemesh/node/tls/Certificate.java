package io.ratemesh.node.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509KeyManager;

/**
 * A certificate and its key, which belong together. They are used as they were read, even if the files change later.
 *
 * @param options both, for Vert.x
 * @param chain the certificate, then the intermediate ones
 * @param key of the certificate
 */
public record Certificate(KeyCertOptions options, List<X509Certificate> chain, PrivateKey key) {

    private static final byte[] PROBE = "ratemesh".getBytes(US_ASCII);
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC");

    /**
     * Parses the content of two PEM files.
     *
     * @throws GeneralSecurityException if they are not a certificate and a key in PEM, or do not belong together
     */
    public static Certificate of(byte[] certificates, byte[] key) throws GeneralSecurityException {
        Optional<PrivateKey> edwards = EdwardsKeys.parse(key);
        return edwards.isPresent() ? ofEdwards(certificates, edwards.get()) : ofOthers(certificates, key);
    }

    private static Certificate ofEdwards(byte[] certificates, PrivateKey key) throws GeneralSecurityException {
        List<X509Certificate> chain =
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(certificates))
                        .stream()
                        .map(X509Certificate.class::cast)
                        .toList();
        if (chain.isEmpty()) {
            throw new GeneralSecurityException("there is no certificate");
        }
        requirePair(key, chain.get(0));
        return new Certificate(EdwardsKeys.options(key, chain), chain, key);
    }

    private static Certificate ofOthers(byte[] certificates, byte[] key) throws GeneralSecurityException {
        PemKeyCertOptions options = new PemKeyCertOptions()
                .setCertValue(Buffer.buffer(certificates))
                .setKeyValue(Buffer.buffer(key));
        X509KeyManager keys = keyManager(options);
        String alias = KEY_ALGORITHMS.stream()
                .map(algorithm -> keys.getServerAliases(algorithm, null))
                .filter(aliases -> aliases != null && aliases.length > 0)
                .flatMap(Arrays::stream)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("the key is not an RSA, EC or EdDSA key"));
        List<X509Certificate> chain = List.of(keys.getCertificateChain(alias));
        PrivateKey privateKey = keys.getPrivateKey(alias);
        requirePair(privateKey, chain.get(0));
        return new Certificate(options, chain, privateKey);
    }

    /** The certificate itself. */
    public X509Certificate leaf() {
        return chain.get(0);
    }

    private static X509KeyManager keyManager(PemKeyCertOptions options) throws GeneralSecurityException {
        try {
            // Vert.x would only read files, and there are none.
            KeyManagerFactory factory = options.getKeyManagerFactory(null);
            for (KeyManager manager : factory.getKeyManagers()) {
                if (manager instanceof X509KeyManager keys) {
                    return keys;
                }
            }
            throw new GeneralSecurityException("there is no certificate");
        } catch (GeneralSecurityException e) {
            throw e;
        } catch (Exception e) {
            // The parsers throw various exceptions if the file is not PEM.
            throw new GeneralSecurityException(e.getMessage(), e);
        }
    }

    private static void requirePair(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        if (!belongTogether(key, certificate.getPublicKey())) {
            throw new GeneralSecurityException("the key does not belong to the first certificate");
        }
    }

    private static boolean belongTogether(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        try {
            signature.initVerify(certified);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // A signature of another algorithm.
            return false;
        }
    }
}
