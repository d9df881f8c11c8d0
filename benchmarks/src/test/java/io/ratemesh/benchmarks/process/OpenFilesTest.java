package io.ratemesh.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenFilesTest {

    @Test
    void a_server_needs_some_besides_its_connections() {
        assertThat(OpenFiles.complaint(700, 1000)).isEmpty();
        assertThat(OpenFiles.complaint(701, 1000))
                .hasValueSatisfying(
                        complaint -> assertThat(complaint).contains("1000 files", "needs 1001", "ulimit -Hn"));
    }
}
