package io.ratemesh.launcher.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * Where a cluster on this machine keeps its state: pids, logs, data, password.
 *
 * @param folder absolute and normalised
 * @param given whether {@code $RATEMESH_HOME} named it
 */
public record ClusterHome(Path folder, boolean given) {

    /** {@code $RATEMESH_HOME}, or {@code .ratemesh} in the project's folder. */
    public static ClusterHome of(Map<String, String> environment, Path project) {
        Optional<ClusterHome> named = Optional.ofNullable(environment.get("RATEMESH_HOME"))
                .filter(path -> !path.isBlank())
                .map(path -> new ClusterHome(Path.of(path).toAbsolutePath().normalize(), true));
        return named.orElseGet(() ->
                new ClusterHome(project.resolve(".ratemesh").toAbsolutePath().normalize(), false));
    }

    /** Makes the folder where it is missing: for its owner alone, since the logs and the password lie in it. */
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
     * Where the front door logs each request, unless the settings say where: one file for all balancers this cluster has one after
     * the other, so that its bounds hold over restarts. In a folder of its own, for it is not what a node says of itself.
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

    Path clusterFile() {
        return folder.resolve("cluster.properties");
    }

    Path lockFile() {
        return folder.resolve("lock");
    }
}
