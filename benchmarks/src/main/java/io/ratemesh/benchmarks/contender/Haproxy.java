package io.ratemesh.benchmarks.contender;

import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.Program;
import io.ratemesh.benchmarks.process.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * HAProxy with least connections on one thread.
 *
 * @param upstreams their ports
 * @param connections the limit of client connections
 * @param keepAlive how long a client connection may be idle between two requests
 * @param tls a listener in addition, in mode HTTP only
 */
public record Haproxy(
        Mode mode, List<Integer> upstreams, int connections, Duration keepAlive, Optional<TlsListener> tls)
        implements Contender {

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

    public Haproxy {
        upstreams = List.copyOf(upstreams);
    }

    public Haproxy(Mode mode, List<Integer> upstreams) {
        this(mode, upstreams, DEFAULT_CONNECTIONS, DEFAULT_KEEP_ALIVE);
    }

    public Haproxy(Mode mode, List<Integer> upstreams, int connections, Duration keepAlive) {
        this(mode, upstreams, connections, keepAlive, Optional.empty());
    }

    /** A proxy with TLS in front of upstreams, given by their ports. */
    public static Haproxy tls(List<Integer> upstreams, TlsListener listener) {
        return new Haproxy(Mode.HTTP, upstreams, DEFAULT_CONNECTIONS, DEFAULT_KEEP_ALIVE, Optional.of(listener));
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
        Path config = ConfigTemplate.write(folder, "haproxy.cfg", config(port, FreePorts.next()));
        return ServerProcess.startDiscardingOutput(
                "haproxy", List.of(PROGRAM.require().toString(), "-db", "-f", config.toString()), port, folder);
    }

    /** The text of {@code haproxy.cfg}. */
    String config(int port, int statsPort) {
        String template = switch (mode) {
            case HTTP -> "haproxy.cfg";
            case HTTP_BARE -> "haproxy-bare.cfg";
            case TCP -> "haproxy-tcp.cfg";
        };
        return ConfigTemplate.fill(
                template,
                Map.of(
                        "port",
                        port,
                        "statsPort",
                        statsPort,
                        "connections",
                        connections,
                        "keepAlive",
                        keepAlive.toSeconds(),
                        "socket",
                        SOCKET,
                        "tls",
                        tls.map(Haproxy::bind).orElse(""),
                        "scheme",
                        tls.isPresent() ? "https" : "http",
                        "servers",
                        ConfigTemplate.lines(upstreams, "  server u%1$d 127.0.0.1:%1$d check")));
    }

    private static String bind(TlsListener tls) {
        return "  bind 127.0.0.1:" + tls.port() + " ssl crt " + tls.certificate() + " alpn h2,http/1.1 ssl-min-ver "
                + TlsListener.VERSION + " ciphersuites " + TlsListener.CIPHER + "\n";
    }
}
