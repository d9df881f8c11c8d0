package io.ratemesh.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTest {

    @Test
    void one_that_is_there_is_found_and_run() {
        assertThat(new Program("echo", "coreutils").output("a", "b")).isEqualTo("a b\n");
    }

    @Test
    void one_that_is_missing_says_what_to_install() {
        Program missing = new Program("no-such-program", "its-package");

        assertThat(missing.find()).isEmpty();
        assertThat(missing.missing().getMessage())
                .startsWith("no-such-program is missing")
                .contains("apt-get install its-package")
                .hasLineCount(1);
    }

    @Test
    void the_processors_model_is_that_of_the_first() {
        assertThat(Machine.modelIn(List.of("processor\t: 0", "model name\t: AMD EPYC", "model name\t: other")))
                .isEqualTo("AMD EPYC");
    }
}
