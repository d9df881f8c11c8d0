package io.ratemesh.node.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomeTest {

    @Test
    void withoutAVariableItIsInTheWorkingFolder() {
        assertThat(Home.of(Map.of())).isEqualTo(new Home(Path.of(".ratemesh"), "ratemesh"));
        assertThat(Home.of(Map.of("RATEMESH_HOME", " "))).isEqualTo(Home.of(Map.of()));
    }

    @Test
    void clustersWithDifferentHomesNeverJoinEachOther() {
        Home one = Home.of(Map.of("RATEMESH_HOME", "/srv/one"));
        Home two = Home.of(Map.of("RATEMESH_HOME", "/srv/two"));

        assertThat(one.folder()).isEqualTo(Path.of("/srv/one"));
        assertThat(one.clusterName()).matches("ratemesh-[0-9a-f]{8}").isNotEqualTo(two.clusterName());
    }

    @Test
    void onePathSpelledTwoWaysIsOneCluster() {
        assertThat(Home.of(Map.of("RATEMESH_HOME", "/srv/x/../one/")))
                .isEqualTo(Home.of(Map.of("RATEMESH_HOME", "/srv/one")));
    }

    @Test
    void theHomesNameIsTheDefaultAndNotMore() {
        Map<String, String> environment = Map.of("RATEMESH_HOME", "/srv/one", "RATEMESH_CLUSTER_NAME", "mine");

        Settings settings = Settings.load(java.util.Optional.empty(), java.util.List.of(), environment);

        assertThat(settings.cluster().name()).isEqualTo("mine");
        assertThat(settings.rates().dataDir()).isEqualTo(Path.of("/srv/one/data"));
    }
}
