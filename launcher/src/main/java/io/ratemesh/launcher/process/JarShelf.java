package io.ratemesh.launcher.process;

import io.ratemesh.launcher.outcome.Failure;
import io.ratemesh.launcher.state.ClusterState;
import io.ratemesh.launcher.state.NodeRecord;
import io.ratemesh.launcher.state.NodeRole;
import io.ratemesh.launcher.state.Workplace;
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
 * The jars that nodes run: copies, since a JVM reads its jar for as long as it lives, and a build that overwrites the
 * jar would break every running node.
 */
public final class JarShelf {

    private final Path project;
    private final ClusterState state;

    public JarShelf(Path project, ClusterState state) {
        this.project = project;
        this.state = state;
    }

    /**
     * The newest build of a service.
     *
     * @throws Failure where it is not built
     */
    public Path newest(NodeRole role) {
        Path built = project.resolve(role.service()).resolve("target").resolve(role.service() + ".jar");
        if (!Files.isRegularFile(built)) {
            throw Failure.failed(
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

    /** The build that the nodes of a role run, so that a node added later is like its siblings. */
    public Path inUse(NodeRole role) {
        List<NodeRecord> siblings = state.nodes().staying(role);
        return siblings.stream()
                .map(node -> Path.of(node.jar()))
                .filter(Files::isRegularFile)
                .reduce((older, newer) -> newer)
                .orElseGet(() -> newest(role));
    }

    /** Throws away the builds that are neither the newest nor run by a node. */
    public void tidy() {
        Path shelf = state.home().jars();
        if (!Files.isDirectory(shelf)) {
            return;
        }
        Set<Path> kept = new HashSet<>();
        state.nodes().all().forEach(node -> kept.add(Path.of(node.jar())));
        for (NodeRole role : NodeRole.values()) {
            kept.add(newest(role));
        }
        try (Stream<Path> files = Files.list(shelf)) {
            for (Path file : files.toList()) {
                if (kept.stream().noneMatch(jar -> ClassArchives.belongsTo(file, jar))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the shelf in order while no node runs. */
    public void prepare(Workplace workplace) {
        tidy();
        ClassArchives.adopt(state.home().jars(), workplace);
    }
}
