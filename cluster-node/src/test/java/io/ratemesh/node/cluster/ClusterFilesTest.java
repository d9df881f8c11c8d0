package io.ratemesh.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.ratemesh.node.settings.ClusterTlsSettings;
import io.ratemesh.node.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/security.md make the files of a node. */
class ClusterFilesTest {

    private static final Path PAGE = Path.of("../docs/security.md");

    @Test
    void the_commands_of_the_documentation_make_files_that_a_node_accepts(@TempDir Path folder) throws Exception {
        assumeThat(run(folder, "openssl version")).as("openssl is installed").isZero();
        List<String> commands = Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals("```sh"))
                .skip(1)
                .takeWhile(line -> !line.equals("```"))
                .toList();

        assertThat(commands).hasSize(4);
        for (String command : commands) {
            assertThat(run(folder, command))
                    .as("%s: %s", command, Files.readString(folder.resolve("log")))
                    .isZero();
        }

        ClusterTlsSettings files = new ClusterTlsSettings(
                folder.resolve("node.pem"), folder.resolve("node-key.pem"), folder.resolve("ca.pem"));
        assertThat(BusTls.read(files, Instant.now()).expiry()).isAfter(Instant.now());
        assertThat(ClusterSecret.read(Settings.load(
                                Optional.empty(),
                                List.of("cluster.secret-file=" + folder.resolve("cluster-secret")),
                                Map.of())
                        .cluster()))
                .isPresent();
    }

    private static int run(Path folder, String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
