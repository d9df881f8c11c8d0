package io.ratemesh.benchmarks.chaos;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.process.Delay;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.report.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code chaos}. */
@Command(
        name = "chaos",
        description = "Kills, pauses and cuts off the nodes of a cluster under load and checks what clients notice.")
public final class ChaosBenchmark extends BenchmarkCommand {

    private static final Duration CONNECT = Duration.ofSeconds(60);

    @Option(
            names = "--faults",
            split = ",",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES} (all but upgrade, in this order).")
    private Set<ChaosFault> faults = EnumSet.complementOf(EnumSet.of(ChaosFault.UPGRADE));

    @Option(names = "--rounds", paramLabel = "N", description = "How often each fault is injected (${DEFAULT-VALUE}).")
    private int rounds = 1;

    @Option(names = "--seconds", paramLabel = "M", description = "Seconds of each fault (${DEFAULT-VALUE}).")
    private int seconds = 15;

    @Option(names = "--partition", paramLabel = "M", description = "Seconds of a partition (${DEFAULT-VALUE}).")
    private int partition = 60;

    @Option(names = "--recovery", paramLabel = "M", description = "Seconds a recovery may take (${DEFAULT-VALUE}).")
    private int recovery = 15;

    @Option(names = "--rate", paramLabel = "N", description = "Conversions/s (${DEFAULT-VALUE}).")
    private int perSecond = 500;

    @Option(names = "--readers", paramLabel = "N", description = "Readers of streams (${DEFAULT-VALUE}).")
    private int readers = 500;

    @Option(
            names = "--converters",
            paramLabel = "N",
            description = "Converters of the cluster, 2 or more (${DEFAULT-VALUE}).")
    private int converters = 2;

    @Option(names = "--scale", paramLabel = "N", description = "Most converters of the fault scale (${DEFAULT-VALUE}).")
    private int scale = 4;

    @Option(
            names = "--upgrade-from",
            paramLabel = "COMMIT",
            description = "Builds that commit, starts the cluster from it and upgrades it to this build, node by node.")
    private Optional<String> upgradeFrom = Optional.empty();

    @Option(names = "--report", paramLabel = "DIR", description = "Where chaos.txt and chaos.json are written.")
    private Optional<Path> reportFolder = Optional.empty();

    @Option(names = "--keep", description = "Keep the logs, and print their folder.")
    private boolean keep;

    @Override
    protected void validate() {
        require(converters >= 2, "--converters: " + converters + " is too small; use 2 or more");
        require(scale >= converters, "--scale: " + scale + " is too small; use --converters or more");
        upgradeFrom.ifPresent(commit -> require(
                commit.matches("[0-9A-Za-z][0-9A-Za-z._/~^-]*"),
                "--upgrade-from: \"" + commit + "\" is not a commit; use a hash, a tag or a branch"));
        requireFileDescriptors(2L * readers);
    }

    @Override
    protected Report run(ServiceBuild services) {
        ChaosReport report = RunFolder.use(
                keep,
                folder -> upgradeFrom
                        .map(commit -> upgrade(services, commit, folder))
                        .orElseGet(() -> run(services, services, folder.subfolder("chaos"))));
        reportFolder.ifPresent(folder -> write(report, folder));
        return report;
    }

    private ChaosReport upgrade(ServiceBuild services, String commit, RunFolder folder) {
        faults = EnumSet.of(ChaosFault.UPGRADE);
        try (CommitBuild earlier = CommitBuild.of(services.project(), commit, folder.subfolder("source"))) {
            return run(services.in(earlier.folder()), services, folder.subfolder("chaos"));
        }
    }

    private ChaosReport run(ServiceBuild first, ServiceBuild services, Path folder) {
        ReceivedBooks books = new ReceivedBooks();
        boolean movesClocks = faults.contains(ChaosFault.CLOCK_AHEAD) || faults.contains(ChaosFault.CLOCK_BEHIND);
        try (ChaosNetwork network = ChaosNetwork.create();
                ChaosCluster cluster =
                        new ChaosCluster(folder, network, first, movesClocks && ChaosClock.isAvailable())) {
            cluster.start(converters);
            cluster.use(services);
            List<BalancerAddress> doors =
                    cluster.doors().stream().map(ChaosNode::door).toList();
            long begin = System.nanoTime();
            try (ChaosReaders streams = new ChaosReaders(doors, readers, books);
                    ConversionLoad load = new ConversionLoad(doors, perSecond, books)) {
                if (!Delay.await(() -> streams.connections() >= readers && streams.allReceivedSince(begin), CONNECT)) {
                    throw new IllegalStateException("not all readers are connected");
                }
                return report(network, new ChaosRun(cluster, network, load, streams, books, plan()));
            }
        }
    }

    private ChaosReport report(ChaosNetwork network, ChaosRun run) {
        List<ChaosResult> results = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (ChaosFault fault : faults) {
                Optional<String> reason = fault.unavailable(network);
                if (reason.isEmpty()) {
                    results.add(run.run(fault));
                } else if (round == 0) {
                    skipped.add(fault.description() + ": " + reason.get());
                }
            }
        }
        String plan = "2 rates nodes, 2 balancers and " + converters + " converters "
                + (network.hasNamespaces() ? "in two network namespaces" : "on loopback") + "; " + perSecond
                + " conversions/s, " + readers + " readers of streams; each fault " + seconds + " s, a partition "
                + partition
                + " s.";
        return new ChaosReport(plan, results, skipped);
    }

    private ChaosPlan plan() {
        return new ChaosPlan(
                Duration.ofSeconds(seconds), Duration.ofSeconds(partition), Duration.ofSeconds(recovery), scale);
    }

    private static void write(ChaosReport report, Path folder) {
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve("chaos.txt"), report.lines());
            Files.writeString(folder.resolve("chaos.json"), report.toJson().encodePrettily());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
