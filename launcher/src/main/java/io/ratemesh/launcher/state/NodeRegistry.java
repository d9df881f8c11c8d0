package io.ratemesh.launcher.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The nodes that commands of this home have started, one file each. */
public final class NodeRegistry {

    private static final String SUFFIX = ".properties";

    private final Path folder;
    private final ProcessTable processes;

    public NodeRegistry(Path folder, ProcessTable processes) {
        this.folder = folder;
        this.processes = processes;
    }

    /** All nodes, including ended ones, by role and number. */
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

    /** The nodes whose process runs. */
    public List<NodeRecord> running() {
        return all().stream().filter(this::isAlive).toList();
    }

    /** The nodes of a role whose process runs and which no command is stopping. */
    public List<NodeRecord> active(LaunchedRole role) {
        return running().stream()
                .filter(node -> node.role() == role && !node.stopping())
                .toList();
    }

    public boolean isAlive(NodeRecord node) {
        return processes.identity(node.pid()).filter(node.identity()::equals).isPresent();
    }

    public boolean contains(NodeRecord node) {
        return PropertiesFile.read(file(node.id()))
                .flatMap(NodeRecord::fromProperties)
                .filter(known -> known.pid() == node.pid())
                .isPresent();
    }

    /** Stores a node whose process was just started. */
    public NodeRecord add(NodeRecord node) {
        NodeRecord stored = new NodeRecord(
                node.id(),
                node.role(),
                node.pid(),
                processes.identity(node.pid()).orElse("ended at once"),
                node.startedAt(),
                node.jar(),
                node.arguments(),
                false);
        PropertiesFile.write(file(node.id()), stored.toProperties());
        return stored;
    }

    public void markStopping(NodeRecord node) {
        PropertiesFile.write(file(node.id()), node.asStopping().toProperties());
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
