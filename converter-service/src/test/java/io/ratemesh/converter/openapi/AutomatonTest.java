package io.ratemesh.converter.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutomatonTest {

    private static final long SEED = 20_261_121;
    private static final String LETTERS = "aAzZ019.-/T:J\u00e9 ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[A-Za-z]{3}$",
                "^0*[0-9]{1,30}(\\.[0-9]{1,18})?$",
                "^(0?[0-9]|1[0-8]|full)$",
                "^[A-Za-z]{3}/[A-Za-z]{3}$",
                "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$",
                "^a*(a|z)+0{2,}$",
                "^(a|az)*[.-]?$",
                "^$",
            })
    void says_what_a_regular_expression_says(String pattern) {
        Automaton automaton = Automaton.of(pattern);
        java.util.regex.Pattern judge = java.util.regex.Pattern.compile(pattern.substring(1, pattern.length() - 1));
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            String text = random.ints(random.nextInt(9), 0, LETTERS.length())
                    .mapToObj(LETTERS::charAt)
                    .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                    .toString();
            assertThat(automaton.test(text))
                    .as("%s for \"%s\"", pattern, text)
                    .isEqualTo(judge.matcher(text).matches());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "012345678901234567890123456789",
                "00000000000000000000000000000000000000001.000000000000000001"
            })
    void takes_the_longest_amounts(String amount) {
        assertThat(Automaton.of("^0*[0-9]{1,30}(\\.[0-9]{1,18})?$").test(amount))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "^abc",
                "abc$",
                "^.$",
                "^[^a]$",
                "^\\d$",
                "^(?:a)$",
                "^(a$",
                "^a)$",
                "^a**$",
                "^é$",
                "^[z-a]$",
                "^(a{64}){65}$"
            })
    void a_pattern_that_it_cannot_judge_is_no_pattern(String pattern) {
        assertThatThrownBy(() -> Automaton.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(pattern);
    }
}
