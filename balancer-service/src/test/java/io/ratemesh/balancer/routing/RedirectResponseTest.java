package io.ratemesh.balancer.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectResponseTest {

    @ParameterizedTest
    @CsvSource({
        "/new/a, /new/a",
        "//evil.example/a, /evil.example/a",
        "///evil.example/a, /evil.example/a",
        "/\\evil.example/a, /evil.example/a",
        "\\\\evil.example/a, /evil.example/a",
        "https://shop.example//a, https://shop.example//a",
    })
    void a_path_cannot_become_another_host(String rendered, String location) {
        assertThat(RedirectResponse.location(rendered)).isEqualTo(location);
    }
}
