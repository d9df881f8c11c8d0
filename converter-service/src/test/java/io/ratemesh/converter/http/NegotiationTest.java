package io.ratemesh.converter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.json.JsonText;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NegotiationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/*                                   | true",
                "application/json                      | true",
                "application/json; charset=utf-8       | true",
                "text/html, */*;q=0.1                  | true",
                "application/*;q=0, application/json   | true",
                "application/json;q=0.0, */*           | false",
                "application/json; Q=0.001             | true",
                "*/*;q=0                               | false",
                "text/html                             | false",
                "application/problem+json              | false",
                "garbage                               | false",
                "''                                    | true",
            })
    void the_most_specific_range_decides(String accept, boolean allowed) {
        assertThat(AcceptHeader.preferred(accept, List.of("application/json")).isPresent())
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                               | application/json",
                "*/*                                              | application/json",
                "text/csv                                         | text/csv",
                "text/*, application/x-ndjson;q=0.9               | text/csv",
                "text/csv;q=0.5, application/x-ndjson;q=0.51      | application/x-ndjson",
                "application/json;q=0.2, text/csv;q=0.2           | application/json",
                "*/*;q=0.1, text/csv;q=0.09                       | application/json",
                "text/html, */*;q=0                               | none",
                "image/*                                          | none",
            })
    void the_type_with_the_greatest_weight_is_preferred_and_the_first_of_equals(String accept, String type) {
        assertThat(AcceptHeader.preferred(accept, List.of("application/json", "text/csv", "application/x-ndjson"))
                        .orElse("none"))
                .isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"7-EUR\"", "W/\"7-EUR\"", "*", " * ", "\"1\",\"7-EUR\"", "\"a,b\" , W/\"7-EUR\""})
    void a_tag_is_found_in_a_condition(String condition) {
        assertThat(EntityTag.matches(condition, EntityTag.of(7, false, "EUR"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"7-EUR", "7-EUR", "\"7-eur\"", "\"7-EUR\u00e4\"", "\"x7-EUR\"", "\"*\"", "\""})
    void a_different_tag_does_not_match(String condition) {
        assertThat(EntityTag.matches(condition, EntityTag.of(7, false, "EUR"))).isFalse();
    }

    @Test
    void stale_or_not_is_part_of_the_tag() {
        assertThat(EntityTag.of(7, true, "EUR"))
                .isEqualTo("\"7-stale-EUR\"")
                .isNotEqualTo(EntityTag.of(7, false, "EUR"));
    }

    @Test
    void values_are_escaped_in_a_problem() {
        String evil = "\"\\\n\t\u0000\u2028<script>\ud800é€😀";

        JsonObject problem = new JsonObject(Problem.parameter("amount", evil, "amount", "digits")
                .response("/api/\"x")
                .body());

        assertThat(problem.getString("detail")).isEqualTo("amount: \"" + evil + "\" is not a valid amount; use digits");
        assertThat(problem.getString("instance")).isEqualTo("/api/\"x");
    }

    @Test
    void every_problem_has_a_type_a_title_and_a_code_of_its_own() {
        for (ProblemCode code : ProblemCode.values()) {
            assertThat(code.type()).isEqualTo("/api/problems/" + code.word());
            assertThat(code.word()).matches("[a-z-]+");
            assertThat(code.title()).isNotBlank();
            assertThat(code.status()).isBetween(400, 599);
        }
    }

    @Test
    void an_array_of_strings_is_separated_by_commas() {
        assertThat(JsonText.array(new StringBuilder(), java.util.List.of()).toString())
                .isEqualTo("[]");
        assertThat(JsonText.array(new StringBuilder(), java.util.List.of("a", "b\""))
                        .toString())
                .isEqualTo("[\"a\",\"b\\\"\"]");
    }
}
