package io.ratemesh.rates.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    @Test
    void a_number_keeps_every_digit() throws Exception {
        JsonValue json = read("{\"rate\":0.10000000000000000000000000000001,\"whole\":12345678901234567890}");

        assertThat(json.find("rate")).contains(new JsonValue.Digits("0.10000000000000000000000000000001"));
        assertThat(json.find("rate").flatMap(JsonValue::rate))
                .contains(new BigDecimal("0.10000000000000000000000000000001"));
        assertThat(json.find("whole").flatMap(JsonValue::rate)).contains(new BigDecimal("12345678901234567890"));
    }

    @Test
    void trailing_zeros_and_exponents_are_kept() throws Exception {
        assertThat(read("[1.50, 1E3]")).isEqualTo(read(" [ 1.50 ,1E3 ] ")).isNotEqualTo(read("[1.5,1000]"));
    }

    @Test
    void a_large_exponent_is_kept_as_text_and_never_computed() throws Exception {
        JsonValue json = read("{\"a\":1e1000000,\"b\":-1e-2147483648,\"c\":1e999999999999}");

        assertThat(json.find("a").flatMap(JsonValue::rate)).isEmpty();
        assertThat(json.find("b").flatMap(JsonValue::rate)).isEmpty();
        assertThat(json.find("c").flatMap(JsonValue::rate)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "<html>",
                "{",
                "{\"a\":1",
                "{\"a\":1}}",
                "{\"a\":1} {\"b\":2}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":01}",
                "{'a':1}",
                "{a:1}",
                "[1,]",
                "/* */ {}",
            })
    void malformed_json_is_rejected(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(UnreadableResponseException.class);
    }

    @Test
    void a_document_too_large_for_a_list_of_rates_is_rejected() {
        assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(UnreadableResponseException.class);
        assertThatThrownBy(() -> read("{\"a\":".repeat(9) + "1" + "}".repeat(9)))
                .isInstanceOf(UnreadableResponseException.class);
        assertThatThrownBy(() -> read("[" + "1".repeat(1_000) + "]")).isInstanceOf(UnreadableResponseException.class);
        assertThatThrownBy(() -> read("[\"" + "a".repeat(10_000) + "\"]"))
                .isInstanceOf(UnreadableResponseException.class);
        assertThatThrownBy(() -> read("{\"" + "a".repeat(1_000) + "\":1}"))
                .isInstanceOf(UnreadableResponseException.class);
        assertThatThrownBy(() -> read("[" + "1,".repeat(20_000) + "1]"))
                .isInstanceOf(UnreadableResponseException.class)
                .hasMessage("more than 20000 values");
    }

    @Test
    void the_largest_allowed_document_is_read() throws Exception {
        assertThat(read("[" + "1,".repeat(19_998) + "1]")).isInstanceOf(JsonValue.Items.class);
        assertThat(read("[".repeat(8) + "]".repeat(8))).isInstanceOf(JsonValue.Items.class);
    }

    @Test
    void bytes_that_are_not_text_are_rejected() {
        assertThatThrownBy(() -> JsonValue.read(new byte[] {'"', (byte) 0xC3, '"'}))
                .isInstanceOf(UnreadableResponseException.class);
        assertThatThrownBy(() -> JsonValue.read(new byte[] {(byte) 0xFF, (byte) 0xFF, 0, 0, 1}))
                .isInstanceOf(UnreadableResponseException.class);
    }

    @Test
    void an_error_contains_nothing_of_the_response() {
        assertThatThrownBy(() -> read("{\"s3cret\":s3cret}")).hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> read("{\"s3cret\":1,\"s3cret\":1}")).hasMessageNotContaining("s3cret");
    }

    @Test
    void a_field_of_another_type_is_named() throws Exception {
        JsonValue json = read("{\"a\":1,\"d\":\"6 July\",\"t\":1.5,\"n\":null}");

        assertThatThrownBy(() -> json.text("a")).hasMessage("no text \"a\"");
        assertThatThrownBy(() -> json.fields("a")).hasMessage("no object \"a\"");
        assertThatThrownBy(() -> json.fields("n")).hasMessage("no object \"n\"");
        assertThatThrownBy(() -> json.date("d")).hasMessage("\"d\" is not a date");
        assertThatThrownBy(() -> json.unixTime("t")).hasMessage("no unix time \"t\"");
        assertThatThrownBy(() -> json.unixTime("gone")).hasMessage("no unix time \"gone\"");
    }

    @Test
    void a_unix_time_is_in_seconds() throws Exception {
        assertThat(read("{\"t\":1783346400}").unixTime("t")).isEqualTo(Instant.parse("2026-07-06T14:00:00Z"));
        assertThatThrownBy(() -> read("{\"t\":1783346400000}").unixTime("t"))
                .isInstanceOf(UnreadableResponseException.class);
    }

    private static JsonValue read(String text) throws UnreadableResponseException {
        return JsonValue.read(text.getBytes(UTF_8));
    }
}
