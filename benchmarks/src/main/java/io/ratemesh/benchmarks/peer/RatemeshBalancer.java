package io.ratemesh.benchmarks.peer;

import io.ratemesh.benchmarks.cluster.ServiceJvm;
import io.ratemesh.benchmarks.cluster.Services;
import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Our own: a balancer's JVM with everything on that is on by default. */
public final class RatemeshBalancer implements Contender {

    public static final String NAME = "Ratemesh";

    /** Below it, what goes to the upstreams where nothing else is asked for: nothing that the front door has itself. */
    public static final String PATH = "/shop/";

    /** What is asked of the upstreams where it does not matter what. */
    public static final String TARGET = PATH + "item";

    /** A node reads the file of this name where it runs. */
    static final String SETTINGS = "ratemesh.yaml";

    private final Services services;
    private final int loops;
    private final String does;
    private final String settings;
    private final int statsPort = FreePorts.next();

    private RatemeshBalancer(Services services, int loops, String does, String settings) {
        this.services = services;
        this.loops = loops;
        this.does = does;
        this.settings = settings;
    }

    /**
     * Alone in front of fixed upstreams.
     *
     * @param upstreams their ports
     * @param path what goes to them, with a slash at both ends
     */
    public static RatemeshBalancer proxy(Services services, int loops, List<Integer> upstreams, String path) {
        return new RatemeshBalancer(
                services,
                loops,
                "least-connections, a check of each upstream every 2 s, httplog to /dev/null",
                proxySettings(upstreams, path));
    }

    /** Writes the settings of {@link #proxy} with other upstreams, for one that runs to read them again. */
    public static void writeProxySettings(Path folder, List<Integer> upstreams, String path) {
        ConfigFile.write(folder, SETTINGS, proxySettings(upstreams, path));
    }

    private static String proxySettings(List<Integer> upstreams, String path) {
        String servers = upstreams.stream()
                .map(upstream -> "\"127.0.0.1:" + upstream + "\"")
                .collect(Collectors.joining(", "));
        return """
                cluster: {enabled: false}
                balancer:
                  access-log: {to: /dev/null}
                  pools:
                    web:
                      servers: [%s]
                      algorithm: least-connections
                      check: {path: /health, interval: 2s, timeout: 1s, rise: 2, fall: 3}
                  routes:
                    - {path: %s, pool: web}
                """.formatted(servers, path);
    }

    /** Its pages and assets; the cluster that it joins is its own. */
    public static RatemeshBalancer assets(Services services, int loops) {
        int port = FreePorts.next();
        return new RatemeshBalancer(services, loops, "pages and assets from memory", """
                cluster: {name: ratemesh-bench-%d, port: %d}
                """.formatted(port, port));
    }

    /** Where its statistics and metrics are, without a password for who comes from this machine. */
    public int statsPort() {
        return statsPort;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String says() {
        return says(services, loops, does);
    }

    static String says(Services services, int loops, String does) {
        String set = services.settings().isEmpty() ? "" : ", and " + String.join(" ", services.settings());
        return NAME + ", " + does + ", " + (loops == 1 ? "one event loop" : loops + " event loops")
                + ", everything else as by default" + set;
    }

    @Override
    public ServerProcess start(Path folder, int port) {
        ConfigFile.write(folder, SETTINGS, settings);
        return start(services, arguments(folder, port, statsPort), port, folder);
    }

    /** A balancer's JVM. */
    static ServerProcess start(Services services, List<String> arguments, int port, Path folder) {
        return ServiceJvm.start(
                "ratemesh", services.jar("balancer-service"), services.balancerOptions(), arguments, port, folder);
    }

    /** What it is set to besides, on its command line. */
    List<String> arguments(Path folder, int port, int statsPort) {
        return arguments(services, loops, folder, port, statsPort);
    }

    static List<String> arguments(Services services, int loops, Path folder, int port, int statsPort) {
        List<String> arguments = new ArrayList<>(List.of(
                "log.level=warn",
                "balancer.event-loops=" + loops,
                "balancer.http.bind=127.0.0.1",
                "balancer.http.port=" + port,
                "balancer.stats.port=" + statsPort,
                "balancer.stats.password-file=" + folder.resolve("admin-password")));
        arguments.addAll(services.settings());
        return arguments;
    }

    /** What {@code ratemesh.yaml} says. */
    String settings() {
        return settings;
    }
}
