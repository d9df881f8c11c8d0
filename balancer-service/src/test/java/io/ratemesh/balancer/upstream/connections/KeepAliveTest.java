package io.ratemesh.balancer.upstream.connections;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepAliveTest {

    @ParameterizedTest
    @CsvSource({
        "'timeout=5, max=100', 4",
        "'max=100, timeout=30', 29",
        "timeout=1, 0",
        "timeout=0, 0",
        "timeout=86400, 60",
        "timeout=99999999999999999999, 60",
        "max=100, -1",
        "timeout=x, 0"
    })
    void it_is_shorter_than_the_upstreams(String said, int seconds) {
        assertThat(KeepAlive.seconds(said)).isEqualTo(seconds);
    }
}
