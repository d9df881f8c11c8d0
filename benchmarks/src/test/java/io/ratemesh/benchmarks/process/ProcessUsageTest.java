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
    void a_process_that_has_ended_has_none() {
        assertThat(ProcessUsage.residentIn(List.of("Name:\tnginx", "State:\tZ (zombie)")))
                .isZero();
    }

    @Test
    void what_a_server_has_started_is_its_own_too() {
        ProcessUsage master = new ProcessUsage(Duration.ofMillis(10), 1000);
        ProcessUsage worker = new ProcessUsage(Duration.ofMillis(700), 5000);

        assertThat(master.and(worker)).isEqualTo(new ProcessUsage(Duration.ofMillis(710), 6000));
    }

    @Test
    void this_process_takes_something() {
        assertThat(ProcessUsage.ofAll(ProcessHandle.current()).cpu()).isPositive();
    }
}
