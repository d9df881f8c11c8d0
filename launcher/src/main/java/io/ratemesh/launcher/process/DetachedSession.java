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
 * Starts a command in a session of its own. Otherwise Ctrl-C in the terminal would stop all nodes at once instead of in order, and
 * closing the terminal would stop the nodes of {@code --detach}.
 */
final class DetachedSession {

    private DetachedSession() {}

    static List<String> of(List<String> command, Map<String, String> environment) {
        List<String> wrapped = new ArrayList<>();
        Optional<Path> setsid = find("setsid", environment);
        if (setsid.isPresent()) {
            wrapped.add(setsid.get().toString());
        } else {
            // Ignored signals stay ignored after exec, and the JVM does not handle them then.
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
