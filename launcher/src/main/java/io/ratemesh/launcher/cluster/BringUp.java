package io.ratemesh.launcher.cluster;

import io.ratemesh.launcher.front.FrontDoor;
import io.ratemesh.launcher.front.NodeHealth;
import io.ratemesh.launcher.front.StatsPort;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.outcome.Failure;
import io.ratemesh.launcher.outcome.Patience;
import io.ratemesh.launcher.process.JarShelf;
import io.ratemesh.launcher.process.NodeStarter;
import io.ratemesh.launcher.process.StartedNode;
import io.ratemesh.launcher.settings.BindHost;
import io.ratemesh.launcher.settings.GivenSettings;
import io.ratemesh.launcher.settings.Ports;
import io.ratemesh.launcher.state.ClusterFacts;
import io.ratemesh.launcher.state.Listener;
import io.ratemesh.launcher.state.NodeRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Starts a cluster on this machine and waits until it answers. */
public final class BringUp {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ClusterFacts facts;
    private final GivenSettings given;
    private final NodeStarter starter;
    private final JarShelf jars;
    private final StatsPort stats;
    private final Console console;
    private final List<StartedNode> started = new ArrayList<>();

    public BringUp(
            ClusterFacts facts,
            GivenSettings given,
            NodeStarter starter,
            JarShelf jars,
            StatsPort stats,
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
     * @throws Failure where a node ends early or the front door does not answer in time
     */
    public void run(int converters) {
        startRates();
        for (int i = 0; i < converters; i++) {
            start(NodeRole.CONVERTER, List.of());
        }
        start(NodeRole.BALANCER, List.of());
        awaitConverters(converters);
        FrontDoor door = new FrontDoor(facts.door());
        await(door::converts, "no conversion was answered at " + door.conversion());
        console.progress("the front door answers");
    }

    // Alone and first: members that start at the same moment may each found a cluster of their own.
    private void startRates() {
        Optional<Integer> fixed = given.port("rates.port").filter(port -> port > 0);
        int port = fixed.orElseGet(Ports::anyFree);
        StartedNode rates = start(NodeRole.RATES, fixed.isPresent() ? List.of() : List.of("rates.port=" + port));
        Listener health = new Listener(BindHost.of(given), port);
        await(() -> NodeHealth.isReady(health), rates.id() + " was not ready at " + health.uri("/health/ready"));
        console.progress(rates.id() + " is ready");
    }

    private void awaitConverters(int count) {
        long[] known = {0};
        await(
                () -> {
                    long ready = Math.min(count, stats.ready(NodeRole.CONVERTER.word()));
                    if (ready > known[0]) {
                        known[0] = ready;
                        console.progress(ready + " of " + count + " converters ready");
                    }
                    return ready == count;
                },
                "not every converter was ready by " + facts.stats().uri("/stats.json"));
    }

    private StartedNode start(NodeRole role, List<String> settings) {
        StartedNode node = starter.background(role, jars.newest(role), settings);
        started.add(node);
        console.progress(node.id() + " started (pid " + node.record().pid() + ")");
        return node;
    }

    private void await(BooleanSupplier condition, String otherwise) {
        boolean inTime = Patience.within(PATIENCE).until(() -> {
            started.forEach(StartedNode::requireAlive);
            return condition.getAsBoolean();
        });
        if (!inTime) {
            throw Failure.failed(otherwise + " within " + PATIENCE.toSeconds() + " s; the logs lie in "
                    + started.get(0).log().getParent());
        }
    }
}
