package io.ratemesh.balancer.listener.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** When files were written, and their sizes: whether they have changed. */
record FileStamps(List<Stamp> stamps) {

    private record Stamp(Path file, long millis, long size) {}

    private static final long MISSING = -1;

    static FileStamps of(List<Path> files) {
        return new FileStamps(files.stream().map(FileStamps::stamp).toList());
    }

    private static Stamp stamp(Path file) {
        try {
            return new Stamp(file, Files.getLastModifiedTime(file).toMillis(), Files.size(file));
        } catch (IOException e) {
            return new Stamp(file, MISSING, MISSING);
        }
    }
}
