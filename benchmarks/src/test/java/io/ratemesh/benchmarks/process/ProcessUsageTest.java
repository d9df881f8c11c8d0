package io.ratemesh.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessUsageTest {

    @Test
    void the_resident_set_is_read_in_kibibytes() {
        List<String> status = List.of("Name:\tnginx", "VmHWM:\t   16000 kB", "VmRSS:\t   15360 kB", "Threads:\t1");

        assertThat(ProcessUsage.residentIn(status)).isEqualTo(15_360 * 1024);
    }

    @Test
    void an_ended_process_has_no_memory() {
        assertThat(ProcessUsage.residentIn(List.of("Name:\tnginx", "State:\tZ (zombie)")))
                .isZero();
    }

    @Test
    void child_processes_are_included() {
        ProcessUsage master = new ProcessUsage(Duration.ofMillis(10), 1000);
        ProcessUsage worker = new ProcessUsage(Duration.ofMillis(700), 5000);

        assertThat(master.plus(worker)).isEqualTo(new ProcessUsage(Duration.ofMillis(710), 6000));
    }

    @Test
    void this_process_uses_cpu_time() {
        assertThat(ProcessUsage.ofTree(ProcessHandle.current()).cpu()).isPositive();
    }
}
