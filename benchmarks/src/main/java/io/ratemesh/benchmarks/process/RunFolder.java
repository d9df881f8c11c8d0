package io.ratemesh.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Where the servers of a run work, and where their configurations and logs lie; gone with the run, unless it is kept. */
public final class RunFolder implements AutoCloseable {

    private final Path path = create();
    private volatile boolean kept;

    private RunFolder(boolean kept) {
        this.kept = kept;
        // Ctrl-C ends a run without closing it.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /**
     * Works in a new one. Where the work fails, the folder is kept too, for its logs.
     *
     * @param kept whether it stays when all went well
     */
    public static <T> T use(boolean kept, Function<RunFolder, T> work) {
        try (RunFolder folder = new RunFolder(kept)) {
            if (kept) {
                System.out.println("configurations and logs: " + folder.path);
            }
            return folder.keepingOnFailure(work);
        }
    }

    private <T> T keepingOnFailure(Function<RunFolder, T> work) {
        try {
            return work.apply(this);
        } catch (RuntimeException e) {
            kept = true;
            System.err.println("configurations and logs: " + path);
            throw e;
        }
    }

    /** A new folder that nothing will remove. */
    public static Path create() {
        try {
            return Files.createTempDirectory("ratemesh-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder in it, made where it is not there. */
    public Path of(String server) {
        try {
            return Files.createDirectories(path.resolve(server));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (kept || !Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path one : deepestFirst) {
                Files.deleteIfExists(one);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println(path + " is left behind: " + e.getMessage());
        }
    }
}
