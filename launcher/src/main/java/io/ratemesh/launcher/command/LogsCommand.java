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
@Command(name = "logs", description = "Shows what the nodes wrote last, or with -f what they write.")
public final class LogsCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "NODE", description = "One node, as converter-1 (default: all).")
    private Optional<String> node = Optional.empty();

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "100",
            description = "How many lines of each node to begin with (default: 100).")
    private int lines;

    private final CommandContext workplace;

    public LogsCommand(CommandContext workplace) {
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        if (lines < 0) {
            throw CommandFailure.wrongUsage("--lines " + lines + " (expected: 0 or more)");
        }
        Console console = workplace.console();
        NodeLog logs = new NodeLog(workplace.home().logs());
        List<String> known = logs.ids();
        node.filter(id -> !known.contains(id)).ifPresent(id -> {
            throw CommandFailure.failed("no log of " + id + " (there are: "
                    + (known.isEmpty() ? "none yet" : String.join(", ", known)) + ")");
        });
        if (known.isEmpty() && !follow) {
            throw CommandFailure.failed("no logs in " + logs.folder() + "; nothing was started yet");
        }
        LogView view = new LogView(logs, node, lines);
        view.next().forEach(console::say);
        while (follow && !console.out().checkError()) {
            view.await().forEach(console::say);
        }
        return ExitCode.DONE;
    }
}
