package io.ratemesh.launcher.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterHomeTest {

    private static final Path PROJECT = Path.of("/srv/ratemesh");

    @Test
    void without_the_variable_the_home_is_in_the_project() {
        assertThat(ClusterHome.of(Map.of(), PROJECT)).isEqualTo(new ClusterHome(PROJECT.resolve(".ratemesh"), false));
        assertThat(ClusterHome.of(Map.of("RATEMESH_HOME", " "), PROJECT).given())
                .isFalse();
    }

    @Test
    void the_variable_is_made_absolute_and_plain() {
        assertThat(ClusterHome.of(Map.of("RATEMESH_HOME", "/var/lib/../lib/mesh"), PROJECT))
                .isEqualTo(new ClusterHome(Path.of("/var/lib/mesh"), true));
        assertThat(ClusterHome.of(Map.of("RATEMESH_HOME", "mesh"), PROJECT).folder())
                .isAbsolute();
    }

    @Test
    void the_default_name_is_ratemesh_unless_another_cluster_runs() {
        ClusterHome home = new ClusterHome(Path.of("/srv/ratemesh/.ratemesh"), false);

        assertThat(home.clusterName(false)).isEqualTo("ratemesh");
        assertThat(home.clusterName(true)).matches("ratemesh-[0-9a-f]{8}");
    }

    @Test
    void a_given_home_names_its_cluster_by_the_first_eight_hex_digits_of_its_sha256() {
        // printf %s /var/lib/mesh | sha256sum
        assertThat(new ClusterHome(Path.of("/var/lib/mesh"), true).clusterName(false))
                .isEqualTo("ratemesh-d371061a");
    }

    @Test
    void a_new_home_is_for_its_owner_alone(@TempDir Path folder) throws IOException {
        ClusterHome home = new ClusterHome(folder.resolve("deep/home"), true);

        home.create();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.folder())))
                .isEqualTo("rwx------");
    }
}
