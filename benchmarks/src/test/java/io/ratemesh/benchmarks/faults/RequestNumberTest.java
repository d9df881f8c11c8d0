package io.ratemesh.benchmarks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestNumberTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 7, 123_456, 9_999_999_999L})
    void a_number_is_read_from_the_request_that_has_it(long number) {
        assertThat(RequestNumber.of("GET " + RequestNumber.target(number) + " HTTP/1.1"))
                .isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /health HTTP/1.1", "GET /health HTTP/1.0", "", "GET /numbered/1"})
    void what_has_no_number_is_no_request_of_the_load(String line) {
        assertThat(RequestNumber.of(line)).isEqualTo(RequestNumber.NONE);
    }
}
