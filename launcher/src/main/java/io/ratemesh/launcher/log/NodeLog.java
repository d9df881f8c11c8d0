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

/** Where each node's output goes: one file a node, and beside it what it wrote in its previous start, or before. */
public record NodeLog(Path folder) {

    private static final String SUFFIX = ".log";

    public Path file(String id) {
        return folder.resolve(id + SUFFIX);
    }

    /** Sets the file of the previous start aside and gives the place for the next. */
    public Path fresh(String id) {
        Path file = file(id);
        try {
            Files.createDirectories(folder);
            if (Files.exists(file)) {
                Files.move(file, before(id), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /**
     * Empties the logs that have grown long, after copying each aside. The node keeps its file open for appending, so
     * it goes on at the beginning; what it writes in between is lost.
     *
     * @param limit in bytes
     */
    public void cut(long limit) {
        for (String id : ids()) {
            Path file = file(id);
            try {
                if (Files.size(file) > limit) {
                    Files.copy(file, before(id), StandardCopyOption.REPLACE_EXISTING);
                    Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                            .close();
                }
            } catch (NoSuchFileException e) {
                // Set aside by a start at this very moment.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The ids that have a log. */
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

    private Path before(String id) {
        return folder.resolve(id + SUFFIX + ".1");
    }
}
