package io.ratemesh.benchmarks.growth;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.contender.StubUpstreams;
import io.ratemesh.benchmarks.load.Wrk;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.report.Report;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench growth}. */
@Command(
        name = "growth",
        description = "Measures what a request, an event, an update and a conversion cost as the system grows.")
public final class GrowthBenchmark extends BenchmarkCommand {

    @Option(
            names = "--sweeps",
            split = ",",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES} (all, in this order).")
    private List<Sweep> sweeps = List.of(Sweep.values());

    @Option(
            names = "--most",
            paramLabel = "N",
            description = "Leave out larger sizes, except the first of each sweep (${DEFAULT-VALUE}).")
    private int most = 10_000;

    @Option(names = "--seconds", paramLabel = "M", description = "Seconds per size (${DEFAULT-VALUE}).")
    private int seconds = 3;

    @Option(names = "--warm-up", paramLabel = "M", description = "Seconds of load on each new JVM (${DEFAULT-VALUE}).")
    private int warmUp = 10;

    @Option(names = "--keep", description = "Keep the configurations and logs, and print their folder.")
    private boolean keep;

    @Override
    protected void validate() {
        sweeps.forEach(sweep -> requireFileDescriptors(fileDescriptors(sweep)));
    }

    /** The most connections of one process. */
    private long fileDescriptors(Sweep sweep) {
        long largest = Collections.max(sweep.sizes(most));
        return switch (sweep) {
            case CONNECTIONS ->
                largest + Math.min(largest, (long) StubUpstreams.DEFAULT_COUNT * ProxySweeps.IN_FLIGHT_PER_UPSTREAM);
            case READERS, UPSTREAMS -> largest;
            case CONVERTERS, CURRENCIES, UPDATES, BATCH -> 0;
        };
    }

    @Override
    protected Report run(ServiceBuild services) {
        Wrk.PROGRAM.require();
        return RunFolder.use(
                keep,
                folder -> new GrowthReport(sweeps.stream()
                        .map(sweep -> {
                            ProgressLine.print(sweep.unit());
                            return new SweepResult(sweep, points(sweep, services, folder));
                        })
                        .toList()));
    }

    private List<GrowthPoint> points(Sweep sweep, ServiceBuild services, RunFolder folder) {
        List<Integer> sizes = sweep.sizes(most);
        ConverterSweeps conversions = new ConverterSweeps(services, seconds, warmUp);
        ProxySweeps proxied = new ProxySweeps(services, folder, seconds, warmUp);
        StreamSweeps streams = new StreamSweeps(services, seconds);
        return switch (sweep) {
            case CONVERTERS -> conversions.converters(sizes);
            case UPSTREAMS -> proxied.upstreams(sizes);
            case CONNECTIONS -> proxied.connections(sizes);
            case READERS -> streams.readers(sizes);
            case CURRENCIES -> streams.currencies(sizes);
            case UPDATES -> streams.updates(sizes);
            case BATCH -> conversions.batch(sizes);
        };
    }
}
