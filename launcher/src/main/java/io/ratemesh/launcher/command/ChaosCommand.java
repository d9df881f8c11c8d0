package io.ratemesh.launcher.command;

import io.ratemesh.launcher.process.BenchmarkRun;
import io.ratemesh.launcher.state.CommandContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code chaos}. */
@Command(
        name = "chaos",
        description = {
            "Starts a cluster of its own, kills, pauses and cuts off its nodes under load, and checks what clients notice:",
            "failed requests, wrong rates, versions that go back, lost or doubled events. Writes chaos.txt and chaos.json to .ratemesh.",
            "As root, the halves of the cluster run in network namespaces, and partitions are among the faults.",
            "--faults NAME,…  --rounds N  --seconds M  --partition M  --rate N  --readers N  --scale N  --upgrade-from COMMIT:",
            "benchmarks/README.md describes them."
        })
public final class ChaosCommand implements Callable<Integer> {

    private final CommandContext context;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    public ChaosCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        List<String> all =
                new ArrayList<>(List.of("--report", context.home().folder().toString()));
        all.addAll(arguments);
        return new BenchmarkRun(context).run("chaos", all);
    }
}
