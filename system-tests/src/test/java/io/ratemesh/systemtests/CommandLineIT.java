package io.ratemesh.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.systemtests.process.CommandRun;
import io.ratemesh.systemtests.process.PortBlock;
import io.ratemesh.systemtests.process.ServiceJar;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The output and the exit codes of the command line of a service. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandLineIT {

    @ParameterizedTest
    @EnumSource
    void help_explains_the_command_and_exits_0(ServiceJar jar) {
        CommandRun run = CommandRun.of(jar, "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: " + jar.commandName(), "--config", "--set");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void version_names_the_release_and_the_Java_and_exits_0(ServiceJar jar) {
        CommandRun run = CommandRun.of(jar, "--version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().strip()).matches(jar.commandName() + " \\d+\\.\\d+\\.\\d+\\S*, Java \\S+");
        assertThat(run.err()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void an_unknown_setting_is_named_with_the_nearest_known_one_and_its_origin_and_exits_2(ServiceJar jar) {
        CommandRun run = CommandRun.of(jar, "--set", "balancer.http.prot=1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains("balancer.http.prot", "balancer.http.port", "--set");
    }

    @Test
    void a_value_out_of_range_is_named_with_what_is_expected_and_its_origin_and_exits_2() {
        CommandRun run = CommandRun.of(ServiceJar.BALANCER, "--set", "balancer.http.port=70000");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains("balancer.http.port", "70000", "0 to 65535", "--set");
    }

    @Test
    void an_unknown_option_exits_2_and_shows_the_usage() {
        CommandRun run = CommandRun.of(ServiceJar.CONVERTER, "--prot", "1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--prot", "Usage: converter-service");
    }

    @Test
    void a_taken_port_is_named_in_one_line_and_exits_1() throws IOException {
        PortBlock ports = PortBlock.find();
        try (ServerSocket taken = new ServerSocket(ports.next(), 1, InetAddress.getLoopbackAddress())) {
            CommandRun run = CommandRun.of(
                    ServiceJar.BALANCER,
                    "--set",
                    "cluster.name=taken-" + ports.cluster(),
                    "--set",
                    "cluster.port=" + ports.cluster(),
                    "--set",
                    "balancer.http.bind=127.0.0.1",
                    "--set",
                    "balancer.http.port=" + taken.getLocalPort(),
                    "--set",
                    "balancer.stats.port=" + ports.next());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err().lines())
                    .singleElement()
                    .asString()
                    .contains("balancer.http.port", "127.0.0.1:" + taken.getLocalPort(), "in use");
        }
    }
}
