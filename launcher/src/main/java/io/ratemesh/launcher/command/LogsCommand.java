package io.ratemesh.launcher.command;

import io.ratemesh.launcher.log.LogView;
import io.ratemesh.launcher.log.NodeLog;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.outcome.ExitCode;
import io.ratemesh.launcher.state.CommandContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logs}. */
@Command(name = "logs", description = "Prints the last lines of the logs, and follows them with -f.")
public final class LogsCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "NODE",
            description = "The id of a node, such as converter-1 (default: all nodes).")
    private Optional<String> node = Optional.empty();

    @Option(
            names = {"-f", "--follow"},
            description = "Prints new lines until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "100",
            description = "The number of last lines of each node (default: 100).")
    private int lines;

    private final CommandContext context;

    public LogsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (lines < 0) {
            throw CommandFailure.wrongUsage("--lines: \"" + lines + "\" is not valid; use 0 or more");
        }
        Console console = context.console();
        NodeLog logs = new NodeLog(context.home().logs());
        List<String> known = logs.ids();
        node.filter(id -> !known.contains(id)).ifPresent(id -> {
            throw CommandFailure.failed(
                    "no log of " + id + "; use one of: " + (known.isEmpty() ? "none yet" : String.join(", ", known)));
        });
        if (known.isEmpty() && !follow) {
            throw CommandFailure.failed("no logs in " + logs.folder() + "; start a cluster with ./ratemesh up");
        }
        LogView view = new LogView(logs, node, lines);
        view.read().forEach(console::print);
        while (follow && !console.out().checkError()) {
            view.await().forEach(console::print);
        }
        return ExitCode.DONE;
    }
}
