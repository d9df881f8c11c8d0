package io.ratemesh.node.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The folder for the files of a cluster on this machine, and the default name of the cluster.
 *
 * @param folder {@code $RATEMESH_HOME}, or {@code .ratemesh} in the working folder
 * @param clusterName {@code ratemesh}; with {@code $RATEMESH_HOME} a name made from its path, so that clusters with different
 *     homes do not join each other
 */
public record Home(Path folder, String clusterName) {

    private static final String NAME = "ratemesh";

    /** Reads {@code RATEMESH_HOME}. */
    public static Home of(Map<String, String> environment) {
        Optional<Path> given = Optional.ofNullable(environment.get("RATEMESH_HOME"))
                .filter(path -> !path.isBlank())
                .map(path -> Path.of(path).toAbsolutePath().normalize());
        return given.map(path -> new Home(path, NAME + "-" + fingerprint(path)))
                .orElseGet(() -> new Home(Path.of("." + NAME), NAME));
    }

    private static String fingerprint(Path path) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(path.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
