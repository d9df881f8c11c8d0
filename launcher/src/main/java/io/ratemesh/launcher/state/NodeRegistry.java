package io.ratemesh.launcher.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The nodes that commands of this home have started: one file each. */
public final class NodeRegistry {

    private static final String SUFFIX = ".properties";

    private final Path folder;
    private final ProcessTable processes;

    public NodeRegistry(Path folder, ProcessTable processes) {
        this.folder = folder;
        this.processes = processes;
    }

    /** All of them, dead ones too, by role and number. */
    public List<NodeRecord> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .map(PropertiesFile::read)
                    .flatMap(Optional::stream)
                    .map(NodeRecord::fromProperties)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparing(NodeRecord::role).thenComparing(NodeRecord::number))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those whose process runs. */
    public List<NodeRecord> living() {
        return all().stream().filter(this::isAlive).toList();
    }

    /** Those of a role whose process runs and that nobody has told to leave. */
    public List<NodeRecord> staying(LaunchedRole role) {
        return living().stream()
                .filter(node -> node.role() == role && !node.leaving())
                .toList();
    }

    public boolean isAlive(NodeRecord node) {
        return processes.birth(node.pid()).filter(node.birth()::equals).isPresent();
    }

    public boolean holds(NodeRecord node) {
        return PropertiesFile.read(file(node.id()))
                .flatMap(NodeRecord::fromProperties)
                .filter(known -> known.pid() == node.pid())
                .isPresent();
    }

    /** Writes down a process that was just started. */
    public NodeRecord add(NodeRecord node) {
        NodeRecord born = new NodeRecord(
                node.id(),
                node.role(),
                node.pid(),
                processes.birth(node.pid()).orElse("ended at once"),
                node.startedAt(),
                node.jar(),
                node.arguments(),
                false);
        PropertiesFile.write(file(node.id()), born.toProperties());
        return born;
    }

    public void markLeaving(NodeRecord node) {
        PropertiesFile.write(file(node.id()), node.onItsWayOut().toProperties());
    }

    public void remove(NodeRecord node) {
        try {
            Files.deleteIfExists(file(node.id()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String id) {
        return folder.resolve(id + SUFFIX);
    }
}
