package io.ratemesh.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.launcher.standin.StandInProject;
import io.ratemesh.launcher.standin.StandInProject.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JVMs of the nodes are started with: copies of jars, class-data archives, the user's options. */
class JarsOfNodesTest {

    private final Path folder;
    private final StandInProject project;

    JarsOfNodesTest(@TempDir Path folder) {
        this.folder = folder;
        this.project = new StandInProject(folder);
    }

    @AfterEach
    void leaveNothingBehind() {
        project.close();
    }

    @Test
    void the_nodes_run_a_copy_so_that_a_build_does_not_pull_their_jar_away() throws IOException {
        project.up("--converters", "1");

        Path jar = Path.of(project.node("converter-1").jar());
        Files.delete(folder.resolve("converter-service/target/converter-service.jar"));

        assertThat(jar).startsWith(project.home()).exists();
        assertThat(project.run("scale", "2").exitCode()).isZero();
        assertThat(project.node("converter-2").jar()).isEqualTo(jar.toString());
    }

    @Test
    void nodes_start_with_the_archives_that_were_recorded_from_their_build() throws IOException {
        Said recorded = project.run("record-archives");
        assertThat(recorded.exitCode()).as(recorded.err()).isZero();

        Said up = project.up("--converters", "1");

        assertThat(up.exitCode()).as(up.err()).isZero();
        Path archive = only(".jsa", "converter");
        assertThat(archive).isNotEmptyFile();
        assertThat(commandLine("converter-1")).contains("-XX:SharedArchiveFile=" + archive);
        assertThat(loadedFromArchive("StandInNode", archive)).isTrue();
    }

    @Test
    void archives_are_recorded_once_for_each_build() throws IOException {
        project.run("record-archives");
        Path recorded = folder.resolve("launcher/target/class-data/jars");
        List<Path> first = files(recorded);

        assertThat(project.run("record-archives").exitCode()).isZero();
        assertThat(files(recorded)).hasSize(6).isEqualTo(first);

        Files.setLastModifiedTime(
                folder.resolve("converter-service/target/converter-service.jar"), FileTime.from(Instant.EPOCH));
        assertThat(project.run("record-archives").exitCode()).isZero();
        assertThat(files(recorded)).hasSize(6).doesNotContainSequence(first);
    }

    @Test
    void nodes_start_without_archives_where_none_could_be_recorded() throws IOException {
        project.with("STANDIN_FAIL", "converter-1=1");
        Said recorded = project.run("record-archives");
        project.with("STANDIN_FAIL", "none=0");

        assertThat(recorded.exitCode()).isEqualTo(1);
        assertThat(recorded.err()).contains("converter-1");
        assertThat(project.up("--converters", "1").exitCode()).isZero();
        assertThat(commandLine("converter-1")).doesNotContain("Archive");
    }

    @Test
    void the_users_own_options_of_the_jvm_come_last() {
        project.with("RATEMESH_JAVA_OPTS", "-Xmx99m  -Xshare:off").up("--converters", "1");

        String line = commandLine("converter-1");

        assertThat(line.indexOf("-Xmx99m"))
                .isGreaterThan(line.indexOf("-Xmx256m"))
                .isPositive();
        assertThat(line).doesNotContain("Archive");
    }

    /** Runs the jar of a node with its archive, and looks where the JVM has the class from. */
    private boolean loadedFromArchive(String name, Path archive) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:SharedArchiveFile=" + archive,
                        "-Xlog:class+load",
                        "-jar",
                        archive.toString().replace(".jsa", ".jar"),
                        "--version")
                .redirectErrorStream(true)
                .start();
        String log = new String(process.getInputStream().readAllBytes(), UTF_8);
        return log.lines().anyMatch(line -> line.contains(name + " source: shared objects file"));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private Path only(String suffix, String service) throws IOException {
        try (Stream<Path> files = Files.list(project.home().resolve("jars"))) {
            return files.filter(file -> file.toString().endsWith(suffix)
                            && file.getFileName().toString().startsWith(service))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String commandLine(String id) {
        return ProcessHandle.of(project.node(id).pid())
                .flatMap(handle -> handle.info().arguments())
                .map(arguments -> String.join(" ", arguments))
                .orElse("");
    }
}
