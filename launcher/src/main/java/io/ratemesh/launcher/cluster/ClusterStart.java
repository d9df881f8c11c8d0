package io.ratemesh.launcher.cluster;

import io.ratemesh.launcher.client.BalancerClient;
import io.ratemesh.launcher.client.HttpGet;
import io.ratemesh.launcher.client.StatsClient;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.process.JarCache;
import io.ratemesh.launcher.process.NodeStarter;
import io.ratemesh.launcher.process.StartedNode;
import io.ratemesh.launcher.settings.GivenSettings;
import io.ratemesh.launcher.settings.PortAvailability;
import io.ratemesh.launcher.state.ClusterSnapshot;
import io.ratemesh.launcher.state.LaunchedRole;
import io.ratemesh.launcher.state.ListenAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Starts a cluster on this machine and waits until it serves conversions. */
public final class ClusterStart {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private final ClusterSnapshot snapshot;
    private final GivenSettings given;
    private final NodeStarter starter;
    private final JarCache jars;
    private final StatsClient stats;
    private final Console console;
    private final List<StartedNode> started = new ArrayList<>();

    public ClusterStart(
            ClusterSnapshot snapshot,
            GivenSettings given,
            NodeStarter starter,
            JarCache jars,
            StatsClient stats,
            Console console) {
        this.snapshot = snapshot;
        this.given = given;
        this.starter = starter;
        this.jars = jars;
        this.stats = stats;
        this.console = console;
    }

    /**
     * Starts one rates node, then the converters and a balancer.
     *
     * @throws CommandFailure if a node ends or conversions do not succeed in time
     */
    public void run(int converters) {
        startRates();
        for (int i = 0; i < converters; i++) {
            start(LaunchedRole.CONVERTER, List.of());
        }
        start(LaunchedRole.BALANCER, List.of());
        awaitConverters(converters);
        BalancerClient balancer = new BalancerClient(snapshot.http());
        await(() -> "a conversion", balancer::converts, "no conversion succeeded at " + balancer.conversion());
        console.progress("conversions succeed");
    }

    // First and alone: members that start at the same time can form separate clusters.
    private void startRates() {
        Optional<Integer> fixed = given.port("rates.port").filter(port -> port > 0);
        int port = fixed.orElseGet(PortAvailability::anyFree);
        StartedNode rates = start(LaunchedRole.RATES, fixed.isPresent() ? List.of() : List.of("rates.port=" + port));
        URI health = new ListenAddress(given.bindHost(), port).uri("/health/ready");
        await(rates::id, () -> HttpGet.isOk(health), rates.id() + " was not ready at " + health);
        console.progress(rates.id() + " is ready");
    }

    private void awaitConverters(int count) {
        long[] known = {0};
        await(
                () -> "the converters (" + known[0] + " of " + count + " ready)",
                () -> {
                    long ready = Math.min(count, stats.ready(LaunchedRole.CONVERTER.word()));
                    if (ready > known[0]) {
                        known[0] = ready;
                        console.progress(ready + " of " + count + " converters ready");
                    }
                    return ready == count;
                },
                "not every converter was ready by " + snapshot.stats().uri("/stats.json"));
    }

    private StartedNode start(LaunchedRole role, List<String> settings) {
        StartedNode node = starter.background(role, jars.newest(role), settings);
        started.add(node);
        return node;
    }

    private void await(Supplier<String> subject, BooleanSupplier condition, String failure) {
        boolean inTime = console.await(TIMEOUT, subject, () -> {
            started.forEach(StartedNode::requireAlive);
            return condition.getAsBoolean();
        });
        if (!inTime) {
            throw CommandFailure.failed(failure + " within " + TIMEOUT.toSeconds() + " s; the logs are in "
                    + started.get(0).log().getParent());
        }
    }
}
