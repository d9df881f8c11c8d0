package io.ratemesh.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.launcher.standin.StandInProject;
import io.ratemesh.launcher.standin.StandInProject.Said;
import io.ratemesh.launcher.state.LaunchedRole;
import io.ratemesh.launcher.state.NodeRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole commands on real processes: stand-ins for the services. */
class ClusterLifeTest {

    private final StandInProject project;

    ClusterLifeTest(@TempDir Path folder) {
        this.project = new StandInProject(folder);
    }

    @AfterEach
    void leaveNothingBehind() {
        project.close();
    }

    @Test
    void up_starts_one_rates_node_the_converters_and_a_balancer_and_prints_the_addresses() {
        Said said = project.up("--converters", "3");

        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(ids()).containsExactly("rates-1", "converter-1", "converter-2", "converter-3", "balancer-1");
        assertThat(said.out())
                .contains("http://127.0.0.1:" + project.port() + "/")
                .contains("http://127.0.0.1:" + project.statsPort() + "/stats")
                .contains(project.home().resolve("admin-password").toString())
                .contains("curl 'http://127.0.0.1:" + project.port() + "/api/v1/convert?from=EUR&to=USD&amount=100'");
    }

    @Test
    void up_fails_while_the_cluster_is_up() {
        project.up();

        Said again = project.up();

        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("already up").hasLineCount(1);
        assertThat(ids()).hasSize(4);
    }

    @Test
    void up_names_a_taken_port_before_it_starts_anything() throws IOException {
        try (ServerSocket taken = new ServerSocket(project.port(), 1, InetAddress.getLoopbackAddress())) {
            Said said = project.up();

            assertThat(said.exitCode()).isEqualTo(1);
            assertThat(said.err())
                    .contains("port " + taken.getLocalPort())
                    .contains("--port")
                    .hasLineCount(1);
            assertThat(project.state().nodes().all()).isEmpty();
        }
    }

    @Test
    void a_node_that_ends_early_stops_the_others_and_the_end_of_its_log_is_shown() {
        Said said = project.with("STANDIN_FAIL", "converter-2=1").up();

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err()).contains("converter-2 ended with exit code 1").contains("says converter-2");
        assertThat(project.state().nodes().all()).isEmpty();
        assertThat(project.state().snapshot()).isEmpty();
        assertThat(project.ended()).contains("rates-1");
    }

    @Test
    void a_node_with_invalid_settings_makes_up_exit_with_2() {
        Said said = project.with("STANDIN_FAIL", "rates-1=2").up();

        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err()).contains("is not a valid port; use a number");
    }

    @Test
    void scale_starts_the_difference_and_drains_the_youngest_and_never_gives_a_number_twice() {
        project.up();

        assertThat(project.run("scale", "4").exitCode()).isZero();
        assertThat(converters()).containsExactly("converter-1", "converter-2", "converter-3", "converter-4");

        assertThat(project.run("scale", "1").exitCode()).isZero();
        assertThat(converters()).containsExactly("converter-1");
        assertThat(project.ended()).containsExactlyInAnyOrder("converter-2", "converter-3", "converter-4");

        assertThat(project.run("scale", "2").exitCode()).isZero();
        assertThat(converters()).containsExactly("converter-1", "converter-5");
    }

    @Test
    void scale_forgets_and_replaces_a_converter_that_died() {
        project.up();
        kill("converter-1");

        Said said = project.run("scale", "2");

        assertThat(said.out()).contains("converter-1").contains("had died");
        assertThat(converters()).containsExactly("converter-2", "converter-3");
    }

    @Test
    void with_a_scaler_the_number_is_ordered_from_it() throws IOException {
        project.with("STANDIN_SCALER", "200").up();

        assertThat(project.run("scale", "2").out()).contains("converters: 2 -> 2");
        assertThat(project.run("scale", "auto").out()).contains("the scaler decides from now on");

        assertThat(project.home().resolve("stand-in/orders")).hasContent("{\"converters\":2}\n{\"auto\":true}");
        assertThat(converters()).hasSize(2);
    }

    @Test
    void an_order_that_the_scaler_rejects_fails_with_its_reason() {
        project.with("STANDIN_SCALER", "400").up();

        Said said = project.run("scale", "9");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err())
                .contains("rejected with status 400: converters: must be an integer from 1 to 3")
                .hasLineCount(1);
        assertThat(converters()).hasSize(2);
    }

    @Test
    void without_a_scaler_there_is_no_automatic_scaling() {
        project.up();

        Said said = project.run("scale", "auto");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err()).contains("rejected with status 404");
    }

    @Test
    void up_leaves_the_command_with_which_a_scaler_starts_converters_and_down_removes_it() throws Exception {
        project.up();
        Path file = project.home().resolve("launcher-command");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        List<String> command = new ArrayList<>(Files.readAllLines(file));
        command.addAll(List.of("launch-converters", "2"));

        ProcessBuilder launch = new ProcessBuilder(command).redirectErrorStream(true);
        launch.environment().putAll(project.environment());
        Process process = launch.start();

        assertThat(process.inputReader(UTF_8).lines()).contains("converter-3", "converter-4");
        assertThat(process.waitFor()).isZero();
        assertThat(converters()).containsExactly("converter-1", "converter-2", "converter-3", "converter-4");

        project.run("down");
        assertThat(file).doesNotExist();
    }

    @Test
    void a_converter_that_the_scaler_drains_is_expected_to_end() {
        project.up();

        assertThat(project.run("retire-converter", "converter-2").exitCode()).isZero();
        assertThat(converters()).containsExactly("converter-1");
        kill("converter-2");

        Said said = project.run("launch-converters", "1");
        assertThat(said.out()).doesNotContain("had died").endsWith("converter-3\n");
        assertThat(converters()).containsExactly("converter-1", "converter-3");
    }

    @Test
    void the_commands_for_the_scaler_do_not_wait_for_another_command() {
        project.up();

        project.whileLocked(() -> {
            assertThat(project.run("launch-converters", "1").exitCode()).isEqualTo(3);
            assertThat(project.run("retire-converter", "converter-1").exitCode())
                    .isEqualTo(3);
        });
        assertThat(converters()).containsExactly("converter-1", "converter-2");
    }

    @Test
    void restart_replaces_converters_by_new_ones_one_at_a_time() {
        project.up();

        Said said = project.run("restart", "converter");

        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(converters()).containsExactly("converter-3", "converter-4");
        assertThat(said.out().indexOf("converter-3 is ready"))
                .isLessThan(said.out().indexOf("draining converter-1"));
        assertThat(said.out().indexOf("draining converter-1"))
                .isLessThan(said.out().indexOf("converter-4 started"));
    }

    @Test
    void restart_replaces_every_role_and_announces_that_the_HTTP_port_closes() {
        project.up("--converters", "1");

        Said said = project.run("restart");

        assertThat(said.exitCode()).as(said.err()).isZero();
        assertThat(ids()).containsExactly("rates-2", "converter-2", "balancer-2");
        assertThat(said.out()).contains("the HTTP port is closed until the new balancer is up");
    }

    @Test
    void status_shows_a_line_for_each_node_and_those_that_died() {
        project.up();
        kill("converter-2");

        Said said = project.run("status");

        assertThat(said.exitCode()).isZero();
        assertThat(said.out().lines()).hasSize(5);
        assertThat(said.out()).containsPattern("converter-1 +converter +READY +127.0.0.1:\\d+ +1783346400000");
        assertThat(said.out()).containsPattern("converter-2 +converter +DEAD");
    }

    @Test
    void without_a_balancer_status_lists_the_processes() {
        project.up();
        kill("balancer-1");

        Said said = project.run("status");

        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err()).contains("the balancer does not respond");
        assertThat(said.out()).containsPattern("converter-1 +converter +UNKNOWN");
    }

    @Test
    void down_stops_the_front_door_first_and_the_rates_last_and_tidies_up() {
        project.up();

        Said said = project.run("down");

        assertThat(said.exitCode()).isZero();
        assertThat(project.ended()).startsWith("balancer-1").endsWith("rates-1").hasSize(4);
        assertThat(project.state().nodes().all()).isEmpty();
        assertThat(project.state().snapshot()).isEmpty();
        assertThat(project.home().resolve("admin-password")).exists();
    }

    @Test
    void down_kills_nodes_that_do_not_end_in_time_and_reports_them() {
        project.with("STANDIN_STUBBORN", "converter-1")
                .with("RATEMESH_NODE_DRAIN_TIMEOUT", "100ms")
                .up();
        NodeRecord stubborn = project.node("converter-1");

        Said said = project.run("down");

        assertThat(said.exitCode()).isZero();
        assertThat(said.err()).contains("converter-1 (pid " + stubborn.pid() + ") did not end within");
        assertThat(ProcessHandle.of(stubborn.pid()).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void down_reports_that_no_cluster_is_running() {
        Said said = project.run("down");

        assertThat(said.exitCode()).isZero();
        assertThat(said.out()).contains("no cluster is running");
    }

    @Test
    void every_command_that_needs_a_cluster_reports_that_none_is_up() {
        for (String command : List.of("status", "converter", "restart")) {
            Said said = project.run(command);
            assertThat(said.exitCode()).as(command).isEqualTo(1);
            assertThat(said.err()).as(command).contains("no cluster is up").hasLineCount(1);
        }
    }

    @Test
    void a_node_gets_the_settings_of_its_role_and_the_name_of_the_cluster_of_its_home() {
        project.up("--demo", "--converters", "1");

        assertThat(project.node("rates-1").arguments()).contains("rates.feeds=[{name: simulated, poll: 1s}]");
        assertThat(project.node("converter-1").arguments()).noneMatch(argument -> argument.startsWith("rates."));
        assertThat(project.node("balancer-1").arguments())
                .contains("balancer.http.port=" + project.port(), "balancer.stats.port=" + project.statsPort());
        assertThat(project.state().nodes().all())
                .allSatisfy(node -> assertThat(node.arguments())
                        .anyMatch(argument -> argument.matches("cluster\\.name=ratemesh-[0-9a-f]{8}")));
    }

    @Test
    void the_access_log_is_in_the_home_unless_the_settings_name_a_file() throws IOException {
        project.up("--converters", "1");
        assertThat(project.node("balancer-1").arguments())
                .contains("balancer.access-log.to=" + project.home().resolve("logs/front-door/access.log"));
        assertThat(project.node("converter-1").arguments()).noneMatch(argument -> argument.contains("access-log"));
        project.run("down");

        Path settings = Files.writeString(project.folder().resolve("own.yaml"), "balancer: {access-log: {to: off}}");
        project.up("--converters", "1", "--config", settings.toString());
        assertThat(project.node("balancer-1").arguments()).noneMatch(argument -> argument.contains("access-log"));
    }

    @Test
    void logs_prints_the_log_of_a_node_and_names_the_nodes_that_have_one() {
        project.up("--converters", "1");

        assertThat(project.run("logs", "converter-1").out()).contains("converter-1 says hello");
        assertThat(project.run("logs").out()).contains("rates-1     | rates-1 says hello");
        Said unknown = project.run("logs", "converter-9");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("converter-9").contains("balancer-1, converter-1, rates-1");
    }

    private List<String> ids() {
        return project.state().nodes().running().stream().map(NodeRecord::id).toList();
    }

    private List<String> converters() {
        return project.state().nodes().active(LaunchedRole.CONVERTER).stream()
                .map(NodeRecord::id)
                .toList();
    }

    private void kill(String id) {
        NodeRecord node = project.node(id);
        ProcessHandle.of(node.pid()).ifPresent(ProcessHandle::destroyForcibly);
        await().until(() -> !project.state().nodes().isAlive(node));
    }
}
