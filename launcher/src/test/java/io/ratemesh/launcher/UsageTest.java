package io.ratemesh.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.launcher.standin.StandInProject;
import io.ratemesh.launcher.standin.StandInProject.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    private final StandInProject project;

    UsageTest(@TempDir Path folder) {
        this.project = new StandInProject(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''                          | a command is missing
        statsu                      | did you mean status?
        up --nope                   | unknown option --nope
        up --port 0                 | "0" is not a valid port; use a number from 1 to 65535
        up --port 65536             | "65536" is not a valid port; use a number from 1 to 65535
        up --stats-port http        | "http" is not a valid port; use a number from 1 to 65535
        up --converters 0           | "0" is not a valid number of converters; use a number from 1 to 64
        up --port 9000 --stats-port 9000 | both 9000
        up --config no-such.yaml    | no-such.yaml: cannot be read
        scale                       | Missing required parameter
        scale 65                    | "65" is not a valid number of converters; use a number from 1 to 64
        scale many                  | "many" is not a valid number of converters; use a number from 1 to 64
        scale 2 3                   | unknown argument 3
        restart frontend            | "frontend" is not a valid role; use rates, converter or balancer
        logs --lines -1             | --lines: "-1" is not valid; use 0 or more
        converter --config no.yaml  | no.yaml: cannot be read
        import                      | Missing required parameter
        import a.cfg b.cfg          | unknown argument b.cfg
        test                        | ./ratemesh test
        bench                       | a name is required; use all, proxy, tls, tcp, static, idle, sse, convert, convert-stack, start, jmh, faults, slow, warm, growth, soak, fuzz, scale or compare
        bench spee                  | bench spee is unknown; use all, proxy, tls, tcp, static, idle, sse, convert, convert-stack, start, jmh, faults, slow, warm, growth, soak, fuzz, scale or compare
        """)
    void a_wrong_command_line_is_one_line_and_exit_code_two(String line, String expected) {
        Said said = project.run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err()).startsWith("ratemesh: ").contains(expected).hasLineCount(1);
        assertThat(said.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "status", "converter", "scale", "restart", "logs", "down", "import", "test", "bench"})
    void every_command_has_a_help(String command) {
        Said said = project.run(command, "--help");

        assertThat(said.exitCode()).isZero();
        assertThat(said.out()).startsWith("Usage: ratemesh " + command);
    }

    @Test
    void the_help_names_every_command_and_the_exit_codes() {
        Said said = project.run("--help");

        assertThat(said.exitCode()).isZero();
        assertThat(said.out())
                .contains(
                        "up ",
                        "status ",
                        "converter ",
                        "scale ",
                        "restart ",
                        "logs ",
                        "down ",
                        "import ",
                        "test ",
                        "bench ")
                .contains("0 done, 1 failed, 2 wrong usage");
    }

    @Test
    void import_prints_settings_and_its_exit_code_says_whether_they_are_all() throws IOException {
        Path file = project.folder().resolve("haproxy.cfg");
        String complete = "defaults\nmode http\nlisten web\nbind :8080\nserver a 10.0.0.1:80 check\n";

        Files.writeString(file, complete);
        Said said = project.run("import", file.toString());
        assertThat(said.exitCode()).isZero();
        assertThat(said.out()).contains("servers: ['10.0.0.1:80']").doesNotContain("not mapped");
        assertThat(said.err()).isEmpty();

        Files.writeString(file, complete + "timeout tunnel 1h\n");
        said = project.run("import", file.toString());
        assertThat(said.exitCode()).isEqualTo(3);
        assertThat(said.out()).contains("# haproxy.cfg:6: not mapped: timeout tunnel 1h");

        Files.writeString(file, "listen \"web\n");
        said = project.run("import", file.toString());
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err()).isEqualTo("ratemesh: import: haproxy.cfg:1: a quote has no end\n");

        said = project.run("import", "no-such.cfg");
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err())
                .startsWith("ratemesh: import no-such.cfg: cannot be read")
                .hasLineCount(1);
    }

    @Test
    void the_version_is_printed() {
        assertThat(project.run("--version").out()).startsWith("ratemesh ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sse", "all", "jmh", "tls", "convert-stack", "growth", "compare"})
    void a_benchmark_that_is_not_built_says_how_to_build_it(String benchmark) {
        Said said = project.run("bench", benchmark);

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err())
                .contains("benchmarks.jar is missing; build it: ./mvnw")
                .hasLineCount(1);
    }
}
