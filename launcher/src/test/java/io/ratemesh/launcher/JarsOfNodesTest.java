package io.ratemesh.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.launcher.standin.StandInProject;
import io.ratemesh.launcher.standin.StandInProject.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the JVMs of the nodes are started with: copies of jars, archives of classes, the user's options. */
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
    void the_second_start_of_a_build_reads_the_classes_that_the_first_one_wrote_down() throws IOException {
        project.up("--converters", "1");
        project.run("down");
        Path broken = Files.move(only(".jsa", "balancer"), Path.of(only(".jsa", "balancer") + "-draft"));
        Files.writeString(broken, "a part of an archive");

        Said again = project.up("--converters", "1");

        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(only(".jsa", "converter")).isNotEmptyFile();
        assertThat(commandLine("converter-1")).contains("-XX:SharedArchiveFile=" + only(".jsa", "converter"));
        assertThat(commandLine("balancer-1")).contains("-XX:ArchiveClassesAtExit=" + broken);
    }

    @Test
    void the_users_own_options_of_the_jvm_come_last() {
        project.with("RATEMESH_JAVA_OPTS", "-Xmx99m  -Xshare:off").up("--converters", "1");

        String line = commandLine("converter-1");

        assertThat(line.indexOf("-Xmx99m"))
                .isGreaterThan(line.indexOf("-Xmx256m"))
                .isPositive();
        assertThat(line).doesNotContain("ArchiveClassesAtExit");
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
