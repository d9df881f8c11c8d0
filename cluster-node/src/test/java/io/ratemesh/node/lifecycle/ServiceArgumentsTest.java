package io.ratemesh.node.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.node.lifecycle.ServiceArguments.Action;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceArgumentsTest {

    @Test
    void without_arguments_the_service_runs_with_its_defaults() throws ParseException {
        assertThat(ServiceArguments.parse()).isEqualTo(new ServiceArguments(Action.RUN, Optional.empty(), List.of()));
    }

    @Test
    void values_follow_as_the_next_argument_or_after_an_equals_sign() throws ParseException {
        assertThat(ServiceArguments.parse("--set", "a=1", "--config=x.yaml", "--set=b=2=3", "--set", "c=\"3\""))
                .isEqualTo(new ServiceArguments(
                        Action.RUN, Optional.of(Path.of("x.yaml")), List.of("a=1", "b=2=3", "c=\"3\"")));
    }

    @Test
    void check_is_a_word_before_or_after_the_options() throws ParseException {
        ServiceArguments check = new ServiceArguments(Action.CHECK, Optional.of(Path.of("x.yaml")), List.of("a=1"));

        assertThat(ServiceArguments.parse("check", "--config", "x.yaml", "--set", "a=1"))
                .isEqualTo(check);
        assertThat(ServiceArguments.parse("--config", "x.yaml", "--set", "a=1", "check"))
                .isEqualTo(check);
        assertThat(ServiceArguments.parse("check", "--help").action()).isEqualTo(Action.HELP);
        assertThatThrownBy(() -> ServiceArguments.parse("check", "x.yaml"))
                .isInstanceOf(ParseException.class)
                .hasMessage("Unrecognized argument: x.yaml");
    }

    @ParameterizedTest
    @CsvSource({"-h, HELP", "--help, HELP", "-V, VERSION", "--version, VERSION"})
    void help_and_version_are_not_a_run(String option, Action action) throws ParseException {
        assertThat(ServiceArguments.parse(option).action()).isEqualTo(action);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--frobnicate | Unrecognized option: --frobnicate",
                "--conf=x.yaml | Unrecognized option: --conf=x.yaml",
                "a=1 | Unrecognized argument: a=1",
                "--set | Missing argument for option: set",
                "--config | Missing argument for option: config"
            })
    void what_is_not_understood_is_rejected(String argument, String message) {
        assertThatThrownBy(() -> ServiceArguments.parse(argument))
                .isInstanceOf(ParseException.class)
                .hasMessage(message);
    }
}
