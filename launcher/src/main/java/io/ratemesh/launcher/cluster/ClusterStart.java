package io.ratemesh.launcher.cluster;

import io.ratemesh.launcher.front.BalancerClient;
import io.ratemesh.launcher.front.HealthStatus;
import io.ratemesh.launcher.front.StatsClient;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.outcome.Polling;
import io.ratemesh.launcher.process.JarCache;
import io.ratemesh.launcher.process.NodeStarter;
import io.ratemesh.launcher.process.StartedNode;
import io.ratemesh.launcher.settings.BindHost;
import io.ratemesh.launcher.settings.GivenSettings;
import io.ratemesh.launcher.settings.PortAvailability;
import io.ratemesh.launcher.state.ClusterSnapshot;
import io.ratemesh.launcher.state.LaunchedRole;
import io.ratemesh.launcher.state.ListenAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Starts a cluster on this machine and waits until it answers. */
public final class ClusterStart {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ClusterSnapshot facts;
    private final GivenSettings given;
    private final NodeStarter starter;
    private final JarCache jars;
    private final StatsClient stats;
    private final Console console;
    private final List<StartedNode> started = new ArrayList<>();

    public ClusterStart(
            ClusterSnapshot facts,
            GivenSettings given,
            NodeStarter starter,
            JarCache jars,
            StatsClient stats,
            Console console) {
        this.facts = facts;
        this.given = given;
        this.starter = starter;
        this.jars = jars;
        this.stats = stats;
        this.console = console;
    }

    /**
     * Starts one rates node, then the converters and a balancer.
     *
     * @throws CommandFailure where a node ends early or the front door does not answer in time
     */
    public void run(int converters) {
        startRates();
        for (int i = 0; i < converters; i++) {
            start(LaunchedRole.CONVERTER, List.of());
        }
        start(LaunchedRole.BALANCER, List.of());
        awaitConverters(converters);
        BalancerClient door = new BalancerClient(facts.door());
        await(door::converts, "no conversion was answered at " + door.conversion());
        console.progress("the front door answers");
    }

    // Alone and first: members that start at the same moment may each found a cluster of their own.
    private void startRates() {
        Optional<Integer> fixed = given.port("rates.port").filter(port -> port > 0);
        int port = fixed.orElseGet(PortAvailability::anyFree);
        StartedNode rates = start(LaunchedRole.RATES, fixed.isPresent() ? List.of() : List.of("rates.port=" + port));
        ListenAddress health = new ListenAddress(BindHost.of(given), port);
        await(() -> HealthStatus.isReady(health), rates.id() + " was not ready at " + health.uri("/health/ready"));
        console.progress(rates.id() + " is ready");
    }

    private void awaitConverters(int count) {
        long[] known = {0};
        await(
                () -> {
                    long ready = Math.min(count, stats.ready(LaunchedRole.CONVERTER.word()));
                    if (ready > known[0]) {
                        known[0] = ready;
                        console.progress(ready + " of " + count + " converters ready");
                    }
                    return ready == count;
                },
                "not every converter was ready by " + facts.stats().uri("/stats.json"));
    }

    private StartedNode start(LaunchedRole role, List<String> settings) {
        StartedNode node = starter.background(role, jars.newest(role), settings);
        started.add(node);
        console.progress(node.id() + " started (pid " + node.record().pid() + ")");
        return node;
    }

    private void await(BooleanSupplier condition, String otherwise) {
        boolean inTime = Polling.within(PATIENCE).until(() -> {
            started.forEach(StartedNode::requireAlive);
            return condition.getAsBoolean();
        });
        if (!inTime) {
            throw CommandFailure.failed(otherwise + " within " + PATIENCE.toSeconds() + " s; the logs lie in "
                    + started.get(0).log().getParent());
        }
    }
}
