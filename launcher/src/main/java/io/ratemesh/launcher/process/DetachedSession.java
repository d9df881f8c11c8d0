package io.ratemesh.launcher.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes a command out of the terminal's reach: Ctrl-C goes to all processes in the terminal's foreground, and would end
 * the nodes all at once instead of in order; closing the terminal would end those of {@code --detach}.
 */
final class DetachedSession {

    private DetachedSession() {}

    static List<String> of(List<String> command, Map<String, String> environment) {
        List<String> wrapped = new ArrayList<>();
        Optional<Path> setsid = find("setsid", environment);
        if (setsid.isPresent()) {
            wrapped.add(setsid.get().toString());
        } else {
            // What is ignored before exec stays ignored; the JVM then leaves these signals alone.
            wrapped.addAll(List.of("/bin/sh", "-c", "trap '' HUP INT QUIT; exec \"$@\"", "sh"));
        }
        wrapped.addAll(command);
        return wrapped;
    }

    private static Optional<Path> find(String program, Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
