package io.ratemesh.benchmarks.cluster;

import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One publisher in this JVM, one converter and perhaps one balancer in theirs: a cluster of its own on this machine. */
public final class BenchCluster implements AutoCloseable {

    private final Path folder = RunFolder.create();
    private final List<String> common;
    private final SteadyBookPublisher publisher;
    private final ServerProcess converter;
    private final Optional<ServerProcess> balancer;

    private BenchCluster(Services services, Market market, long version, boolean throughBalancer) {
        String name = folder.getFileName().toString();
        common = List.of("cluster.name=" + name, "cluster.port=" + FreePorts.next(), "log.level=warn");
        publisher = SteadyBookPublisher.join(common);
        SteadyBookPublisher.await(publisher.publish(market.book(version)));
        converter = converter(services);
        balancer = throughBalancer ? Optional.of(balancer(services)) : Optional.empty();
        converter.awaitAnswer("/health/ready");
        balancer.ifPresent(front -> front.awaitAnswer("/api/v1/status"));
    }

    /** Where its processes run and leave their logs. */
    public Path folder() {
        return folder;
    }

    /** Starts it, with a first book, and waits until it serves. */
    public static BenchCluster start(Services services, Market market, long version, boolean throughBalancer) {
        return new BenchCluster(services, market, version, throughBalancer);
    }

    public SteadyBookPublisher publisher() {
        return publisher;
    }

    public ServerProcess converter() {
        return converter;
    }

    public Optional<ServerProcess> balancer() {
        return balancer;
    }

    /** Where the readers go. */
    public int port() {
        return balancer.orElse(converter).port();
    }

    @Override
    public void close() {
        balancer.ifPresent(ServerProcess::close);
        converter.close();
        publisher.close();
    }

    private ServerProcess converter(Services services) {
        int port = FreePorts.next();
        return ServiceJvm.start(
                "converter",
                services.jar("converter-service"),
                services.converterOptions(),
                with(services, "converter.port=" + port),
                port,
                folder);
    }

    private ServerProcess balancer(Services services) {
        int port = FreePorts.next();
        return ServiceJvm.start(
                "balancer",
                services.jar("balancer-service"),
                services.balancerOptions(),
                with(
                        services,
                        "balancer.http.bind=127.0.0.1",
                        "balancer.http.port=" + port,
                        "balancer.stats.port=" + FreePorts.next(),
                        "balancer.stats.password-file=" + folder.resolve("admin-password")),
                port,
                folder);
    }

    private List<String> with(Services services, String... more) {
        List<String> settings = new ArrayList<>(common);
        settings.addAll(List.of(more));
        settings.addAll(services.settings());
        return settings;
    }
}
