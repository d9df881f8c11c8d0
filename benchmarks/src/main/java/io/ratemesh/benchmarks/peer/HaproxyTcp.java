package io.ratemesh.benchmarks.peer;

import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * HAProxy that passes connections on as they are.
 *
 * @param upstreams their ports
 */
public record HaproxyTcp(List<Integer> upstreams) implements Contender {

    public HaproxyTcp {
        upstreams = List.copyOf(upstreams);
    }

    @Override
    public String name() {
        return Haproxy.NAME;
    }

    @Override
    public String says() {
        return Haproxy.version() + ", mode tcp, leastconn, one thread, a check of each upstream every 2 s, no log";
    }

    @Override
    public ServerProcess start(Path folder, int port) {
        return Haproxy.start(config(port), folder, port);
    }

    /** What {@code haproxy.cfg} says. */
    String config(int port) {
        String servers = upstreams.stream()
                .map(upstream -> "  server u" + upstream + " 127.0.0.1:" + upstream + " check")
                .collect(Collectors.joining("\n"));
        return """
                global
                  nbthread 1
                  maxconn 8192

                defaults
                  mode tcp
                  timeout connect 5s
                  timeout client 1h
                  timeout server 1h
                  timeout check 1s
                  option redispatch
                  retries 3

                frontend front
                  bind 127.0.0.1:%d
                  default_backend upstreams

                backend upstreams
                  balance leastconn
                  default-server inter 2s rise 2 fall 3
                %s
                """.formatted(port, servers);
    }
}
