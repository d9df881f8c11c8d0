package io.ratemesh.node.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomeTest {

    @Test
    void without_a_variable_it_is_in_the_working_folder() {
        assertThat(Home.of(Map.of())).isEqualTo(new Home(Path.of(".ratemesh"), "ratemesh"));
        assertThat(Home.of(Map.of("RATEMESH_HOME", " "))).isEqualTo(Home.of(Map.of()));
    }

    @Test
    void clusters_with_different_homes_never_join_each_other() {
        Home one = Home.of(Map.of("RATEMESH_HOME", "/srv/one"));
        Home two = Home.of(Map.of("RATEMESH_HOME", "/srv/two"));

        assertThat(one.folder()).isEqualTo(Path.of("/srv/one"));
        assertThat(one.clusterName()).matches("ratemesh-[0-9a-f]{8}").isNotEqualTo(two.clusterName());
    }

    @Test
    void one_path_spelled_two_ways_is_one_cluster() {
        assertThat(Home.of(Map.of("RATEMESH_HOME", "/srv/x/../one/")))
                .isEqualTo(Home.of(Map.of("RATEMESH_HOME", "/srv/one")));
    }

    @Test
    void the_homes_name_is_the_default_and_not_more() {
        Map<String, String> environment = Map.of("RATEMESH_HOME", "/srv/one", "RATEMESH_CLUSTER_NAME", "mine");

        Settings settings = Settings.load(java.util.Optional.empty(), java.util.List.of(), environment);

        assertThat(settings.cluster().name()).isEqualTo("mine");
        assertThat(settings.rates().dataDir()).isEqualTo(Path.of("/srv/one/data"));
    }
}
