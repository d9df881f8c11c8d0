package io.ratemesh.balancer.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.balancer.stats.csv.CsvRow;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Compares our CSV with that of a real HAProxy, if it is installed. */
@Timeout(30)
class HaproxyToolsTest {

    private static final Path HAPROXY = Path.of("/usr/sbin/haproxy");
    private static final String CONFIGURATION = """
            global
              stats socket %1$s/stats
            defaults
              mode http
              timeout connect 1s
              timeout client 1s
              timeout server 1s
            frontend front-door
              bind unix@%1$s/front
              default_backend servers
            backend servers
              option httpchk GET /health
              server converter-1 127.0.0.1:1 check
            """;

    @TempDir
    private Path folder = Path.of("");

    private List<List<String>> theirs = List.of();
    private @Nullable Process haproxy;

    @BeforeEach
    void start() throws IOException {
        assumeThat(HAPROXY).isExecutable();
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), CONFIGURATION.formatted(folder));
        haproxy = new ProcessBuilder(HAPROXY.toString(), "-q", "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        await().ignoreExceptions().until(() -> {
            theirs = parse(showStat());
            return theirs.size() == 4;
        });
    }

    @AfterEach
    void stop() {
        if (haproxy != null) {
            haproxy.destroyForcibly();
        }
    }

    @Test
    void our_columns_begin_with_haproxys_in_its_order() {
        List<String> ours = List.of(CsvRow.HEADER.split(",", -1));
        List<String> known = theirs.get(0);

        // A newer HAProxy inserts columns before the last one, which is a dash.
        assertThat(ours.subList(0, 80)).isEqualTo(known.subList(0, 80));
    }

    @Test
    void our_rows_have_the_kinds_of_haproxys_rows_wherever_both_have_a_value() {
        StatsFixture fixture = new StatsFixture();
        fixture.up("converter-1").checkCompleted(StatsFixture.failed());
        List<List<String>> ours = parse(String.join("\n", fixture.csv()));

        for (int row = 1; row <= 3; row++) {
            List<String> own = ours.get(row);
            List<String> their = theirs.get(row);
            assertThat(own.get(1)).isEqualTo(their.get(1));
            for (int i = 0; i < 80; i++) {
                if (!own.get(i).isEmpty() && !their.get(i).isEmpty()) {
                    assertThat(isNumber(own.get(i)))
                            .as("%s: %s, theirs %s", theirs.get(0).get(i), own.get(i), their.get(i))
                            .isEqualTo(isNumber(their.get(i)));
                }
            }
        }
    }

    @Test
    void only_columns_that_are_not_counted_are_empty() {
        StatsFixture fixture = new StatsFixture();
        fixture.up("converter-1").checkCompleted(StatsFixture.failed());
        List<List<String>> ours = parse(String.join("\n", fixture.csv()));
        List<String> missing = new ArrayList<>();

        for (int row = 1; row <= 3; row++) {
            for (int i = 0; i < 62; i++) {
                if (ours.get(row).get(i).isEmpty() && !theirs.get(row).get(i).isEmpty()) {
                    missing.add(ours.get(row).get(1) + " " + theirs.get(0).get(i));
                }
            }
        }

        assertThat(missing)
                .containsExactlyInAnyOrder(
                        "converter-1 qtime",
                        "converter-1 ctime",
                        "converter-1 rtime",
                        "converter-1 ttime",
                        "BACKEND slim",
                        "BACKEND qtime",
                        "BACKEND ctime",
                        "BACKEND rtime",
                        "BACKEND ttime");
    }

    private String showStat() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("stats"));
        try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.connect(address);
            socket.write(ByteBuffer.wrap("show stat\n".getBytes(UTF_8)));
            return new String(Channels.newInputStream(socket).readAllBytes(), UTF_8);
        }
    }

    private static List<List<String>> parse(String table) {
        return table.lines()
                .filter(line -> !line.isBlank())
                .map(StatsCsvTest::csvFields)
                .toList();
    }

    private static boolean isNumber(String value) {
        return value.matches("-?\\d+");
    }
}
