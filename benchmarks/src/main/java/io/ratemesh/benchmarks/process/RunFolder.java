package io.ratemesh.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The folder with the servers' configurations and logs. It is deleted after the benchmark, unless it is kept. */
public final class RunFolder implements AutoCloseable {

    private final Path path = create();
    private volatile boolean kept;

    private RunFolder(boolean kept) {
        this.kept = kept;
        // Ctrl-C ends a benchmark without closing its resources.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /**
     * Runs an action in a new folder. The folder is kept if the action fails.
     *
     * @param kept whether to keep the folder after a success, too
     */
    public static <T> T use(boolean kept, Function<RunFolder, T> action) {
        try (RunFolder folder = new RunFolder(kept)) {
            if (kept) {
                ProgressLine.print("configurations and logs: " + folder.path);
            }
            return folder.keepOnFailure(action);
        }
    }

    private <T> T keepOnFailure(Function<RunFolder, T> action) {
        try {
            return action.apply(this);
        } catch (RuntimeException e) {
            kept = true;
            ProgressLine.printError("configurations and logs: " + path);
            throw e;
        }
    }

    /** Creates a folder that is never deleted. */
    public static Path create() {
        try {
            return Files.createTempDirectory("ratemesh-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder in this one, created if it does not exist. */
    public Path subfolder(String name) {
        try {
            return Files.createDirectories(path.resolve(name));
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
            ProgressLine.printError(path + " cannot be deleted: " + e.getMessage());
        }
    }
}
