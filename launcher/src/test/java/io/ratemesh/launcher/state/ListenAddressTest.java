package io.ratemesh.launcher.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenAddressTest {

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, http://127.0.0.1:8080/x",
        "::, http://127.0.0.1:8080/x",
        "192.0.2.7, http://192.0.2.7:8080/x",
        "::1, http://[::1]:8080/x",
        "[::], http://127.0.0.1:8080/x",
        "[::1], http://[::1]:8080/x"
    })
    void is_reached_from_its_own_machine(String bind, String expected) {
        assertThat(new ListenAddress(bind, 8080).uri("/x")).hasToString(expected);
    }
}
