package io.ratemesh.launcher.migration;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.PatternSyntaxException;

/** The files that {@code include} names, relative to the folder of the configuration. Types of files need not be read. */
final class IncludedFiles implements Function<String, Map<String, String>> {

    private static final int MAX_FILES = 1000;
    private static final long MAX_BYTES = 1 << 20;

    private final Path folder;

    IncludedFiles(Path configuration) {
        Path parent = configuration.toAbsolutePath().getParent();
        this.folder = parent == null ? Path.of("/") : parent;
    }

    @Override
    public Map<String, String> apply(String pattern) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (pattern.endsWith("mime.types")) {
            return texts;
        }
        try {
            Path path = folder.resolve(pattern);
            Path parent = path.getParent();
            if (parent == null || !Files.isDirectory(parent)) {
                return texts;
            }
            TreeSet<Path> files = new TreeSet<>();
            try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, String.valueOf(path.getFileName()))) {
                found.forEach(files::add);
            }
            for (Path file : files) {
                if (Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES && texts.size() < MAX_FILES) {
                    texts.put(folder.relativize(file).toString(), Files.readString(file));
                }
            }
        } catch (IOException | InvalidPathException | PatternSyntaxException e) {
            // The directive stays, and becomes a comment.
            texts.clear();
        }
        return texts;
    }
}
