package io.ratemesh.balancer.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
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
    void accepts_a_path(String target) {
        assertThat(check(target)).isNull();
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
    void rejects_what_is_no_path_or_leaves_its_route(String target) {
        assertThat(check(target)).isNotNull();
    }

    private static @Nullable RefusalReason check(String target) {
        byte[] bytes = target.getBytes(ISO_8859_1);
        return RequestTarget.check(bytes, 0, bytes.length, false);
    }
}
