package io.ratemesh.launcher.process;

import io.ratemesh.launcher.state.CommandContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Class data sharing archives, one beside each jar, with which a JVM starts faster and needs less memory. A JVM accepts an archive
 * only for the very file that it was recorded from. From Java 25 on it is an AOT cache (JEP 514), which also has the profiles of
 * methods (JEP 515), so that the optimizing compiler need not wait for new ones.
 */
final class ClassDataArchives {

    private static final String ARCHIVE = ".jsa";
    private static final String DRAFT = ".jsa-draft";
    private static final long TRIAL_SECONDS = 20;

    static final boolean HAS_AOT_CACHE = Runtime.version().feature() >= 25;

    /** Keeps messages about archives that do not fit out of the log of the node. */
    private static final String QUIET = HAS_AOT_CACHE ? "-Xlog:aot*=off,cds*=off" : "-Xlog:cds*=off";

    private ClassDataArchives() {}

    /** The JVM options for a node that runs the jar: to use its archive, to record it if that was requested, or none. */
    static List<String> options(Path jar, Map<String, String> environment) {
        String own = environment.getOrDefault(JvmOptions.VARIABLE, "");
        if (own.contains("Archive") || own.contains("-Xshare") || own.contains("AOT")) {
            return List.of();
        }
        if (Files.exists(beside(jar, ARCHIVE))) {
            return use(beside(jar, ARCHIVE), false);
        }
        return Files.exists(beside(jar, DRAFT))
                ? List.of(
                        (HAS_AOT_CACHE ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + beside(jar, DRAFT),
                        QUIET)
                : List.of();
    }

    /** @param required whether the JVM ends if it cannot use the archive */
    private static List<String> use(Path archive, boolean required) {
        return HAS_AOT_CACHE
                ? List.of("-XX:AOTCache=" + archive, "-XX:AOTMode=" + (required ? "on" : "auto"), QUIET)
                : List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:" + (required ? "on" : "auto"), QUIET);
    }

    /** Lets a node that runs the jar from now on record its archive as a draft when it ends. */
    static void request(Path jar) throws IOException {
        if (!Files.exists(beside(jar, ARCHIVE))) {
            Files.deleteIfExists(beside(jar, DRAFT));
            Files.createFile(beside(jar, DRAFT));
        }
    }

    static boolean exists(Path jar) {
        return Files.exists(beside(jar, ARCHIVE));
    }

    /** Uses the archive of a jar for a hard link of it too. */
    static void link(Path jar, Path linked) throws IOException {
        if (exists(jar) && !exists(linked)) {
            Files.createLink(beside(linked, ARCHIVE), beside(jar, ARCHIVE));
        }
    }

    /** Verifies and installs drafts while no node runs. A JVM that was killed while writing leaves a corrupt draft, which crashes a reader. */
    static void installDrafts(Path folder, CommandContext context) {
        Map<Path, Process> trials = new LinkedHashMap<>();
        try {
            for (Path draft : drafts(folder)) {
                if (Files.size(draft) > 0) {
                    trials.put(draft, startTrial(draft, context));
                } else {
                    Files.delete(draft);
                }
            }
            for (Map.Entry<Path, Process> trial : trials.entrySet()) {
                Path draft = trial.getKey();
                if (hasPassed(trial.getValue())) {
                    Files.move(draft, Path.of(stem(draft, DRAFT) + ARCHIVE));
                } else {
                    Files.delete(draft);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a file is the jar or one of its archives. */
    static boolean belongsTo(Path file, Path jar) {
        return file.equals(jar) || file.equals(beside(jar, ARCHIVE)) || file.equals(beside(jar, DRAFT));
    }

    private static Process startTrial(Path draft, CommandContext context) throws IOException {
        List<String> command = new ArrayList<>(List.of(JvmOptions.java(), "-XX:+UseSerialGC"));
        command.addAll(use(draft, true));
        command.addAll(List.of(
                "-XX:+VerifySharedSpaces",
                "-XX:ErrorFile=/dev/null",
                "-jar",
                stem(draft, DRAFT) + ".jar",
                "--version"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(context.environment());
        return builder.start();
    }

    private static boolean hasPassed(Process trial) {
        try {
            return trial.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS) && trial.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            trial.destroyForcibly();
        }
    }

    private static List<Path> drafts(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(DRAFT)).toList();
        }
    }

    private static Path beside(Path jar, String suffix) {
        return Path.of(stem(jar, ".jar") + suffix);
    }

    private static String stem(Path file, String suffix) {
        String name = file.toString();
        return name.substring(0, name.length() - suffix.length());
    }
}
