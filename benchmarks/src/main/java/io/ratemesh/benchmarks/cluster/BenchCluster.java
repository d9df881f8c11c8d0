package io.ratemesh.benchmarks.cluster;

import io.ratemesh.benchmarks.process.Delay;
import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.ProcessUsage;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.process.ServerProcess;
import io.ratemesh.model.RateBook;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A cluster on this machine: a publisher in this JVM, converters and optionally a balancer in JVMs of their own. */
public final class BenchCluster implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Path folder = RunFolder.create();
    private final ServiceBuild services;
    private final List<String> common;
    private final PublisherNode publisher;
    private final List<ServerProcess> converters = new ArrayList<>();
    private final Optional<ServerProcess> balancer;
    private final BalancerStats stats = new BalancerStats(folder.resolve("admin-password"), FreePorts.next());

    private BenchCluster(ServiceBuild services, RateBook book, int converters, boolean throughBalancer) {
        this.services = services;
        String name = folder.getFileName().toString();
        common = List.of("cluster.name=" + name, "cluster.port=" + FreePorts.next(), "log.level=warn");
        publisher = PublisherNode.join(common);
        PublisherNode.await(publisher.publish(book));
        balancer = throughBalancer ? Optional.of(startBalancer()) : Optional.empty();
        addConverters(converters);
    }

    /** The working folder of the processes, with their logs. */
    public Path folder() {
        return folder;
    }

    /** Starts a cluster with one converter, publishes a first book, and waits until the nodes are ready. */
    public static BenchCluster start(
            ServiceBuild services, BookGenerator books, long version, boolean throughBalancer) {
        return new BenchCluster(services, books.book(version), 1, throughBalancer);
    }

    /** Starts a cluster with a balancer, publishes a book, and waits until the balancer uses all converters. */
    public static BenchCluster startBalanced(ServiceBuild services, RateBook book, int converters) {
        return new BenchCluster(services, book, converters, true);
    }

    /** Starts further converters, and waits until they are ready and the balancer uses them. */
    public void addConverters(int count) {
        // Many that start at once on few processors start more slowly than one after another.
        int atOnce = Runtime.getRuntime().availableProcessors();
        for (int left = count; left > 0; left -= atOnce) {
            List<ServerProcess> added = IntStream.range(0, Math.min(left, atOnce))
                    .mapToObj(ignored -> startConverter())
                    .toList();
            added.forEach(converter -> converter.awaitReady("/health/ready"));
        }
        balancer.ifPresent(front -> {
            front.awaitReady("/api/v1/status");
            if (!Delay.await(() -> BalancerStats.activeConverters(stats.read()) == converters.size(), TIMEOUT)) {
                throw new IllegalStateException("the balancer does not use all converters; see " + front.log());
            }
        });
    }

    public PublisherNode publisher() {
        return publisher;
    }

    /** The first converter. */
    public ServerProcess converter() {
        return converters.get(0);
    }

    public Optional<ServerProcess> balancer() {
        return balancer;
    }

    /** The port for clients: the balancer's or else the first converter's. */
    public int port() {
        return balancer.orElse(converter()).port();
    }

    /** All nodes except the publisher. */
    public List<ServerProcess> servers() {
        return Stream.concat(balancer.stream(), converters.stream()).toList();
    }

    /** CPU time and memory of all nodes except the publisher. */
    public ProcessUsage usage() {
        return servers().stream().map(ServerProcess::usage).reduce(ProcessUsage.NONE, ProcessUsage::plus);
    }

    @Override
    public void close() {
        // It would warn about each killed node.
        publisher.close();
        balancer.ifPresent(ServerProcess::close);
        converters.forEach(ServerProcess::close);
    }

    private ServerProcess startConverter() {
        int port = FreePorts.next();
        ServerProcess converter = ServiceJvm.start(
                "converter-" + (converters.size() + 1),
                services.jar("converter-service"),
                services.converterOptions(),
                settings("converter.port=" + port),
                port,
                folder);
        converters.add(converter);
        return converter;
    }

    private ServerProcess startBalancer() {
        int port = FreePorts.next();
        return ServiceJvm.start(
                "balancer",
                services.jar("balancer-service"),
                services.balancerOptions(),
                settings(
                        "balancer.http.bind=127.0.0.1",
                        "balancer.http.port=" + port,
                        "balancer.stats.port=" + stats.port(),
                        "balancer.stats.password-file=" + folder.resolve("admin-password")),
                port,
                folder);
    }

    private List<String> settings(String... more) {
        List<String> settings = new ArrayList<>(common);
        settings.addAll(List.of(more));
        settings.addAll(services.settings());
        return settings;
    }
}
