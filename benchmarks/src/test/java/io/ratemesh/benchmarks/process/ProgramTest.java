package io.ratemesh.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTest {

    @Test
    void an_installed_program_is_found_and_run() {
        assertThat(new Program("echo", "coreutils").output("a", "b")).isEqualTo("a b\n");
    }

    @Test
    void a_missing_program_has_a_message_with_its_package() {
        Program missing = new Program("no-such-program", "its-package");

        assertThat(missing.find()).isEmpty();
        assertThat(missing.missing().getMessage())
                .startsWith("no-such-program is missing")
                .contains("apt-get install its-package")
                .hasLineCount(1);
    }

    @Test
    void the_processor_model_is_that_of_the_first_processor() {
        assertThat(Machine.modelIn(List.of("processor\t: 0", "model name\t: AMD EPYC", "model name\t: other")))
                .isEqualTo("AMD EPYC");
    }
}
