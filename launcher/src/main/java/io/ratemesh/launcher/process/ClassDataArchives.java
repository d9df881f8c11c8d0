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
 * Archives of loaded classes, one beside each jar: a JVM that maps one starts sooner and smaller. The first node of a
 * build writes it when it ends; the next {@code up} tries it and then uses it.
 */
final class ClassDataArchives {

    private static final String ARCHIVE = ".jsa";
    private static final String DRAFT = ".jsa-draft";
    private static final long TRIAL_SECONDS = 20;

    /** An archive that does not fit is no reason to write into the node's log. */
    private static final String QUIET = "-Xlog:cds*=off";

    private ClassDataArchives() {}

    /** What a node that runs a jar is told: to use the archive, to write it, or nothing. */
    static List<String> options(Path jar, Map<String, String> environment) {
        String own = environment.getOrDefault(JvmOptions.VARIABLE, "");
        if (own.contains("Archive") || own.contains("-Xshare")) {
            return List.of();
        }
        if (Files.exists(beside(jar, ARCHIVE))) {
            return List.of("-XX:SharedArchiveFile=" + beside(jar, ARCHIVE), "-Xshare:auto", QUIET);
        }
        return claim(jar) ? List.of("-XX:ArchiveClassesAtExit=" + beside(jar, DRAFT), QUIET) : List.of();
    }

    /** Takes up what nodes wrote, once none runs. A JVM killed while it wrote leaves a part, which crashes its reader. */
    static void adopt(Path folder, CommandContext workplace) {
        Map<Path, Process> trials = new LinkedHashMap<>();
        try {
            for (Path draft : drafts(folder)) {
                if (Files.size(draft) > 0) {
                    trials.put(draft, trial(draft, workplace));
                } else {
                    Files.delete(draft);
                }
            }
            for (Map.Entry<Path, Process> trial : trials.entrySet()) {
                Path draft = trial.getKey();
                if (passed(trial.getValue())) {
                    Files.move(draft, Path.of(stem(draft, DRAFT) + ARCHIVE));
                } else {
                    Files.delete(draft);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a file belongs to a jar of the folder that stays. */
    static boolean belongsTo(Path file, Path jar) {
        return file.equals(jar) || file.equals(beside(jar, ARCHIVE)) || file.equals(beside(jar, DRAFT));
    }

    // The empty file keeps the other nodes of the build from writing the same archive.
    private static boolean claim(Path jar) {
        try {
            Files.createFile(beside(jar, DRAFT));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Process trial(Path draft, CommandContext workplace) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                JvmOptions.java(),
                "-XX:+UseSerialGC",
                "-XX:SharedArchiveFile=" + draft,
                "-Xshare:on",
                "-XX:+VerifySharedSpaces",
                QUIET,
                "-XX:ErrorFile=/dev/null",
                "-jar",
                stem(draft, DRAFT) + ".jar",
                "--version"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(workplace.environment());
        return builder.start();
    }

    private static boolean passed(Process trial) {
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
