package io.ratemesh.node.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;

/** Keys of Ed25519 and Ed448 (RFC 8410), which the JDK reads and the PEM files of Vert.x cannot have. */
final class EdwardsKeys {

    private static final Pattern PKCS_8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final char[] NO_PASSWORD = new char[0];

    private EdwardsKeys() {}

    /** The key of a PEM file; empty where there is none, or one of another algorithm. */
    static Optional<PrivateKey> parse(byte[] pem) {
        Matcher matcher = PKCS_8.matcher(new String(pem, ISO_8859_1));
        if (!matcher.find()) {
            return Optional.empty();
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
            return Optional.of(KeyFactory.getInstance("EdDSA").generatePrivate(new PKCS8EncodedKeySpec(encoded)));
        } catch (NoSuchAlgorithmException | InvalidKeySpecException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Both in memory, for Vert.x. */
    static KeyCertOptions options(PrivateKey key, List<X509Certificate> chain) throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("key", key, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return KeyCertOptions.wrap(factory);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
