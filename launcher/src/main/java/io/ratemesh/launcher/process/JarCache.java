package io.ratemesh.launcher.process;

import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.state.ClusterHome;
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
            Path recorded = recordingHome(project).jars().resolve(copy.getFileName());
            if (!ClassDataArchives.exists(recorded) || !link(recorded, copy)) {
                copy(built, copy);
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The home of the cluster from whose nodes archives are recorded. Its jars, with their archives, are those of other homes too. */
    public static ClusterHome recordingHome(Path project) {
        return new ClusterHome(
                project.resolve("launcher/target/class-data").toAbsolutePath().normalize(), true);
    }

    /** Whether archives also have the profiles of methods, which makes requests during the recording worth their time. */
    public static boolean archivesHaveProfiles() {
        return ClassDataArchives.HAS_AOT_CACHE;
    }

    /** Whether each newest build has its archive. */
    public boolean isRecorded() {
        return Stream.of(LaunchedRole.values()).map(this::newest).allMatch(ClassDataArchives::exists);
    }

    /** Lets the next node of each newest build record its archive when it ends. */
    public void requestArchives() {
        try {
            for (LaunchedRole role : LaunchedRole.values()) {
                ClassDataArchives.request(newest(role));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Installs the archives that nodes have recorded. Call it while no node runs. */
    public void installArchives(CommandContext context) {
        ClassDataArchives.installDrafts(state.home().jars(), context);
    }

    /** Whether the copy is a link of the recorded jar now; not if they are on different file systems. */
    private static boolean link(Path recorded, Path copy) throws IOException {
        if (!recorded.equals(copy) && !(Files.exists(copy) && Files.isSameFile(recorded, copy))) {
            Files.createDirectories(copy.getParent());
            Path draft = copy.resolveSibling(
                    copy.getFileName() + "-" + ProcessHandle.current().pid());
            try {
                Files.createLink(draft, recorded);
            } catch (IOException | UnsupportedOperationException e) {
                return false;
            }
            Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        ClassDataArchives.link(recorded, copy);
        return true;
    }

    private static void copy(Path built, Path copy) throws IOException {
        if (!Files.exists(copy)) {
            Files.createDirectories(copy.getParent());
            Path draft =
                    Files.createTempFile(copy.getParent(), built.getFileName().toString(), ".draft");
            Files.copy(built, draft, StandardCopyOption.REPLACE_EXISTING);
            Files.move(draft, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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
}
