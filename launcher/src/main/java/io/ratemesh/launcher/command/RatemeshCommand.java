package io.ratemesh.launcher.command;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./ratemesh} itself. */
@Command(
        name = "ratemesh",
        description = "Starts, shows and changes a cluster of Ratemesh nodes on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "State (pids, logs, data, admin password) is in .ratemesh/, or in $RATEMESH_HOME.",
            "Progress is one line that is rewritten on a terminal, and plain lines elsewhere.",
            "RATEMESH_JAVA_OPTS adds options to the JVMs of the nodes.",
            "Exit codes: 0 done, 1 failed, 2 wrong usage; import has 3 for lines that are not mapped."
        })
public final class RatemeshCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(), "a command is missing");
    }
}
