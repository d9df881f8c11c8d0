package io.ratemesh.launcher.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The folder with the state of a cluster on this machine: pids, logs, data, password.
 *
 * @param folder absolute and normalised
 * @param given whether it comes from {@code $RATEMESH_HOME}
 */
public record ClusterHome(Path folder, boolean given) {

    private static final String NAME = "ratemesh";

    /** {@code $RATEMESH_HOME}, or {@code .ratemesh} in the project's folder. */
    public static ClusterHome of(Map<String, String> environment, Path project) {
        Optional<ClusterHome> named = Optional.ofNullable(environment.get("RATEMESH_HOME"))
                .filter(path -> !path.isBlank())
                .map(path -> new ClusterHome(Path.of(path).toAbsolutePath().normalize(), true));
        return named.orElseGet(() ->
                new ClusterHome(project.resolve(".ratemesh").toAbsolutePath().normalize(), false));
    }

    /** Creates the folder for its owner only, since it contains the logs and the password. */
    public void create() {
        try {
            if (Files.exists(folder)) {
                return;
            }
            Files.createDirectories(folder);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path pids() {
        return folder.resolve("pids");
    }

    public Path logs() {
        return folder.resolve("logs");
    }

    /**
     * The default access log of the balancer: one file for all balancers that run one after another, so that its size limit holds
     * over restarts.
     */
    public Path accessLog() {
        return logs().resolve("front-door").resolve("access.log");
    }

    public Path jars() {
        return folder.resolve("jars");
    }

    public Path passwordFile() {
        return folder.resolve("admin-password");
    }

    /**
     * The default name of the cluster. The services derive the same name from the same home, so that one that is started by hand
     * joins the cluster.
     *
     * @param otherClusterRuns whether a cluster with another home already runs on this machine
     */
    public String clusterName(boolean otherClusterRuns) {
        return given || otherClusterRuns ? NAME + "-" + fingerprint() : NAME;
    }

    private String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(folder.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** How the scaler of a balancer runs this launcher: one argument a line. */
    public Path launcherCommand() {
        return folder.resolve("launcher-command");
    }

    Path clusterFile() {
        return folder.resolve("cluster.properties");
    }

    Path lockFile() {
        return folder.resolve("lock");
    }
}
