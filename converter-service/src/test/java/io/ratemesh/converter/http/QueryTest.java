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
            new Parameter("a", false, value -> value.length() < 3, "one or two letters"),
            new Parameter("bé", false, value -> true, "")));

    @Test
    void noQueryIsAQueryWithoutParameters() {
        assertThat(Query.parse(null, KNOWN).optional("a")).isEmpty();
        assertThat(Query.parse("", KNOWN).optional("a")).isEmpty();
    }

    @Test
    void namesAndValuesAreDecodedAndOnlyTheFirstEqualsSignParts() {
        Query query = Query.parse("b%C3%A9=x+y%2Bz=w%26&a=%E2%82%AC", KNOWN);

        assertThat(query.required("bé", "")).isEqualTo("x y+z=w&");
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
    void whatIsNotExactlyAsExpectedIsRefused(String raw) {
        assertThatThrownBy(() -> Query.parse(raw, KNOWN))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().code()).isEqualTo(ProblemCode.BAD_PARAMETER))
                .hasNoCause();
    }

    @Test
    void whatIsSpelledOtherwiseIsAnsweredWithWhatWasExpected() {
        assertThatThrownBy(() -> Query.parse("a=xyz", KNOWN)).hasMessage("a: \"xyz\" (expected: one or two letters)");
    }

    @Test
    void whatHasToBeThereIsMissed() {
        Parameters known = new Parameters(List.of(
                new Parameter("a", true, value -> true, "a word"), new Parameter("b", false, value -> true, "")));

        assertThatThrownBy(() -> Query.parse("b=1", known)).hasMessage("a: missing (expected: a word)");
        assertThatThrownBy(() -> Query.parse(null, known)).hasMessage("a: missing (expected: a word)");
        assertThat(Query.parse("b=1&a=2", known).required("a", "")).isEqualTo("2");
    }

    @Test
    void whatAUserWroteIsCutShortInTheAnswer() {
        assertThatThrownBy(() -> Query.parse("x".repeat(5000) + "=1", KNOWN))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }

    @ParameterizedTest
    @CsvSource({"%41,A", "%e2%82%ac,€", "a%2fb,a/b"})
    void escapesDecode(String raw, String decoded) {
        assertThat(PercentDecoding.decode(raw)).contains(decoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%4", "%", "%g1", "%+1", "% 1", "%80", "%f8%88%80%80%80", "%ed%b0%80", "a b", "\u00e4"})
    void whatDoesNotDecodeIsNotGuessed(String raw) {
        assertThat(PercentDecoding.decode(raw)).isEmpty();
    }
}
