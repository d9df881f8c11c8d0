package io.ratemesh.benchmarks.contender;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.load.Wrk;
import io.ratemesh.benchmarks.process.Program;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.report.Report;
import java.util.List;
import picocli.CommandLine.Option;

/** A benchmark that starts upstreams and contenders in front of them, and loads the contenders in turn. */
public abstract class ContenderBenchmark extends BenchmarkCommand {

    @Option(names = "--loops", paramLabel = "N", description = "Event loops of the balancer (${DEFAULT-VALUE}).")
    private int loops = 1;

    @Option(names = "--keep", description = "Keep the configurations and logs, and print their folder.")
    private boolean keep;

    @Override
    protected final Report run(ServiceBuild services) {
        loadGenerator().require();
        return RunFolder.use(keep, folder -> run(services, folder));
    }

    private Report run(ServiceBuild services, RunFolder folder) {
        try (StubUpstreams upstreams = StubUpstreams.start(upstreams(), folder);
                Contenders contenders =
                        Contenders.start(contenders(services, upstreams.ports(), folder), folder, readyPath())) {
            return measure(contenders, folder);
        }
    }

    protected final int loops() {
        return loops;
    }

    protected Program loadGenerator() {
        return Wrk.PROGRAM;
    }

    protected int upstreams() {
        return StubUpstreams.DEFAULT_COUNT;
    }

    /** The path that each contender serves when it is ready. */
    protected String readyPath() {
        return RatemeshBalancer.TARGET;
    }

    /** The contenders in the order in which they are loaded. */
    protected abstract List<Contender> contenders(ServiceBuild services, List<Integer> upstreams, RunFolder folder);

    protected abstract Report measure(Contenders contenders, RunFolder folder);
}
