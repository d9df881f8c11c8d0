package io.ratemesh.benchmarks.chaos;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.process.Delay;
import io.ratemesh.benchmarks.process.FreePorts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Two halves of a cluster, each with a rates node, a balancer and a half of the converters. A node that was killed is replaced by
 * a new one in its place, as an orchestrator does.
 */
final class ChaosCluster implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Set<String> SERVING = Set.of("UP", "SLOW_START");

    private final Path folder;
    private final ChaosNetwork network;
    private ServiceBuild services;
    private final boolean movableClocks;
    private final List<String> common;
    private final List<ChaosNode> nodes = new ArrayList<>();
    private final Map<ChaosNode.Role, Integer> started = new EnumMap<>(ChaosNode.Role.class);

    /**
     * A cluster without nodes.
     *
     * @param movableClocks whether the clocks of the rates nodes can be moved
     */
    ChaosCluster(Path folder, ChaosNetwork network, ServiceBuild services, boolean movableClocks) {
        this.folder = folder;
        this.network = network;
        this.services = services;
        this.movableClocks = movableClocks;
        String members = IntStream.range(0, ChaosNetwork.HALVES)
                .mapToObj(half -> '"' + network.address(half) + '"')
                .distinct()
                .collect(Collectors.joining(", ", "[", "]"));
        common = List.of(
                "cluster.name=chaos-" + ProcessHandle.current().pid(),
                "cluster.port=" + FreePorts.next(),
                "cluster.members=" + members,
                "rates.feeds=[{name: simulated, poll: 1s}]",
                "converter.stream.heartbeat=1s",
                "balancer.stats.password-file=" + folder.resolve("admin-password"));
        try {
            Files.writeString(folder.resolve("admin-password"), ChaosNode.PASSWORD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts two rates nodes, two balancers and at least two converters, and waits until all serve. */
    void start(int converters) {
        // First and alone: members that start at the same time can form separate clusters.
        ChaosNode first = add(ChaosNode.Role.RATES, 0);
        await(first::isListening);
        add(ChaosNode.Role.RATES, 1);
        for (int i = 0; i < converters; i++) {
            add(ChaosNode.Role.CONVERTER, i % ChaosNetwork.HALVES);
        }
        add(ChaosNode.Role.BALANCER, 0);
        add(ChaosNode.Role.BALANCER, 1);
        awaitWhole();
    }

    /** Starts one more node. */
    ChaosNode add(ChaosNode.Role role, int half) {
        Path data = folder.resolve("data-" + half);
        Optional<ChaosClock> clock = role == ChaosNode.Role.RATES && movableClocks
                ? Optional.of(new ChaosClock(folder.resolve("clock-" + half)))
                : Optional.empty();
        ChaosNode node = new ChaosNode(role, half, network.address(half), data, clock);
        nodes.add(node);
        start(node);
        return node;
    }

    /** Starts the process of a node, under a new name. */
    void start(ChaosNode node) {
        String id = node.role().word() + '-' + started.merge(node.role(), 1, Integer::sum);
        node.start(id, network.prefix(node.half()), services, common, folder);
    }

    /** Nodes that are started from now on are of another build. */
    void use(ServiceBuild other) {
        services = other;
    }

    /** Drains and removes a node for good. */
    void remove(ChaosNode node) {
        nodes.remove(node);
        node.terminate();
    }

    List<ChaosNode> nodes() {
        return List.copyOf(nodes);
    }

    List<ChaosNode> nodes(ChaosNode.Role role) {
        return nodes.stream().filter(node -> node.role() == role).toList();
    }

    /** The balancers, which clients connect to. */
    List<ChaosNode> doors() {
        return nodes(ChaosNode.Role.BALANCER);
    }

    /** The rates node that leads. */
    ChaosNode leader() {
        String id = doors().get(0)
                .json("/api/v1/status")
                .map(status -> status.getString("leader"))
                .orElse("");
        return nodes(ChaosNode.Role.RATES).stream()
                .filter(node -> node.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no rates node leads; see " + folder));
    }

    void awaitWhole() {
        await(() -> missing().isEmpty());
    }

    /**
     * What is missing until every balancer sees exactly the running nodes, all READY, and sends requests to every converter, and
     * all name the same leader; empty if nothing is.
     */
    Optional<String> missing() {
        Set<String> leaders = doors().stream()
                .map(door -> door.json("/api/v1/status")
                        .map(status -> status.getString("leader"))
                        .orElse("none"))
                .collect(Collectors.toCollection(TreeSet::new));
        if (leaders.size() > 1 || leaders.contains("none")) {
            return Optional.of("leaders " + leaders);
        }
        return doors().stream().map(this::missing).flatMap(Optional::stream).findFirst();
    }

    private Optional<String> missing(ChaosNode door) {
        Optional<JsonObject> stats = door.stats();
        Set<String> ready = stats.stream()
                .flatMap(seen -> objects(seen, "nodes"))
                .map(node -> node.getString("id") + ("READY".equals(node.getString("state")) ? "" : " not ready"))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!ready.equals(ids(nodes))) {
            return Optional.of(door.id() + " sees " + ready);
        }
        Set<String> serving = stats.stream()
                .flatMap(seen -> objects(seen, "pools"))
                .filter(pool -> "converters".equals(pool.getString("name")))
                .flatMap(pool -> objects(pool, "servers"))
                .filter(server -> SERVING.contains(server.getString("state")))
                .map(server -> server.getString("id"))
                .collect(Collectors.toCollection(TreeSet::new));
        return serving.equals(ids(nodes(ChaosNode.Role.CONVERTER)))
                ? Optional.empty()
                : Optional.of(door.id() + " sends requests to " + serving);
    }

    /** Whether every rates node has stored a book since then. */
    boolean storesSince(Instant time) {
        return nodes(ChaosNode.Role.RATES).stream().allMatch(node -> node.hasStoredSince(time));
    }

    /** The builds that a balancer sees. */
    Set<String> builds() {
        return doors().get(0).stats().stream()
                .flatMap(stats -> objects(stats, "nodes"))
                .map(node -> node.getString("build", "?"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> ids(List<ChaosNode> nodes) {
        return nodes.stream().map(ChaosNode::id).collect(Collectors.toSet());
    }

    private static Stream<JsonObject> objects(JsonObject parent, String key) {
        return parent.getJsonArray(key).stream().map(JsonObject.class::cast);
    }

    private void await(BooleanSupplier condition) {
        if (!Delay.await(condition, TIMEOUT)) {
            throw new IllegalStateException("the cluster is not ready; see the logs in " + folder);
        }
    }

    @Override
    public void close() {
        nodes.forEach(ChaosNode::close);
    }
}
