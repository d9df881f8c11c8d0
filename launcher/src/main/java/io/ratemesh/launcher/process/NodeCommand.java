package io.ratemesh.launcher.process;

import io.ratemesh.launcher.state.LaunchedRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The whole command that starts a node: its JVM, the options of its role, its archive, its jar and its arguments. */
final class NodeCommand {

    private NodeCommand() {}

    static List<String> of(LaunchedRole role, Path jar, List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        command.add(JvmOptions.java());
        command.addAll(ClassDataArchives.options(jar, environment));
        command.addAll(JvmOptions.of(role, environment));
        command.add("-jar");
        command.add(jar.toString());
        command.addAll(arguments);
        return List.copyOf(command);
    }
}
