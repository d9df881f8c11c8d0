package io.ratemesh.benchmarks.slow;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.command.RoundOptions;
import io.ratemesh.benchmarks.contender.Contender;
import io.ratemesh.benchmarks.contender.ContenderBenchmark;
import io.ratemesh.benchmarks.contender.Contenders;
import io.ratemesh.benchmarks.contender.Contenders.Started;
import io.ratemesh.benchmarks.contender.Haproxy;
import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.load.FixedRate;
import io.ratemesh.benchmarks.load.LatencyPercentiles;
import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.process.Program;
import io.ratemesh.benchmarks.process.ProgressLine;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.report.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench slow}. */
@Command(
        name = "slow",
        description = {
            "Attacks the balancer and HAProxy with slow clients, and measures the latency of other clients.",
            "Each round is --seconds without the attack, then --seconds with it."
        })
public final class SlowBenchmark extends ContenderBenchmark {

    /** The time in which the connections of an attack are opened. */
    private static final int RAMP_SECONDS = 2;

    @Option(
            names = "--attacks",
            split = ",",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES} (all, in this order).")
    private List<SlowAttack> attacks = List.of(SlowAttack.values());

    @Option(names = "--connections", paramLabel = "N", description = "Connections of an attack (${DEFAULT-VALUE}).")
    private int connections = 1000;

    @Option(names = "--clients", paramLabel = "N", description = "Connections of other clients (${DEFAULT-VALUE}).")
    private int clients = 64;

    @Option(names = "--rate", paramLabel = "N", description = "Requests/s of the other clients (${DEFAULT-VALUE}).")
    private int perSecond = 2000;

    /** Longer than the time limit of a head, so that a round contains the moment when all are closed. */
    @Mixin
    private RoundOptions rounds = new RoundOptions(5, 15);

    @Override
    protected void validate() {
        // Each may have a connection to an upstream.
        requireFileDescriptors(2L * connections + 2L * clients);
    }

    @Override
    protected Program loadGenerator() {
        return SlowHttpClient.PROGRAM;
    }

    @Override
    protected List<Contender> contenders(ServiceBuild services, List<Integer> upstreams, RunFolder folder) {
        return List.of(new Haproxy(Haproxy.Mode.HTTP, upstreams), RatemeshBalancer.proxy(services, loops(), upstreams));
    }

    @Override
    protected Report measure(Contenders contenders, RunFolder folder) {
        contenders.all().forEach(one -> {
            ProgressLine.step("warm-up, " + one);
            load(one, 0, rounds.warmUp());
        });
        List<AttackResult> results = new ArrayList<>();
        for (SlowAttack attack : attacks) {
            ProgressLine.print(attack.label());
            Contenders.interleave(contenders.all(), rounds.rounds(), one -> round(attack, one, folder))
                    .forEach((name, figures) -> results.add(new AttackResult(attack, name, figures)));
        }
        List<String> header = new ArrayList<>(contenders.descriptions());
        header.add("");
        header.add(String.format(
                Locale.ROOT,
                "%,d slow connections of slowhttptest; other clients: %,d requests/s over %d connections;"
                        + " medians of %d interleaved rounds, each %d s without and with the attack.",
                connections,
                perSecond,
                clients,
                rounds.rounds(),
                rounds.seconds()));
        return new SlowReport(header, results);
    }

    private AttackResult.Round round(SlowAttack attack, Started one, RunFolder folder) {
        LatencyPercentiles quiet = load(one, RAMP_SECONDS, rounds.seconds());
        Path statistics = folder.subfolder("slowhttptest");
        SlowHttpClient attacker =
                SlowHttpClient.start(attack, one.port(), connections, RAMP_SECONDS + rounds.seconds(), statistics);
        Optional<LatencyPercentiles> attacked = loadUnderAttack(one);
        return new AttackResult.Round(quiet, attacked, attacker.await());
    }

    private Optional<LatencyPercentiles> loadUnderAttack(Started one) {
        try {
            return Optional.of(load(one, RAMP_SECONDS, rounds.seconds()));
        } catch (IllegalStateException e) {
            ProgressLine.print(one.name() + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private LatencyPercentiles load(Started one, int warmUp, int seconds) {
        LoadPlan plan = new LoadPlan(RatemeshBalancer.TARGET, clients);
        return FixedRate.run(plan, one.port(), perSecond, warmUp, seconds);
    }
}
