package io.ratemesh.systemtests.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code java -jar} with little memory, in a folder of its own, and without the environment settings of the user. */
public final class JavaCommand {

    /** Two cores carry up to seven JVMs at once: a small heap each, and only the first compiler. */
    private static final List<String> LEAN =
            List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");

    private JavaCommand() {}

    /** The command, not started yet. */
    public static ProcessBuilder of(ServiceJar jar, Path folder, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(LEAN);
        command.addAll(List.of("-jar", jar.path().toString()));
        command.addAll(arguments);
        ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile());
        process.environment().keySet().removeIf(variable -> variable.startsWith("RATEMESH_"));
        process.environment().put("RATEMESH_HOME", folder.toString());
        return process;
    }
}
