package io.ratemesh.benchmarks.chaos;

import io.ratemesh.benchmarks.chaos.ChaosNode.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A fault of the cluster, how it is injected and how it ends. */
enum ChaosFault {
    KILL_CONVERTER("kill -9 of a converter"),
    KILL_RATES("kill -9 of the leading rates node"),
    KILL_BALANCER("kill -9 of a balancer"),
    PAUSE_CONVERTER("SIGSTOP of a converter, then SIGCONT"),
    PAUSE_RATES("SIGSTOP of the leading rates node, then SIGCONT"),
    PAUSE_BALANCER("SIGSTOP of a balancer, then SIGCONT"),
    FULL_DISK("every write of the leading rates node to a file fails"),
    CLOCK_AHEAD("the clock of the leading rates node jumps an hour ahead, then back"),
    CLOCK_BEHIND("the clock of the leading rates node jumps an hour back, then ahead"),
    SLOW_NETWORK("packets between the halves are delayed and lost"),
    PARTITION("no packets between the halves"),
    SCALE("converters are added and drained again, one by one"),
    UPGRADE("every node is replaced by one of this build, one by one");

    private final String description;

    ChaosFault(String description) {
        this.description = description;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String description() {
        return description;
    }

    /** Whether a client may have to use another front door. */
    boolean hitsFrontDoor() {
        return this == KILL_BALANCER || this == PAUSE_BALANCER || this == UPGRADE;
    }

    /** Whether the members of the cluster may disagree for a time, so that two rates nodes lead. */
    boolean splits() {
        return switch (this) {
            case PARTITION, SLOW_NETWORK, PAUSE_CONVERTER, PAUSE_RATES, PAUSE_BALANCER -> true;
            default -> false;
        };
    }

    /** Why it cannot be injected; empty if it can. */
    Optional<String> unavailable(ChaosNetwork network) {
        return switch (this) {
            case SLOW_NETWORK, PARTITION ->
                network.hasNamespaces() ? Optional.empty() : Optional.of("needs root and network namespaces");
            case CLOCK_AHEAD, CLOCK_BEHIND ->
                ChaosClock.isAvailable()
                        ? Optional.empty()
                        : Optional.of("needs libfaketime; Debian: apt install faketime");
            default -> Optional.empty();
        };
    }

    /**
     * Injects the fault.
     *
     * @param converters the most converters of {@link #SCALE}
     * @return ends it
     */
    Runnable inject(ChaosCluster cluster, ChaosNetwork network, int converters) {
        return switch (this) {
            case KILL_CONVERTER -> kill(cluster, cluster.nodes(Role.CONVERTER).get(0));
            case KILL_RATES -> kill(cluster, cluster.leader());
            case KILL_BALANCER -> kill(cluster, cluster.doors().get(0));
            case PAUSE_CONVERTER -> pause(cluster.nodes(Role.CONVERTER).get(0));
            case PAUSE_RATES -> pause(cluster.leader());
            case PAUSE_BALANCER -> pause(cluster.doors().get(0));
            case FULL_DISK -> fillDisk(cluster.leader());
            case CLOCK_AHEAD -> cluster.leader().clock().jump("+1h");
            case CLOCK_BEHIND -> cluster.leader().clock().jump("-1h");
            case SLOW_NETWORK -> {
                network.slow();
                yield network::fast;
            }
            case PARTITION -> {
                network.partition();
                yield network::heal;
            }
            case SCALE -> scale(cluster, converters);
            case UPGRADE -> upgrade(cluster);
        };
    }

    private static Runnable kill(ChaosCluster cluster, ChaosNode node) {
        node.kill();
        return () -> cluster.start(node);
    }

    private static Runnable pause(ChaosNode node) {
        node.signal("STOP");
        return () -> node.signal("CONT");
    }

    private static Runnable fillDisk(ChaosNode node) {
        node.failWrites(true);
        return () -> node.failWrites(false);
    }

    private static Runnable scale(ChaosCluster cluster, int converters) {
        List<ChaosNode> added = new ArrayList<>();
        for (int count = cluster.nodes(Role.CONVERTER).size(); count < converters; count++) {
            added.add(cluster.add(Role.CONVERTER, count % ChaosNetwork.HALVES));
            cluster.awaitWhole();
        }
        return () -> added.forEach(node -> {
            cluster.remove(node);
            cluster.awaitWhole();
        });
    }

    /** A new converter serves before the old one drains; the others give up their port or their lead first. */
    private static Runnable upgrade(ChaosCluster cluster) {
        for (ChaosNode old : cluster.nodes()) {
            if (old.role() == Role.CONVERTER) {
                cluster.add(Role.CONVERTER, old.half());
                cluster.awaitWhole();
                cluster.remove(old);
            } else {
                old.terminate();
                cluster.start(old);
            }
            cluster.awaitWhole();
            System.out.println(
                    old.role().word() + " upgraded; builds side by side: " + String.join(", ", cluster.builds()));
        }
        return () -> {};
    }
}
