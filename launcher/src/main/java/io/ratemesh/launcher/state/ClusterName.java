package io.ratemesh.launcher.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The name that keeps the clusters of one machine apart where the user gave none. */
public final class ClusterName {

    private static final String PLAIN = "ratemesh";

    private ClusterName() {}

    /**
     * The services make the same name from the same home, so that one started by hand finds the cluster.
     *
     * @param strangersRun whether a cluster that is not of this home already runs on this machine
     */
    public static String byDefault(ClusterHome home, boolean strangersRun) {
        return home.given() || strangersRun ? PLAIN + "-" + fingerprint(home) : PLAIN;
    }

    private static String fingerprint(ClusterHome home) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(home.folder().toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
