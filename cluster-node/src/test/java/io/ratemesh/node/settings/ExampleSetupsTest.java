package io.ratemesh.node.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documentation gives people to start from is taken as it is. */
class ExampleSetupsTest {

    private static final Path FOLDER = Path.of("../docs/examples/setups");

    @ParameterizedTest
    @MethodSource("files")
    void an_example_is_taken_as_it_is(Path file) {
        BalancerSettings balancer =
                Settings.load(Optional.of(file), List.of(), Map.of()).balancer();

        assertThat(balancer.pools()).isNotEmpty();
        assertThat(balancer.routes()).isNotEmpty();
    }

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> examples = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            assertThat(examples).hasSize(5);
            return examples.stream();
        }
    }
}
