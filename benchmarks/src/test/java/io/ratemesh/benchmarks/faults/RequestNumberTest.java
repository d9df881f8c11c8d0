package io.ratemesh.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestNumberTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 7, 123_456, 9_999_999_999L})
    void the_number_of_a_request_line_is_parsed(long number) {
        assertThat(RequestNumber.parse("GET " + RequestNumber.target(number) + " HTTP/1.1"))
                .isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /health HTTP/1.1", "GET /health HTTP/1.0", "", "GET /numbered/1"})
    void a_request_line_without_a_number_has_none(String line) {
        assertThat(RequestNumber.parse(line)).isEqualTo(RequestNumber.NONE);
    }
}
