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
    void names_and_values_are_decoded_and_only_the_first_equals_sign_parts() {
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
    void what_is_not_exactly_as_expected_is_refused(String raw) {
        assertThatThrownBy(() -> Query.parse(raw, KNOWN))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.BAD_PARAMETER))
                .hasNoCause();
    }

    @Test
    void what_is_spelled_otherwise_is_answered_with_what_was_expected() {
        assertThatThrownBy(() -> Query.parse("a=xyz", KNOWN))
                .hasMessage("a: \"xyz\" is not a valid word; use one or two letters");
    }

    @Test
    void what_has_to_be_there_is_missed() {
        Parameters known = new Parameters(List.of(
                new Parameter("a", true, false, value -> true, "word", "a word"),
                new Parameter("b", false, false, value -> true, "word", "")));

        assertThatThrownBy(() -> Query.parse("b=1", known)).hasMessage("a: missing; use a word");
        assertThatThrownBy(() -> Query.parse(null, known)).hasMessage("a: missing; use a word");
        assertThat(Query.parse("b=1&a=2", known).get("a")).isEqualTo("2");
    }

    @Test
    void what_a_user_wrote_is_cut_short_in_the_answer() {
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
    void what_does_not_decode_is_not_guessed(String raw) {
        assertThat(PercentDecoding.decode(raw)).isEmpty();
    }
}
