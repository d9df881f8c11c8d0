package io.ratemesh.converter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    private static final Parameters KNOWN = new Parameters(List.of(
            new Parameter("a", false, false, value -> value.length() < 3, "word", "one or two letters"),
            new Parameter("bé", false, false, value -> true, "word", "")));

    @Test
    void no_query_is_a_query_without_parameters() {
        assertThat(Query.parse(null, KNOWN).optional("a")).isEmpty();
        assertThat(Query.parse("", KNOWN).optional("a")).isEmpty();
    }

    @Test
    void names_and_values_are_decoded_and_split_at_the_first_equals_sign() {
        Query query = Query.parse("b%C3%A9=x+y%2Bz=w%26&a=%E2%82%AC", KNOWN);

        assertThat(query.get("bé")).isEqualTo("x y+z=w&");
        assertThat(query.optional("a")).contains("€");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a=",
                "=1",
                "&",
                "a=1&&",
                "a=1&a=2",
                "A=1",
                "a=%",
                "%zz=1",
                "a=é",
                "c=1",
                "a=xyz",
                "%61=xyz",
                "a=1&%61=2"
            })
    void anything_but_valid_parameters_is_rejected(String raw) {
        assertThatThrownBy(() -> Query.parse(raw, KNOWN))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.BAD_PARAMETER))
                .hasNoCause();
    }

    @Test
    void the_error_for_an_invalid_value_says_what_is_valid() {
        assertThatThrownBy(() -> Query.parse("a=xyz", KNOWN))
                .hasMessage("a: \"xyz\" is not a valid word; use one or two letters");
    }

    @Test
    void a_missing_required_parameter_is_an_error() {
        Parameters known = new Parameters(List.of(
                new Parameter("a", true, false, value -> true, "word", "a word"),
                new Parameter("b", false, false, value -> true, "word", "")));

        assertThatThrownBy(() -> Query.parse("b=1", known)).hasMessage("a: missing; use a word");
        assertThatThrownBy(() -> Query.parse(null, known)).hasMessage("a: missing; use a word");
        assertThat(Query.parse("b=1&a=2", known).get("a")).isEqualTo("2");
    }

    @Test
    void values_are_truncated_in_errors() {
        assertThatThrownBy(() -> Query.parse("x".repeat(5000) + "=1", KNOWN))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }

    @ParameterizedTest
    @CsvSource({"%41,A", "%e2%82%ac,€", "a%2fb,a/b"})
    void escapes_decode(String raw, String decoded) {
        assertThat(PercentDecoding.decode(raw)).contains(decoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%4", "%", "%g1", "%+1", "% 1", "%80", "%f8%88%80%80%80", "%ed%b0%80", "a b", "\u00e4"})
    void invalid_escapes_are_not_decoded(String raw) {
        assertThat(PercentDecoding.decode(raw)).isEmpty();
    }
}
