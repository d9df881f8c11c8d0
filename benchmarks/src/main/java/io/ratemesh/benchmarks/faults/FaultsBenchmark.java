package io.ratemesh.benchmarks.faults;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.report.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench faults}. */
@Command(
        name = "faults",
        description = "Counts requests that fail through the balancer and through HAProxy while an upstream fails.")
public final class FaultsBenchmark extends BenchmarkCommand {

    @Option(
            names = "--faults",
            split = ",",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES} (all, in this order).")
    private Set<Fault> faults = EnumSet.allOf(Fault.class);

    @Option(names = "--connections", paramLabel = "N", description = "Connections of the client (${DEFAULT-VALUE}).")
    private int connections = 64;

    @Option(names = "--rate", paramLabel = "N", description = "Requests/s (${DEFAULT-VALUE}).")
    private int perSecond = 3000;

    @Option(
            names = "--patience",
            paramLabel = "M",
            description = "Seconds after which the client considers a response as failed (${DEFAULT-VALUE}).")
    private int timeout = 2;

    @Option(names = "--seconds", paramLabel = "M", description = "Seconds of each fault (${DEFAULT-VALUE}).")
    private int seconds = 4;

    @Option(
            names = "--recovery",
            paramLabel = "M",
            description = "Seconds in which a recovered upstream must get requests (${DEFAULT-VALUE}).")
    private int recovery = 15;

    @Option(names = "--keep", description = "Keep the configurations and logs, and print their folder.")
    private boolean keep;

    @Override
    protected Report run(ServiceBuild services) {
        FaultsPlan plan = new FaultsPlan(
                connections,
                perSecond,
                Duration.ofSeconds(timeout),
                Duration.ofSeconds(seconds),
                Duration.ofSeconds(recovery));
        List<ControlledProxy> proxies = List.of(ControlledProxy.haproxy(), ControlledProxy.ratemesh(services));
        return new FaultsReport(
                plan,
                proxies.stream().map(proxy -> "- " + proxy.description()).toList(),
                RunFolder.use(keep, folder -> run(new FaultRun(plan, folder), proxies)));
    }

    private List<FaultResult> run(FaultRun run, List<ControlledProxy> proxies) {
        List<FaultResult> results = new ArrayList<>();
        for (Fault fault : faults) {
            for (ControlledProxy proxy : proxies) {
                ProgressLine.step("run " + (results.size() + 1) + " of " + faults.size() * proxies.size() + ", "
                        + fault.label() + ", " + proxy.name());
                results.add(run.run(fault, proxy));
            }
        }
        return results;
    }
}
