package io.ratemesh.node.cluster;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.node.settings.ClusterSettings;
import io.ratemesh.node.settings.Secret;
import io.ratemesh.node.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret of a cluster. A member proves that it has it without sending it. */
final class ClusterSecret {

    /** Of a proof. */
    static final int BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_CHARACTERS = 16;
    private static final String REMEDY =
            "use at least " + MIN_CHARACTERS + ", such as those of openssl rand -base64 32";

    /** The side of a connection. A proof of one is none of the other, so that it cannot be sent back. */
    enum Side {
        CONNECTING,
        ACCEPTING
    }

    private final SecretKeySpec key;

    ClusterSecret(String secret) {
        this.key = new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM);
    }

    /**
     * The secret of the environment, else that of the file.
     *
     * @return empty if none is set
     * @throws SettingsException if the file cannot be read, or the secret is too short
     */
    static Optional<ClusterSecret> read(ClusterSettings settings) {
        if (settings.secret().isPresent()) {
            return settings.secret().map(Secret::value).map(secret -> of("cluster.secret: it", secret));
        }
        return settings.secretFile().map(file -> of("cluster.secret-file: \"" + file + "\"", content(file)));
    }

    private static ClusterSecret of(String where, String secret) {
        if (secret.length() < MIN_CHARACTERS) {
            throw new SettingsException(where + " has " + secret.length() + " characters; " + REMEDY);
        }
        return new ClusterSecret(secret);
    }

    private static String content(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new SettingsException("cluster.secret-file: \"" + file + "\" cannot be read ("
                    + e.getClass().getSimpleName() + "); use a readable file with the secret of the cluster");
        }
    }

    /**
     * The proof that one side of a connection has the secret.
     *
     * @param connecting the random bytes of the side that connects
     * @param accepting the random bytes of the side that accepts
     */
    byte[] proof(Side side, byte[] connecting, byte[] accepting) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(side.name().getBytes(US_ASCII));
            mac.update(connecting);
            mac.update(accepting);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            // Every Java has this algorithm.
            throw new IllegalStateException(e);
        }
    }
}
