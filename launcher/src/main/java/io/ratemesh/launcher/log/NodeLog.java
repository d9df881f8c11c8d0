package io.ratemesh.launcher.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Where each node's output goes: one file a node, and the one of its previous start beside it. */
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
                Files.move(file, folder.resolve(id + SUFFIX + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
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
}
