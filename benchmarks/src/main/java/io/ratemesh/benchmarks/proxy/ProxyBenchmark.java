package io.ratemesh.benchmarks.proxy;

import io.ratemesh.benchmarks.cluster.Services;
import io.ratemesh.benchmarks.command.BenchmarkCommand;
import io.ratemesh.benchmarks.command.Outcome;
import io.ratemesh.benchmarks.command.ProxyOptions;
import io.ratemesh.benchmarks.command.RoundOptions;
import io.ratemesh.benchmarks.load.LoadPlan;
import io.ratemesh.benchmarks.load.Wrk;
import io.ratemesh.benchmarks.peer.Contender;
import io.ratemesh.benchmarks.peer.Contenders;
import io.ratemesh.benchmarks.peer.Haproxy;
import io.ratemesh.benchmarks.peer.NginxProxy;
import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import io.ratemesh.benchmarks.peer.Stubs;
import io.ratemesh.benchmarks.process.Machine;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.profile.FlameGraph;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line: exit code 0 where the goals are met, 1 where not, 2 for wrong usage. */
@Command(
        name = "ratemesh bench proxy",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Loads our front door, HAProxy and nginx by turns, in front of the same upstreams, and compares.")
public final class ProxyBenchmark extends BenchmarkCommand {

    private static final String PICTURE = "bench-proxy.html";

    /** Whom {@code --contenders} knows. */
    private enum Who {
        HAPROXY,
        HAPROXY_BARE,
        NGINX,
        RATEMESH
    }

    @Option(
            names = "--connections",
            split = ",",
            paramLabel = "N",
            description = "how many at a time (16,64,256,1024); latency is measured with 64, or the first")
    private List<Integer> connections = List.of(16, 64, 256, 1024);

    @Mixin
    private RoundOptions turns = new RoundOptions();

    @Option(names = "--upstreams", paramLabel = "N", description = "how many (${DEFAULT-VALUE})")
    private int upstreams = Stubs.USUAL;

    @Option(
            names = "--contenders",
            split = ",",
            paramLabel = "NAME",
            description = "${COMPLETION-CANDIDATES} (haproxy,nginx,ratemesh)")
    private List<Who> contenders = List.of(Who.HAPROXY, Who.NGINX, Who.RATEMESH);

    @Option(
            names = "--profile",
            description = "when all is measured, a flame graph of our front door under load, " + PICTURE)
    private boolean profile;

    @Mixin
    private ProxyOptions door = new ProxyOptions();

    private ProxyBenchmark() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ProxyBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    protected void check() {
        checkTurns(turns);
        connections.forEach(number -> requireSome("--connections", number));
        requireSome("--upstreams", upstreams);
        checkDoor(door);
        require(
                contenders.stream().distinct().count() == contenders.size(),
                "--contenders: one is named twice (expected: each once)");
        require(!profile || contenders.contains(Who.RATEMESH), "--profile: ratemesh is not among the contenders");
    }

    @Override
    protected String title() {
        return Machine.text();
    }

    @Override
    protected Outcome run(Services services) {
        Wrk.require();
        ProxyPlan plan = new ProxyPlan(connections, turns.rounds(), turns.seconds(), turns.warmUp(), upstreams);
        return RunFolder.use(door.keep(), folder -> measure(services, plan, folder));
    }

    private Outcome measure(Services services, ProxyPlan plan, RunFolder folder) {
        try (Stubs stubs = Stubs.start(plan.upstreams(), folder);
                Contenders lineup =
                        Contenders.start(contenders(services, stubs.ports()), folder, RatemeshBalancer.TARGET)) {
            ProxyReport report = new ProxyRun(plan, lineup, System.out).measure();
            if (profile) {
                LoadPlan aim = new LoadPlan(RatemeshBalancer.TARGET, plan.latencyConnections());
                FlameGraph.take(lineup, aim, plan.seconds(), PICTURE, folder);
            }
            return new Outcome(report.lines(), report.goalsMet());
        }
    }

    private List<Contender> contenders(Services services, List<Integer> ports) {
        List<Contender> all = new ArrayList<>();
        for (Who who : contenders) {
            all.add(
                    switch (who) {
                        case HAPROXY -> new Haproxy(ports, true);
                        case HAPROXY_BARE -> new Haproxy(ports, false);
                        case NGINX -> new NginxProxy(ports);
                        case RATEMESH -> RatemeshBalancer.proxy(services, door.loops(), ports, RatemeshBalancer.PATH);
                    });
        }
        return all;
    }
}
