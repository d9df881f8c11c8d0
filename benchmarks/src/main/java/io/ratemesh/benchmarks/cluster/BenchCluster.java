package io.ratemesh.benchmarks.cluster;

import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A cluster on this machine: a publisher in this JVM, a converter and optionally a balancer in JVMs of their own. */
public final class BenchCluster implements AutoCloseable {

    private final Path folder = RunFolder.create();
    private final List<String> common;
    private final PublisherNode publisher;
    private final ServerProcess converter;
    private final Optional<ServerProcess> balancer;

    private BenchCluster(ServiceBuild services, BookGenerator books, long version, boolean throughBalancer) {
        String name = folder.getFileName().toString();
        common = List.of("cluster.name=" + name, "cluster.port=" + FreePorts.next(), "log.level=warn");
        publisher = PublisherNode.join(common);
        PublisherNode.await(publisher.publish(books.book(version)));
        converter = converter(services);
        balancer = throughBalancer ? Optional.of(balancer(services)) : Optional.empty();
        converter.awaitReady("/health/ready");
        balancer.ifPresent(front -> front.awaitReady("/api/v1/status"));
    }

    /** The working folder of the processes, with their logs. */
    public Path folder() {
        return folder;
    }

    /** Starts a cluster, publishes a first book, and waits until the nodes are ready. */
    public static BenchCluster start(
            ServiceBuild services, BookGenerator books, long version, boolean throughBalancer) {
        return new BenchCluster(services, books, version, throughBalancer);
    }

    public PublisherNode publisher() {
        return publisher;
    }

    public ServerProcess converter() {
        return converter;
    }

    public Optional<ServerProcess> balancer() {
        return balancer;
    }

    /** The port for clients: the balancer's or else the converter's. */
    public int port() {
        return balancer.orElse(converter).port();
    }

    @Override
    public void close() {
        balancer.ifPresent(ServerProcess::close);
        converter.close();
        publisher.close();
    }

    private ServerProcess converter(ServiceBuild services) {
        int port = FreePorts.next();
        return ServiceJvm.start(
                "converter",
                services.jar("converter-service"),
                services.converterOptions(),
                settings(services, "converter.port=" + port),
                port,
                folder);
    }

    private ServerProcess balancer(ServiceBuild services) {
        int port = FreePorts.next();
        return ServiceJvm.start(
                "balancer",
                services.jar("balancer-service"),
                services.balancerOptions(),
                settings(
                        services,
                        "balancer.http.bind=127.0.0.1",
                        "balancer.http.port=" + port,
                        "balancer.stats.port=" + FreePorts.next(),
                        "balancer.stats.password-file=" + folder.resolve("admin-password")),
                port,
                folder);
    }

    private List<String> settings(ServiceBuild services, String... more) {
        List<String> settings = new ArrayList<>(common);
        settings.addAll(List.of(more));
        settings.addAll(services.settings());
        return settings;
    }
}
