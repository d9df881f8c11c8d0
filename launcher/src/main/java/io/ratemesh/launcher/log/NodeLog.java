package io.ratemesh.launcher.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The log files: one per node, and one with the previous log of the node beside it. */
public record NodeLog(Path folder) {

    private static final String SUFFIX = ".log";

    public Path file(String id) {
        return folder.resolve(id + SUFFIX);
    }

    /** Keeps the previous log of the node and returns the path for a new one. */
    public Path rotate(String id) {
        Path file = file(id);
        try {
            Files.createDirectories(folder);
            if (Files.exists(file)) {
                Files.move(file, previous(id), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /**
     * Copies and then truncates logs above a size. The nodes keep their files open for appending; lines between the two steps
     * are lost.
     *
     * @param limit in bytes
     */
    public void truncate(long limit) {
        for (String id : ids()) {
            Path file = file(id);
            try {
                if (Files.size(file) > limit) {
                    Files.copy(file, previous(id), StandardCopyOption.REPLACE_EXISTING);
                    Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                            .close();
                }
            } catch (NoSuchFileException e) {
                // Rotated by a start in the same moment.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The ids of the nodes that have a log. */
    public List<String> ids() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path previous(String id) {
        return folder.resolve(id + SUFFIX + ".1");
    }
}
