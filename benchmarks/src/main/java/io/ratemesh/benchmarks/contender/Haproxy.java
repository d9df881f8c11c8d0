package io.ratemesh.benchmarks.contender;

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
 * @param connections the limit of client connections
 * @param keepAlive how long a client connection may be idle between two requests
 */
public record Haproxy(Mode mode, List<Integer> upstreams, int connections, Duration keepAlive) implements Contender {

    /** What HAProxy does besides load balancing and health checks. */
    public enum Mode {
        /** The same as the balancer by default: forwarded fields, a request id, an access log, statistics. */
        HTTP,
        /** Nothing. */
        HTTP_BARE,
        /** Relays TCP connections. */
        TCP
    }

    public static final String NAME = "HAProxy";
    public static final String BARE_NAME = "HAProxy, bare";

    /** The socket of the runtime API in HAProxy's folder. */
    public static final String SOCKET = "haproxy.sock";

    private static final int DEFAULT_CONNECTIONS = 8192;
    private static final Duration DEFAULT_KEEP_ALIVE = Duration.ofSeconds(60);
    private static final Program PROGRAM = new Program("haproxy", "haproxy");

    private static final String REQUEST_FIELDS = """
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

    public Haproxy {
        upstreams = List.copyOf(upstreams);
    }

    public Haproxy(Mode mode, List<Integer> upstreams) {
        this(mode, upstreams, DEFAULT_CONNECTIONS, DEFAULT_KEEP_ALIVE);
    }

    @Override
    public String name() {
        return mode == Mode.HTTP_BARE ? BARE_NAME : NAME;
    }

    @Override
    public String description() {
        String common = ", leastconn, one thread, a check of each upstream every 2 s";
        return version()
                + switch (mode) {
                    case HTTP ->
                        common + ", http-reuse always, X-Forwarded-For, -Proto, -Host, -Port, X-Request-Id and Via set,"
                                + " httplog to /dev/null, statistics";
                    case HTTP_BARE -> common + ", http-reuse always, no fields added, no log";
                    case TCP -> ", mode tcp" + common + ", no log";
                };
    }

    /** For example {@code HAProxy version 2.6.12}. */
    private static String version() {
        String first = PROGRAM.output("-v").lines().findFirst().orElse(NAME);
        return first.replaceAll(" - http.*| \\d{4}/\\d\\d/\\d\\d.*", "");
    }

    @Override
    public ServerProcess start(Path folder, int port) {
        Path config = ConfigFile.write(folder, "haproxy.cfg", config(port, FreePorts.next()));
        return ServerProcess.startDiscardingOutput(
                "haproxy", List.of(PROGRAM.require().toString(), "-db", "-f", config.toString()), port, folder);
    }

    /** The text of {@code haproxy.cfg}. */
    String config(int port, int statsPort) {
        return mode == Mode.TCP ? tcpConfig(port) : httpConfig(port, statsPort);
    }

    private String httpConfig(int port, int statsPort) {
        boolean bare = mode == Mode.HTTP_BARE;
        return """
                global
                  nbthread 1
                  maxconn %1$d
                  # HAProxy reserves two files per connection and would not start with a lower limit.
                  no strict-limits
                  stats socket unix@%2$s mode 600 level admin
                %3$s
                defaults
                  mode http
                  timeout connect 5s
                  timeout client %4$ds
                  timeout http-keep-alive %4$ds
                  timeout server 60s
                  timeout http-request 10s
                  timeout check 1s
                  option http-keep-alive
                  option redispatch
                  retries 3
                %5$s
                frontend front
                  bind 127.0.0.1:%6$d
                %7$s  default_backend upstreams
                backend upstreams
                  balance leastconn
                  http-reuse always
                  option httpchk GET /health
                  default-server inter 2s rise 2 fall 3
                %8$s
                %9$s""".formatted(
                        connections,
                        SOCKET,
                        bare ? "" : "  log stdout format raw local0\n",
                        keepAlive.toSeconds(),
                        bare ? "" : "  log global\n  option httplog\n",
                        port,
                        bare ? "" : REQUEST_FIELDS,
                        servers(),
                        bare ? "" : STATISTICS.formatted(statsPort));
    }

    private String tcpConfig(int port) {
        return """
                global
                  nbthread 1
                  maxconn %d
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
                """.formatted(connections, port, servers());
    }

    private String servers() {
        return upstreams.stream()
                .map(upstream -> "  server u" + upstream + " 127.0.0.1:" + upstream + " check")
                .collect(Collectors.joining("\n"));
    }
}
