package io.ratemesh.balancer.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/?from=USD&to=EUR&amount=100",
                "/api/v1/convert?from=USD",
                "/a.b/..c/d..",
                "/api/v1/rates/USD/JPY",
                "/search?q=../..",
                "/%41",
                "/...",
                "/.../a;.",
                "/a%2e%2e/..b;c",
                "/%2e%2e%2e%zz%",
                "//"
            })
    void takes_what_names_a_resource_here(String target) {
        assertThat(RequestTarget.acceptable(target)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "admin",
                "http://elsewhere/",
                "/api/../metrics",
                "/api/..",
                "/api/.",
                "/./api",
                "/api/%2e%2e/metrics",
                "/api/%2E./metrics",
                "/api/.%2e",
                "/api\\..\\metrics",
                "/a#fragment",
                "/a b",
                "/a\tb",
                "/api/..%2fmetrics",
                "/api/..%5Cmetrics",
                "/api/..;x/metrics",
                "/a\u0000b",
                "/\u00e9"
            })
    void refuses_what_is_no_path_here_or_walks_out_of_its_route(String target) {
        assertThat(RequestTarget.acceptable(target)).isFalse();
    }
}
