package io.ratemesh.launcher.process;

import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.state.ClusterState;
import io.ratemesh.launcher.state.CommandContext;
import io.ratemesh.launcher.state.LaunchedRole;
import io.ratemesh.launcher.state.NodeRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Copies of the jars for the nodes. A JVM reads its jar as long as it runs, so a build that overwrites the original would break
 * running nodes.
 */
public final class JarCache {

    private final Path project;
    private final ClusterState state;

    public JarCache(Path project, ClusterState state) {
        this.project = project;
        this.state = state;
    }

    /**
     * The newest build of a service.
     *
     * @throws CommandFailure if it is not built
     */
    public Path newest(LaunchedRole role) {
        Path built = project.resolve(role.service()).resolve("target").resolve(role.service() + ".jar");
        if (!Files.isRegularFile(built)) {
            throw CommandFailure.failed(
                    built + " is missing; build it: ./mvnw -DskipTests -pl " + role.service() + " -am package");
        }
        try {
            String build =
                    Long.toHexString(Files.getLastModifiedTime(built).toMillis()) + Long.toHexString(Files.size(built));
            Path copy = state.home().jars().resolve(role.service() + "-" + build + ".jar");
            if (!Files.exists(copy)) {
                Files.createDirectories(copy.getParent());
                Path draft = Files.createTempFile(copy.getParent(), role.service(), ".draft");
                Files.copy(built, draft, StandardCopyOption.REPLACE_EXISTING);
                Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The build that the nodes of a role run, for nodes that are added to them. */
    public Path inUse(LaunchedRole role) {
        List<NodeRecord> nodes = state.nodes().active(role);
        return nodes.stream()
                .map(node -> Path.of(node.jar()))
                .filter(Files::isRegularFile)
                .reduce((older, newer) -> newer)
                .orElseGet(() -> newest(role));
    }

    /** Deletes builds that are neither the newest nor run by a node. */
    public void deleteUnused() {
        Path folder = state.home().jars();
        if (!Files.isDirectory(folder)) {
            return;
        }
        Set<Path> kept = new HashSet<>();
        state.nodes().all().forEach(node -> kept.add(Path.of(node.jar())));
        for (LaunchedRole role : LaunchedRole.values()) {
            kept.add(newest(role));
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (kept.stream().noneMatch(jar -> ClassDataArchives.belongsTo(file, jar))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Prepares the cache while no node runs. */
    public void prepare(CommandContext context) {
        deleteUnused();
        installArchives(state, context);
    }

    /** Installs the archives of classes that nodes have written when they ended. */
    public static void installArchives(ClusterState state, CommandContext context) {
        ClassDataArchives.installDrafts(state.home().jars(), context);
    }
}
