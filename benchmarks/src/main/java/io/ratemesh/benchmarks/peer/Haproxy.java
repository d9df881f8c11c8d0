package io.ratemesh.benchmarks.peer;

import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.Program;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * HAProxy with least connections on one thread.
 *
 * @param upstreams their ports
 * @param same whether it does what our front door does by default: forwarded headers, a request's id, an access log,
 *     statistics; else nothing but the balancing and the checks
 * @param connections of clients, at most
 * @param keepAlive how long a client may be silent between two requests
 */
public record Haproxy(List<Integer> upstreams, boolean same, int connections, Duration keepAlive) implements Contender {

    /** What the table calls one that does the same as ours. */
    public static final String NAME = "HAProxy";

    private static final int USUAL_CONNECTIONS = 8192;
    private static final Duration USUAL_KEEP_ALIVE = Duration.ofSeconds(60);

    /** Where it takes orders, in its folder: its runtime API. */
    public static final String SOCKET = "haproxy.sock";

    private static final Program PROGRAM = new Program("haproxy", "haproxy");

    public Haproxy {
        upstreams = List.copyOf(upstreams);
    }

    public Haproxy(List<Integer> upstreams, boolean same) {
        this(upstreams, same, USUAL_CONNECTIONS, USUAL_KEEP_ALIVE);
    }

    @Override
    public String name() {
        return same ? NAME : NAME + ", bare";
    }

    @Override
    public String says() {
        return version() + ", leastconn, one thread, http-reuse always, a check of each upstream every 2 s"
                + (same
                        ? ", X-Forwarded-For, -Proto, -Host, -Port, X-Request-Id and Via set, httplog to /dev/null, statistics"
                        : ", no headers added, no log");
    }

    /** {@code HAProxy version 2.6.12}. */
    static String version() {
        return PROGRAM.output("-v")
                .lines()
                .findFirst()
                .orElse(NAME)
                .replaceAll(" - http.*| \\d{4}/\\d\\d/\\d\\d.*", "");
    }

    @Override
    public ServerProcess start(Path folder, int port) {
        return start(config(port, FreePorts.next()), folder, port);
    }

    /** One with a configuration that lets it listen on a port. */
    static ServerProcess start(String configuration, Path folder, int port) {
        Path config = ConfigFile.write(folder, "haproxy.cfg", configuration);
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
                  maxconn %d
                  # It wants two files for each of them, of which few are used here, and would not start without.
                  no strict-limits
                  stats socket unix@%s mode 600 level admin
                %s
                defaults
                  mode http
                  timeout connect 5s
                  timeout client %ds
                  timeout http-keep-alive %ds
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
                        connections,
                        SOCKET,
                        same ? "  log stdout format raw local0\n" : "",
                        keepAlive.toSeconds(),
                        keepAlive.toSeconds(),
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
