package io.ratemesh.launcher.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.launcher.migration.ConfigurationImport.Imported;
import io.ratemesh.node.settings.BalancerSettings;
import io.ratemesh.node.settings.PoolSettings;
import io.ratemesh.node.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations that mean the same as docs/examples/setups become the same settings. */
class ImportedSetupsTest {

    private static final Path EXAMPLES = Path.of("../docs/examples/setups");

    private final Path folder;

    ImportedSetupsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"two-web-nodes.cfg", "ports-weights-checks.cfg", "servers-by-hand.cfg", "static-first.conf"})
    void a_setup_is_imported_completely_and_means_what_the_example_means(String name) throws Exception {
        BalancerSettings imported = load(name, true);
        BalancerSettings example = example(name);

        assertThat(imported.pools()).isEqualTo(example.pools());
        assertThat(imported.routes()).containsExactlyInAnyOrderElementsOf(example.routes());
        assertThat(imported.http()).isEqualTo(example.http());
        assertThat(imported.stats()).isEqualTo(example.stats());
        assertThat(imported.statics()).isEqualTo(example.statics());
        assertThat(imported.limits()).isEqualTo(example.limits());
        assertThat(imported.tcp()).isEqualTo(example.tcp());
    }

    /** The free nginx has no active checks, no queue and no slow start. */
    @ParameterizedTest
    @ValueSource(strings = {"two-web-nodes.conf", "ports-weights-checks.conf"})
    void a_setup_of_nginx_means_the_same_as_far_as_nginx_can_say_it(String name) throws Exception {
        BalancerSettings imported = load(name, true);
        BalancerSettings example = example(name);

        assertThat(imported.pools())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("check")
                .isEqualTo(example.pools());
        assertThat(imported.routes()).isEqualTo(example.routes());
        assertThat(imported.http()).isEqualTo(example.http());
        assertThat(imported.stats()).isEqualTo(example.stats());
    }

    @Test
    void servers_of_locations_are_pools_with_their_address_as_name() throws Exception {
        BalancerSettings imported = load("servers-by-hand.conf", true);
        BalancerSettings example = example("servers-by-hand.conf");

        assertThat(imported.pools())
                .extracting(PoolSettings::name)
                .containsExactly("shop", "sessions", "10-0-0-41-8000");
        assertThat(imported.pools())
                .extracting(PoolSettings::servers)
                .isEqualTo(example.pools().stream().map(PoolSettings::servers).toList());
        assertThat(imported.pools())
                .extracting(PoolSettings::algorithm)
                .isEqualTo(example.pools().stream().map(PoolSettings::algorithm).toList());
        assertThat(imported.routes())
                .extracting(route -> route.match().path() + " " + route.pool().orElseThrow())
                .containsExactlyInAnyOrder("/ shop", "/account/ sessions", "/legacy/ 10-0-0-41-8000");
    }

    /** Their nodes announce themselves in the example; the others find them by a name. */
    @Test
    void nodes_that_come_and_go_are_found_by_their_name() throws Exception {
        for (String name : List.of("scaled.cfg", "scaled.conf")) {
            BalancerSettings imported = load(name, name.endsWith(".cfg"));

            assertThat(imported.pools()).singleElement().satisfies(pool -> {
                assertThat(pool.dns()
                                .map(dns -> dns.name() + ":" + dns.port() + ", up to " + dns.maxServers())
                                .orElseGet(() -> pool.servers().get(0).id()))
                        .isEqualTo(name.endsWith(".cfg") ? "localhost:8000, up to 8" : "localhost:8000");
                assertThat(pool.resolve().max()).hasSeconds(10);
                assertThat(pool.name()).isEqualTo("converters");
            });
        }
    }

    private BalancerSettings load(String name, boolean complete) throws Exception {
        Path file = new ConfigurationFile("setups/" + name).writeTo(folder);
        Imported imported = ConfigurationImport.of(file);

        assertThat(imported.isComplete()).as(imported.yaml()).isEqualTo(complete);
        return load(Files.writeString(folder.resolve("imported.yaml"), imported.yaml()));
    }

    private static BalancerSettings example(String name) throws IOException {
        return load(EXAMPLES.resolve(name.replaceFirst("\\.\\w+$", ".yaml")));
    }

    private static BalancerSettings load(Path file) {
        return Settings.load(Optional.of(file), List.of(), Map.of()).balancer();
    }
}
