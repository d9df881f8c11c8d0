package io.ratemesh.balancer.accesslog;

import static io.ratemesh.balancer.accesslog.Entries.completed;
import static io.ratemesh.balancer.accesslog.Entries.entry;
import static io.ratemesh.balancer.accesslog.Entries.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the access log with HAProxy's own tool, if it is installed. */
class HalogTest {

    private static final Path HALOG = Path.of("/usr/bin/halog");

    @TempDir
    private Path folder = Path.of("");

    private Path log = Path.of("");

    @BeforeEach
    void write_some_lines() throws IOException {
        assumeThat(HALOG).isExecutable();
        AccessEntryFormat format = new HttpLogFormat("edge-1", 1, ZoneOffset.UTC);
        log = Files.writeString(
                folder.resolve("access.log"),
                line(format, completed(200, "/a"))
                        + line(format, completed(200, "/b?x=\"1\""))
                        + line(format, completed(404, "/c"))
                        + line(format, entry(null, "/d", 503, 2000, -1, -1, 2000, "sQ", 0))
                        + line(format, entry(Entries.SERVER, "/e", 502, 0, 1, -1, 8, "SH", 1))
                        + line(format, entry(null, null, 400, -1, -1, -1, 0, "PR", 0))
                        + line(format, entry(null, null, 408, -1, -1, -1, 10_001, "cR", 0)));
    }

    @Test
    void halog_counts_statuses_and_terminations() throws Exception {
        assertThat(halog("-st")).containsExactlyInAnyOrder("200 2", "400 1", "404 1", "408 1", "502 1", "503 1");
        assertThat(halog("-tc")).containsExactlyInAnyOrder("-- 3", "SH 1", "sQ 1", "PR 1", "cR 1");
    }

    @Test
    void halog_finds_servers_timers_and_urls() throws Exception {
        assertThat(halog("-srv"))
                .anySatisfy(row ->
                        assertThat(row).as("1xx 2xx 3xx 4xx 5xx other total").startsWith("web/srv1 0 2 0 1 1 0 4 "));
        assertThat(halog("-u")).anySatisfy(row -> assertThat(row).endsWith(" /a"));
        assertThat(halog("-c", "-H")).as("lines that are HTTP").containsExactly("7");
    }

    private List<String> halog(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(HALOG.toString(), "-q"));
        command.addAll(List.of(options));
        Process halog = new ProcessBuilder(command).redirectInput(log.toFile()).start();
        String out = new String(halog.getInputStream().readAllBytes(), UTF_8);
        assertThat(halog.waitFor()).as(out).isZero();
        return out.lines().map(String::strip).toList();
    }
}
