package io.ratemesh.launcher.process;

import io.ratemesh.launcher.state.ClusterHome;
import io.ratemesh.launcher.state.CommandContext;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line of this launcher, one argument a line, with which the scaler of a balancer starts converters. */
public final class LauncherCommandFile {

    private static final String MAIN_CLASS = "io.ratemesh.launcher.Launcher";

    private LauncherCommandFile() {}

    /** Writes the file for its owner only. */
    public static void write(CommandContext context) {
        ClusterHome home = context.home();
        List<String> command = List.of(
                JvmOptions.java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-Dratemesh.project=" + context.project(),
                "-cp",
                classPath(),
                MAIN_CLASS);
        try {
            Path draft = Files.createTempFile(home.folder(), "launcher-command", ".draft");
            Files.write(draft, command);
            Files.move(draft, home.launcherCommand(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
