package io.ratemesh.benchmarks.slow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlowHttpClientTest {

    @ParameterizedTest
    @EnumSource
    void each_attack_connects_within_a_second_and_writes_statistics(SlowAttack attack) {
        assertThat(arguments(attack))
                .containsSequence("-c", "1000", "-r", "1000", "-l", "17")
                .containsSequence("-g", "-o", "/run/here/slowhttptest");
    }

    @Test
    void heads_bodies_and_reads_are_slow() {
        assertThat(Arrays.stream(SlowAttack.values()).map(SlowHttpClientTest::arguments))
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("-H").contains("http://127.0.0.1:8080/shop/item"),
                        body -> assertThat(body).startsWith("-B").contains("http://127.0.0.1:8080/shop/upload"),
                        read -> assertThat(read).startsWith("-X").contains("http://127.0.0.1:8080/shop/large"));
    }

    private static List<String> arguments(SlowAttack attack) {
        return SlowHttpClient.arguments(attack, 8080, 1000, 17, Path.of("/run/here"));
    }
}
