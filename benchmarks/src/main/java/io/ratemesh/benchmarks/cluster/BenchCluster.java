package io.ratemesh.benchmarks.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** One publisher in this JVM, one converter and perhaps one balancer in theirs: a cluster of its own on this machine. */
public final class BenchCluster implements AutoCloseable {

    /** Below the ports that Linux gives to outgoing connections, of which there will be many. */
    private static final int LOWEST_PORT = 10_000;

    private static final int HIGHEST_PORT = 32_000;

    private final Path folder = ServiceJvm.folder();
    private final List<String> common;
    private final BookPublisher publisher;
    private final ServiceJvm converter;
    private final Optional<ServiceJvm> balancer;

    private BenchCluster(Services services, Market market, long version, boolean throughBalancer) {
        String name = folder.getFileName().toString();
        common = List.of("cluster.name=" + name, "cluster.port=" + freePort(), "log.level=warn");
        publisher = BookPublisher.join(common);
        BookPublisher.await(publisher.publish(market.book(version)));
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

    public BookPublisher publisher() {
        return publisher;
    }

    public ServiceJvm converter() {
        return converter;
    }

    public Optional<ServiceJvm> balancer() {
        return balancer;
    }

    /** Where the readers go. */
    public int port() {
        return balancer.orElse(converter).port();
    }

    @Override
    public void close() {
        balancer.ifPresent(ServiceJvm::close);
        converter.close();
        publisher.close();
    }

    private ServiceJvm converter(Services services) {
        int port = freePort();
        return ServiceJvm.start(
                "converter",
                services.jar("converter-service"),
                services.converterOptions(),
                with(services, "converter.port=" + port),
                port,
                folder);
    }

    private ServiceJvm balancer(Services services) {
        int port = freePort();
        return ServiceJvm.start(
                "balancer",
                services.jar("balancer-service"),
                services.balancerOptions(),
                with(
                        services,
                        "balancer.http.bind=127.0.0.1",
                        "balancer.http.port=" + port,
                        "balancer.stats.port=" + freePort(),
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

    /** A port of this machine that nobody listens on, from below those of outgoing connections. */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (java.net.BindException e) {
                // Somebody else's; the next one, then.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
