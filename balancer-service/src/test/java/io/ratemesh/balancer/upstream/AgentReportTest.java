package io.ratemesh.balancer.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentReportTest {

    @ParameterizedTest
    @CsvSource({"ready, READY", "drain, DRAIN", "MAINT, MAINTENANCE", "drain ready, READY"})
    void words_for_the_administrative_state(String line, AdminState state) {
        assertThat(AgentReport.parse(line))
                .isEqualTo(new AgentReport(
                        Optional.of(state), Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "up, true",
        "Up, true",
        "down, false",
        "fail, false",
        "stopped, false",
        "down#disk full, false",
        "stopped # drain in progress, false"
    })
    void words_for_up_and_down_with_a_description_that_means_nothing(String line, boolean up) {
        AgentReport report = AgentReport.parse(line);

        assertThat(report.up()).hasValue(up);
        assertThat(report.adminState()).isEmpty();
        assertThat(report.unknown()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"75%, 75", "0%, 0", "100%, 100", "150%, 150", "25600%, 25600", "50% 60%, 60"})
    void a_percentage_is_the_weight(String line, int percent) {
        assertThat(AgentReport.parse(line).weightPercent()).hasValue(percent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"up ready 75% maxconn:30", " up,\tready,75%\t\tmaxconn:30 ", "MAXCONN:30 75% READY UP # why"})
    void words_in_any_order_between_spaces_tabs_and_commas(String line) {
        assertThat(AgentReport.parse(line))
                .isEqualTo(new AgentReport(
                        Optional.of(AdminState.READY),
                        Optional.of(true),
                        OptionalInt.of(75),
                        OptionalInt.of(30),
                        List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "75",
                "-5%",
                "%",
                "25601%",
                "99999999999999%",
                "7.5%",
                "maxconn:",
                "maxconn:x",
                "maxconn:-1",
                "maxconn:1000001",
                "upp",
                "HTTP/1.1",
                "٧٥%"
            })
    void other_words_mean_nothing(String word) {
        assertThat(AgentReport.parse(word + " drain").unknown()).containsExactly(word);
        assertThat(AgentReport.parse(word + " drain").adminState()).hasValue(AdminState.DRAIN);
        assertThat(AgentReport.parse(word).isUnderstood()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "# up", ",,"})
    void a_line_without_words_says_nothing(String line) {
        assertThat(AgentReport.parse(line)).isEqualTo(AgentReport.NONE);
    }

    @Test
    void what_a_report_does_not_mention_stays() {
        AgentState state = AgentState.NONE
                .with(AgentReport.parse("drain 50% maxconn:3"))
                .with(AgentReport.parse("down"))
                .with(AgentReport.parse("70%"));

        assertThat(state).isEqualTo(new AgentState(AdminState.DRAIN, true, 70, 3));
        assertThat(state.with(AgentReport.parse("up ready 100% maxconn:0"))).isEqualTo(AgentState.NONE);
    }
}
