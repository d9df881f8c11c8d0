package io.ratemesh.converter.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterSchemaTest {

    @ParameterizedTest
    @CsvSource({
        "2020-02-29, true", "2000-02-29, true", "1999-12-31, true", "2021-02-29, false", "1900-02-29, false",
        "2020-13-01, false", "2020-00-01, false", "2020-01-00, false", "2020-04-31, false", "2020-1-1, false",
        "20200101, false", "2020-01-01Z, false"
    })
    void a_date_is_a_day_of_the_calendar(String text, boolean day) {
        assertThat(ParameterSchema.compile(new JsonObject("{\"type\":\"string\",\"format\":\"date\"}"))
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
    void a_list_has_items_separated_by_commas(String text, boolean list) {
        assertThat(ParameterSchema.compile(new JsonObject("""
                                {"type":"array","maxItems":3,"uniqueItems":true,
                                 "items":{"type":"string","enum":["a","b","c"]}}""")).test(text)).isEqualTo(list);
    }

    @Test
    void lengths_are_of_characters() {
        var schema = ParameterSchema.compile(new JsonObject("{\"type\":\"string\",\"minLength\":2,\"maxLength\":3}"));

        assertThat(schema.test("a")).isFalse();
        assertThat(schema.test("ab")).isTrue();
        assertThat(schema.test("abc")).isTrue();
        assertThat(schema.test("abcd")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"string\",\"not\":{}}",
                "{\"type\":\"string\",\"format\":\"email\"}",
                "{\"type\":\"integer\"}",
                "{\"type\":\"string\",\"pattern\":\"^a+$\"}",
                "{\"type\":\"string\",\"pattern\":\"abc\",\"maxLength\":3}",
                "{\"type\":\"string\",\"pattern\":\"^abc\",\"maxLength\":3}",
                "{\"type\":\"string\",\"pattern\":\"abc$\",\"maxLength\":3}",
                "{\"type\":\"string\",\"pattern\":\"^(a$\",\"maxLength\":3}",
                "{\"type\":\"array\",\"items\":{\"type\":\"string\"},\"contains\":{}}",
                "{}"
            })
    void a_keyword_that_is_not_supported_stops_the_start(String schema) {
        assertThatThrownBy(() -> ParameterSchema.compile(new JsonObject(schema)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_path_that_is_not_in_the_document_stops_the_start() {
        RequestRules rules = new RequestRules(Documents.served());

        assertThatThrownBy(() -> rules.query("/api/v1/secret"))
                .hasMessage("GET /api/v1/secret is not in openapi.yaml; add it");
    }

    static Stream<JsonObject> patterns() {
        ApiDocument document = Documents.served();
        return Documents.operations(document).stream()
                .flatMap(operation -> document.parameters(operation.body()).stream())
                .map(parameter -> parameter.getJsonObject("schema"))
                .map(schema -> schema.getJsonObject("items", schema))
                .filter(schema -> schema.containsKey("pattern"))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void a_parameter_with_a_pattern_has_a_limit_of_length(JsonObject schema) {
        assertThat(schema.getInteger("maxLength", 0)).isBetween(1, 64);
        assertThat(schema.getString("pattern")).startsWith("^").endsWith("$");
    }

    /** Counts the characters that are looked at: a pattern that backtracks over all combinations looks at 2^64. */
    @ParameterizedTest
    @MethodSource("patterns")
    void a_pattern_does_not_backtrack_without_bound(JsonObject schema) {
        int length = schema.getInteger("maxLength");
        Pattern pattern = Pattern.compile(schema.getString("pattern"));
        for (String letter : List.of("0", "1", "a", "A", "-", ".", "/", "2020-01-01", "0.", "1f")) {
            for (String end : List.of("", "x", ".", "0", "!", "\n")) {
                String longest = letter.repeat(length);
                CountedText hostile = new CountedText(longest.substring(0, length - end.length()) + end);

                boolean unused = pattern.matcher(hostile).matches();

                assertThat(hostile.reads).as("%s for %s", pattern, hostile).isLessThan(3L * length * length + 100);
            }
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
        Predicate<String> schema = ParameterSchema.compile(new JsonObject()
                .put("type", "string")
                .put("pattern", "^0*[0-9]{1,30}(\\.[0-9]{1,18})?$")
                .put("maxLength", 64));

        assertThat(schema.test(amount)).isTrue();
    }

    private static final class CountedText implements CharSequence {

        private final String text;
        private long reads;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            reads++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
