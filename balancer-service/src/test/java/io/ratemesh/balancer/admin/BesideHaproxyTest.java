package io.ratemesh.balancer.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.stats.RateTracker;
import io.ratemesh.balancer.stats.Stats;
import io.ratemesh.balancer.stats.csv.StatsCsv;
import io.ratemesh.balancer.tcp.TcpFixture;
import io.ratemesh.balancer.tcp.TcpListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same connections through a TCP port and through HAProxy, and the statistics of both. */
@Timeout(60)
class BesideHaproxyTest {

    private static final Path HAPROXY = Path.of("/usr/sbin/haproxy");
    private static final int CONNECTIONS = 5;
    private static final int QUESTION = 1_000;
    private static final String CONFIGURATION = """
            global
              stats socket %1$s/stats
            defaults
              mode tcp
              timeout connect 5s
              timeout client 1m
              timeout server 1m
            listen db
              maxconn 20000
              balance first
              bind 127.0.0.1:%2$d
              server one 127.0.0.1:%3$d
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void both_count_the_same() throws Exception {
        assumeThat(HAPROXY).isExecutable();
        try (TcpFixture tcp = new TcpFixture()) {
            int server = tcp.server(socket -> socket.getInputStream().transferTo(socket.getOutputStream()));
            TcpListener listener = tcp.open(TcpFixture.settings(server));
            int port = TcpFixture.refusing();
            Process haproxy = haproxy(port, server);
            try {
                await().ignoreExceptions().until(() -> table(theirs()).size() == 3);
                List<Socket> open = new ArrayList<>();
                for (int i = 0; i < CONNECTIONS; i++) {
                    open.add(request(listener.port()));
                    open.add(request(port));
                }
                equal(listener, "FRONTEND", List.of("scur", "smax", "slim", "stot", "status", "mode", "type"));
                equal(
                        listener,
                        "SERVER",
                        List.of("scur", "smax", "stot", "status", "weight", "act", "bck", "mode", "type"));
                equal(
                        listener,
                        "BACKEND",
                        List.of("scur", "smax", "stot", "status", "weight", "act", "bck", "mode", "type"));

                for (Socket socket : open) {
                    socket.close();
                }
                // HAProxy counts the bytes of a connection when it ends.
                equal(
                        listener,
                        "FRONTEND",
                        List.of("scur", "smax", "stot", "bin", "bout", "dreq", "ereq", "conn_tot", "dcon", "dses"));
                List<String> counts = List.of(
                        "qcur",
                        "scur",
                        "smax",
                        "stot",
                        "lbtot",
                        "bin",
                        "bout",
                        "econ",
                        "eresp",
                        "wretr",
                        "wredis",
                        "cli_abrt",
                        "srv_abrt",
                        "connect");
                equal(listener, "SERVER", counts);
                equal(listener, "BACKEND", counts);
            } finally {
                haproxy.destroyForcibly();
            }
        }
    }

    /** Counters are updated shortly after the event. */
    private void equal(TcpListener listener, String row, List<String> columns) {
        await().untilAsserted(() -> assertThat(of(ours(listener), row, columns)).isEqualTo(of(theirs(), row, columns)));
    }

    private static Map<String, String> of(String csv, String row, List<String> columns) {
        Map<String, String> some = new TreeMap<>(table(csv).getOrDefault(row, Map.of()));
        some.keySet().retainAll(columns);
        assertThat(some).hasSize(columns.size());
        return some;
    }

    private static Socket request(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(new byte[QUESTION]);
        socket.getInputStream().readNBytes(QUESTION);
        return socket;
    }

    private Process haproxy(int port, int server) throws IOException {
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), CONFIGURATION.formatted(folder, port, server));
        return new ProcessBuilder(HAPROXY.toString(), "-q", "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
    }

    private static String ours(TcpListener listener) {
        Stats stats = new Stats(List::of, List.of(listener), List.of(), List.of(), InstantSource.system());
        return StatsCsv.write(stats.snapshot(), new RateTracker());
    }

    private String theirs() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("stats"));
        try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.connect(address);
            socket.write(ByteBuffer.wrap("show stat\n".getBytes(UTF_8)));
            return new String(Channels.newInputStream(socket).readAllBytes(), UTF_8);
        }
    }

    /** The values by column, by kind of row, because the servers have different names. */
    private static Map<String, Map<String, String>> table(String csv) {
        List<List<String>> lines = csv.lines()
                .filter(line -> !line.isBlank())
                .map(StatsCsvTest::csvFields)
                .toList();
        Map<String, Map<String, String>> rows = new TreeMap<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            Map<String, String> row = new TreeMap<>();
            for (int i = 0; i < line.size(); i++) {
                row.put(lines.get(0).get(i), line.get(i));
            }
            String kind = line.get(1);
            rows.put(kind.equals("FRONTEND") || kind.equals("BACKEND") ? kind : "SERVER", row);
        }
        return rows;
    }
}
