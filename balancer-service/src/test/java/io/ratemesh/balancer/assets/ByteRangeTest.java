package io.ratemesh.balancer.assets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, bytes 0-0/100",
        "bytes=0-99, bytes 0-99/100",
        "bytes=0-, bytes 0-99/100",
        "bytes=10-19, bytes 10-19/100",
        "bytes=90-1000, bytes 90-99/100",
        "bytes=-1, bytes 99-99/100",
        "bytes=-1000, bytes 0-99/100",
        "bytes=100-, bytes */100",
        "bytes=100-200, bytes */100",
        "bytes=-0, bytes */100",
        "bytes=999999999999999999-, bytes */100",
        "bytes=0-999999999999999999, bytes 0-99/100",
        "bytes=0-99999999999999999999, bytes 0-99/100",
        "bytes=99999999999999999999-, bytes */100",
        "bytes=00000000000000000000010-11, bytes 10-11/100",
    })
    void a_single_range_is_parsed(String field, String contentRange) {
        assertThat(ByteRange.parse(field, 100).orElseThrow().contentRange(100)).isEqualTo(contentRange);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=5-4",
                "bytes=0-1,3-4",
                "lines=0-1",
                "bytes=a-b",
                "bytes=+1-2"
            })
    void anything_else_is_ignored(String field) {
        assertThat(ByteRange.parse(field, 100)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-,bytes */0", "bytes=-0,bytes */0"})
    void an_empty_body_has_no_satisfiable_range(String field, String contentRange) {
        assertThat(ByteRange.parse(field, 0).orElseThrow().contentRange(0)).isEqualTo(contentRange);
        assertThat(ByteRange.parse("bytes=-5", 0)).isEmpty();
    }
}
