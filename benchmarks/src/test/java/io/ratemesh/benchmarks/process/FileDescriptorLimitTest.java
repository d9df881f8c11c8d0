package io.ratemesh.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileDescriptorLimitTest {

    @Test
    void a_server_needs_some_files_besides_its_connections() {
        assertThat(FileDescriptorLimit.check(700, 1000)).isEmpty();
        assertThat(FileDescriptorLimit.check(701, 1000))
                .hasValueSatisfying(message -> assertThat(message).contains("1000 files", "needs 1001", "ulimit -Hn"));
    }
}
