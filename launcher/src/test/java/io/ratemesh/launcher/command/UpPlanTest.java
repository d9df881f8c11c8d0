package io.ratemesh.launcher.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.settings.GivenSettings;
import io.ratemesh.launcher.settings.PortAvailability;
import io.ratemesh.launcher.state.ClusterSnapshot;
import io.ratemesh.launcher.state.CommandContext;
import io.ratemesh.launcher.state.ListenAddress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpPlanTest {

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    UpPlanTest(@TempDir Path folder) {
        this.folder = folder;
        environment.put("RATEMESH_CLUSTER_PORT", "" + PortAvailability.anyFree());
    }

    @Test
    void without_options_and_settings_the_defaults_apply() {
        ClusterSnapshot snapshot = decide(Optional.empty());

        assertThat(snapshot.clusterName()).isEqualTo("ratemesh");
        assertThat(snapshot.http()).isEqualTo(new ListenAddress("0.0.0.0", 8080));
        assertThat(snapshot.stats()).isEqualTo(new ListenAddress("127.0.0.1", 8404));
        assertThat(snapshot.statsUser()).isEqualTo("admin");
        assertThat(snapshot.passwordFile()).isEqualTo(folder.resolve(".ratemesh/admin-password"));
        assertThat(said.toString(UTF_8)).isEmpty();
    }

    @Test
    void a_flag_counts_before_a_setting() {
        environment.put("RATEMESH_BALANCER_HTTP_PORT", "9000");
        environment.put("RATEMESH_BALANCER_STATS_PORT", "9001");

        ClusterSnapshot snapshot = decide(Optional.of(9100));

        assertThat(snapshot.http().port()).isEqualTo(9100);
        assertThat(snapshot.stats().port()).isEqualTo(9001);
    }

    @Test
    void port_0_is_replaced_by_a_free_port_which_is_printed() {
        environment.put("RATEMESH_BALANCER_HTTP_PORT", "0");

        assertThat(decide(Optional.empty()).http().port()).isPositive();
    }

    @Test
    void beside_another_cluster_it_gets_a_name_of_its_own_and_prints_it() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("RATEMESH_CLUSTER_PORT", "" + other.getLocalPort());

            ClusterSnapshot snapshot = decide(Optional.empty());

            assertThat(snapshot.clusterName()).matches("ratemesh-[0-9a-f]{8}");
            assertThat(said.toString(UTF_8)).contains(snapshot.clusterName()).hasLineCount(1);
        }
    }

    @Test
    void a_name_that_the_user_gave_is_kept() {
        environment.put("RATEMESH_HOME", folder.resolve("home").toString());
        environment.put("RATEMESH_CLUSTER_NAME", "exchange");

        assertThat(decide(Optional.empty()).clusterName()).isEqualTo("exchange");
    }

    private ClusterSnapshot decide(Optional<Integer> port) {
        Console console = new Console(
                new PrintStream(said, true, UTF_8), new PrintStream(said, true, UTF_8), InstantSource.system(), false);
        CommandContext context = new CommandContext(environment, folder, folder, console);
        return new UpPlan(context, GivenSettings.none(environment))
                .decide(Optional.empty(), port, Optional.empty(), false);
    }
}
