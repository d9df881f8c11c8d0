package io.ratemesh.benchmarks.peer;

import io.ratemesh.benchmarks.cluster.Services;
import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Our own with a port that passes connections on as they are.
 *
 * @param upstreams their ports
 */
public record RatemeshTcp(Services services, int loops, List<Integer> upstreams) implements Contender {

    public RatemeshTcp {
        upstreams = List.copyOf(upstreams);
    }

    @Override
    public String name() {
        return RatemeshBalancer.NAME;
    }

    @Override
    public String says() {
        return RatemeshBalancer.says(
                services, loops, "a port of TCP, least-connections, a check of each upstream every 2 s");
    }

    @Override
    public ServerProcess start(Path folder, int port) {
        ConfigFile.write(folder, RatemeshBalancer.SETTINGS, settings(port));
        return RatemeshBalancer.start(
                services,
                RatemeshBalancer.arguments(services, loops, folder, FreePorts.next(), FreePorts.next()),
                port,
                folder);
    }

    /** What {@code ratemesh.yaml} says. */
    String settings(int port) {
        String servers = upstreams.stream()
                .map(upstream -> "\"127.0.0.1:" + upstream + "\"")
                .collect(Collectors.joining(", "));
        return """
                cluster: {enabled: false}
                balancer:
                  tcp:
                    - port: %d
                      name: web
                      servers: [%s]
                      algorithm: least-connections
                      check: {interval: 2s, timeout: 1s, rise: 2, fall: 3}
                """.formatted(port, servers);
    }
}
