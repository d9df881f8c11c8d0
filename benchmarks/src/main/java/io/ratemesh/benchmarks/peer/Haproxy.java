package io.ratemesh.benchmarks.peer;

import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.Program;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * HAProxy with least connections on one thread.
 *
 * @param upstreams their ports
 * @param same whether it does what our front door does by default: forwarded headers, a request's id, an access log,
 *     statistics; else nothing but the balancing and the checks
 */
public record Haproxy(List<Integer> upstreams, boolean same) implements Contender {

    /** Where it takes orders, in its folder: its runtime API. */
    public static final String SOCKET = "haproxy.sock";

    private static final Program PROGRAM = new Program("haproxy", "haproxy");

    public Haproxy {
        upstreams = List.copyOf(upstreams);
    }

    @Override
    public String name() {
        return same ? "HAProxy" : "HAProxy, bare";
    }

    @Override
    public String says() {
        String version = PROGRAM.output("-v")
                .lines()
                .findFirst()
                .orElse("HAProxy")
                .replaceAll(" - http.*| \\d{4}/\\d\\d/\\d\\d.*", "");
        return version + ", leastconn, one thread, http-reuse always, a check of each upstream every 2 s"
                + (same
                        ? ", X-Forwarded-For, -Proto, -Host, -Port, X-Request-Id and Via set, httplog to /dev/null, statistics"
                        : ", no headers added, no log");
    }

    @Override
    public ServerProcess start(Path folder, int port) {
        Path config = ConfigFile.write(folder, "haproxy.cfg", config(port, FreePorts.next()));
        return ServerProcess.startUnheard(
                "haproxy", List.of(PROGRAM.require().toString(), "-db", "-f", config.toString()), port, folder);
    }

    /** What {@code haproxy.cfg} says. */
    String config(int port, int statsPort) {
        String servers = upstreams.stream()
                .map(upstream -> "  server u" + upstream + " 127.0.0.1:" + upstream + " check")
                .collect(Collectors.joining("\n"));
        return """
                global
                  nbthread 1
                  maxconn 8192
                  stats socket unix@%s mode 600 level admin
                %s
                defaults
                  mode http
                  timeout connect 5s
                  timeout client 60s
                  timeout server 60s
                  timeout http-request 10s
                  timeout check 1s
                  option http-keep-alive
                  option redispatch
                  retries 3
                %s
                frontend front
                  bind 127.0.0.1:%d
                %s  default_backend upstreams

                backend upstreams
                  balance leastconn
                  http-reuse always
                  option httpchk GET /health
                  default-server inter 2s rise 2 fall 3
                %s
                %s""".formatted(
                        SOCKET,
                        same ? "  log stdout format raw local0\n" : "",
                        same ? "  log global\n  option httplog\n" : "",
                        port,
                        same ? REQUEST_HEADERS : "",
                        servers,
                        same ? STATISTICS.formatted(statsPort) : "");
    }

    private static final String REQUEST_HEADERS = """
              option forwardfor
              unique-id-format %{+X}o\\ %ci:%cp_%fi:%fp_%Ts_%rt:%pid
              http-request set-header X-Request-Id %[unique-id] unless { req.hdr(X-Request-Id) -m found }
              http-request set-header X-Forwarded-Proto http
              http-request set-header X-Forwarded-Host %[req.hdr(Host)]
              http-request set-header X-Forwarded-Port %[dst_port]
              http-request set-header Via "1.1 haproxy"
            """;

    private static final String STATISTICS = """

            frontend statistics
              bind 127.0.0.1:%d
              stats enable
              stats uri /
            """;
}
