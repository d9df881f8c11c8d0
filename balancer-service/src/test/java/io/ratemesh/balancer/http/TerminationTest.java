package io.ratemesh.balancer.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminationTest {

    @Test
    void code_has_the_letters_of_haproxy() {
        assertThat(Termination.NORMAL.code()).isEqualTo("--");
        assertThat(Termination.of(TerminationCause.CLIENT_ABORT, TerminationPhase.DATA)
                        .code())
                .isEqualTo("CD");
        assertThat(Termination.of(TerminationCause.UPSTREAM_TIMEOUT, TerminationPhase.RESPONSE_HEAD)
                        .code())
                .isEqualTo("sH");
        assertThat(Termination.of(TerminationCause.LOCAL, TerminationPhase.REQUEST)
                        .code())
                .isEqualTo("LR");
    }

    @Test
    void every_pair_of_cause_and_phase_has_one_instance() {
        for (TerminationCause cause : TerminationCause.values()) {
            for (TerminationPhase phase : TerminationPhase.values()) {
                Termination pair = Termination.of(cause, phase);
                assertThat(pair.cause()).isSameAs(cause);
                assertThat(pair.phase()).isSameAs(phase);
                assertThat(Termination.of(cause, phase)).isSameAs(pair);
            }
        }
    }
}
