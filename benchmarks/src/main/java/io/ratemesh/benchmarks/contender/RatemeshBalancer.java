package io.ratemesh.benchmarks.contender;

import io.ratemesh.benchmarks.cluster.ServiceBuild;
import io.ratemesh.benchmarks.cluster.ServiceJvm;
import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The Ratemesh balancer in a JVM of its own, with its default features. */
public final class RatemeshBalancer implements Contender {

    public static final String NAME = "Ratemesh";

    /** The path prefix of requests to upstreams; the balancer serves nothing below it. */
    public static final String PATH = "/shop/";

    /** The default target of requests to upstreams. */
    public static final String TARGET = PATH + "item";

    /** The file that a node reads in its working folder. */
    static final String SETTINGS = "ratemesh.yaml";

    private static final String PROXY_FEATURES =
            "least-connections, a check of each upstream every 2 s, httplog to /dev/null";

    private enum Mode {
        HTTP,
        TCP
    }

    private final ServiceBuild services;
    private final int loops;
    private final Mode mode;
    private final String features;
    private final String settings;

    /** The settings of TCP mode have the placeholder {{port}}. */
    private RatemeshBalancer(ServiceBuild services, int loops, Mode mode, String features, String settings) {
        this.services = services;
        this.loops = loops;
        this.mode = mode;
        this.features = features;
        this.settings = settings;
    }

    /** A proxy without a cluster in front of upstreams, given by their ports. */
    public static RatemeshBalancer proxy(ServiceBuild services, int loops, List<Integer> upstreams) {
        return proxy(services, loops, upstreams, PATH);
    }

    /** The same with another path prefix of requests to upstreams. */
    public static RatemeshBalancer proxy(ServiceBuild services, int loops, List<Integer> upstreams, String path) {
        return new RatemeshBalancer(services, loops, Mode.HTTP, PROXY_FEATURES, proxySettings(upstreams, path, ""));
    }

    /** A proxy with TLS in front of upstreams, given by their ports. */
    public static RatemeshBalancer tls(
            ServiceBuild services, int loops, List<Integer> upstreams, TlsListener listener) {
        return new RatemeshBalancer(
                services,
                loops,
                Mode.HTTP,
                PROXY_FEATURES,
                proxySettings(upstreams, PATH, ConfigTemplate.fill("ratemesh-tls.yaml", listener.values())));
    }

    /** Replaces the settings of {@link #proxy} with other upstreams, for a reload. */
    public static void writeProxySettings(Path folder, List<Integer> upstreams, String path) {
        ConfigTemplate.write(folder, SETTINGS, proxySettings(upstreams, path, ""));
    }

    private static String proxySettings(List<Integer> upstreams, String path, String tls) {
        return ConfigTemplate.fill(
                "ratemesh-proxy.yaml", Map.of("servers", servers(upstreams), "path", path, "tls", tls));
    }

    /** A listener in TCP mode in front of upstreams, given by their ports. */
    public static RatemeshBalancer tcp(ServiceBuild services, int loops, List<Integer> upstreams) {
        return new RatemeshBalancer(
                services,
                loops,
                Mode.TCP,
                "TCP mode, least-connections, a check of each upstream every 2 s",
                ConfigTemplate.fill("ratemesh-tcp.yaml", Map.of("servers", servers(upstreams))));
    }

    /** The pages and assets of the UI, on a cluster of its own. */
    public static RatemeshBalancer assets(ServiceBuild services, int loops) {
        int port = FreePorts.next();
        String settings = "cluster: {name: ratemesh-bench-" + port + ", port: " + port + "}\n";
        return new RatemeshBalancer(services, loops, Mode.HTTP, "pages and assets from memory", settings);
    }

    private static String servers(List<Integer> upstreams) {
        return upstreams.stream()
                .map(upstream -> "\"127.0.0.1:" + upstream + "\"")
                .collect(Collectors.joining(", "));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        String set = services.settings().isEmpty() ? "" : ", and " + String.join(" ", services.settings());
        return NAME + ", " + features + ", " + (loops == 1 ? "one event loop" : loops + " event loops")
                + ", default settings otherwise" + set;
    }

    @Override
    public boolean isCompiledUnderLoad() {
        return true;
    }

    @Override
    public ServerProcess start(Path folder, int port) {
        ConfigTemplate.write(folder, SETTINGS, settings(port));
        int httpPort = mode == Mode.TCP ? FreePorts.next() : port;
        return ServiceJvm.start(
                "ratemesh",
                services.jar("balancer-service"),
                services.balancerOptions(),
                arguments(folder, httpPort, FreePorts.next()),
                port,
                folder);
    }

    List<String> arguments(Path folder, int httpPort, int statsPort) {
        List<String> arguments = new ArrayList<>(List.of(
                "log.level=warn",
                "balancer.event-loops=" + loops,
                "balancer.http.bind=127.0.0.1",
                "balancer.http.port=" + httpPort,
                "balancer.stats.port=" + statsPort,
                "balancer.stats.password-file=" + folder.resolve("admin-password")));
        arguments.addAll(services.settings());
        return arguments;
    }

    /** The text of {@code ratemesh.yaml}. */
    String settings(int port) {
        return settings.replace("{{port}}", String.valueOf(port));
    }
}
