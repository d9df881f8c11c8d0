package io.ratemesh.systemtests.cluster;

import io.ratemesh.systemtests.process.JavaCommand;
import io.ratemesh.systemtests.process.ServiceJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What the scaler of a balancer starts converters with, in place of the launcher of {@code ./ratemesh}. */
final class ScriptedLauncher implements AutoCloseable {

    private static final String SCRIPT = """
            #!/bin/sh
            # launch-converters NUMBER, or retire-converter ID
            [ "$1" = launch-converters ] || exit 0
            n=0
            while [ $n -lt "$2" ]; do
              n=$((n + 1))
              id=converter-$$$n
              nohup %s --set node.name=$id > %s/$id.log 2>&1 &
              echo $! >> %s
              echo $id
            done
            """;

    private final Path started;

    private ScriptedLauncher(Path started) {
        this.started = started;
    }

    /**
     * Writes it into the home of the balancer.
     *
     * @param settings of the converters, as {@code key=value}, without their name
     */
    static ScriptedLauncher in(Path home, List<String> settings) {
        try {
            List<String> arguments = new ArrayList<>();
            settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
            String command = JavaCommand.of(ServiceJar.CONVERTER, home, arguments).command().stream()
                    .map(ScriptedLauncher::quoted)
                    .collect(Collectors.joining(" "));
            Path started = home.resolve("launched-pids");
            Path script = Files.writeString(
                    home.resolve("launcher.sh"),
                    SCRIPT.formatted(command, quoted(home.toString()), quoted(started.toString())));
            Files.writeString(home.resolve("launcher-command"), "/bin/sh\n" + script + "\n");
            return new ScriptedLauncher(started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills what it has started and still runs. */
    @Override
    public void close() {
        if (Files.exists(started)) {
            try {
                Files.readAllLines(started).stream()
                        .map(pid -> ProcessHandle.of(Long.parseLong(pid)))
                        .forEach(process -> process.ifPresent(ProcessHandle::destroyForcibly));
                Files.delete(started);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String quoted(String argument) {
        return "'" + argument.replace("'", "'\\''") + "'";
    }
}
