package io.ratemesh.converter.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {

    @ParameterizedTest
    @CsvSource({
        "2020-02-29, true", "2000-02-29, true", "1999-12-31, true", "2021-02-29, false", "1900-02-29, false",
        "2020-13-01, false", "2020-00-01, false", "2020-01-00, false", "2020-04-31, false", "2020-1-1, false",
        "20200101, false", "2020-01-01Z, false"
    })
    void a_date_is_a_day_of_the_calendar(String text, boolean day) {
        assertThat(Spelling.of(new JsonObject("{\"type\":\"string\",\"format\":\"date\"}"))
                        .test(text))
                .isEqualTo(day);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a|true",
                "a,b|true",
                "a,b,c|true",
                "a,b,c,a|false",
                "a,a|false",
                "a,,b|false",
                "a,|false",
                ",|false",
                "d|false"
            })
    void a_list_has_items_with_commas_between(String text, boolean list) {
        assertThat(Spelling.of(new JsonObject("""
                                {"type":"array","maxItems":3,"uniqueItems":true,
                                 "items":{"type":"string","enum":["a","b","c"]}}""")).test(text)).isEqualTo(list);
    }

    @Test
    void lengths_are_of_characters() {
        var spelling = Spelling.of(new JsonObject("{\"type\":\"string\",\"minLength\":2,\"maxLength\":3}"));

        assertThat(spelling.test("a")).isFalse();
        assertThat(spelling.test("ab")).isTrue();
        assertThat(spelling.test("abc")).isTrue();
        assertThat(spelling.test("abcd")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"string\",\"not\":{}}",
                "{\"type\":\"string\",\"format\":\"email\"}",
                "{\"type\":\"integer\"}",
                "{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"contains\":{}}",
                "{}"
            })
    void what_the_document_says_and_nobody_checks_stops_the_start(String schema) {
        assertThatThrownBy(() -> Spelling.of(new JsonObject(schema))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_path_that_is_not_in_the_document_stops_the_start() {
        RequestRules rules = RequestRules.of(Documents.served());

        assertThatThrownBy(() -> rules.query("/api/v1/secret"))
                .hasMessage("GET /api/v1/secret is not in openapi.yaml (expected: one that is)");
    }
}
