package io.ratemesh.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessUsageTest {

    @Test
    void theResidentSetIsReadInKibibytes() {
        List<String> status = List.of("Name:\tnginx", "VmHWM:\t   16000 kB", "VmRSS:\t   15360 kB", "Threads:\t1");

        assertThat(ProcessUsage.residentIn(status)).isEqualTo(15_360 * 1024);
    }

    @Test
    void aProcessThatHasEndedHasNone() {
        assertThat(ProcessUsage.residentIn(List.of("Name:\tnginx", "State:\tZ (zombie)")))
                .isZero();
    }

    @Test
    void whatAServerHasStartedIsItsOwnToo() {
        ProcessUsage master = new ProcessUsage(Duration.ofMillis(10), 1000);
        ProcessUsage worker = new ProcessUsage(Duration.ofMillis(700), 5000);

        assertThat(master.and(worker)).isEqualTo(new ProcessUsage(Duration.ofMillis(710), 6000));
    }

    @Test
    void thisProcessTakesSomething() {
        assertThat(ProcessUsage.ofAll(ProcessHandle.current()).cpu()).isPositive();
    }
}
