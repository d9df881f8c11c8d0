package io.ratemesh.balancer.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPathsTest {

    @ParameterizedTest
    @CsvSource({
        "/api, true",
        "/api?x=/, true",
        "/api/, true",
        "/api/v1/convert?from=USD, true",
        "/v1, true",
        "/v1?base=EUR, true",
        "/v1/, true",
        "/v1/latest, true",
        "/, false",
        "*, false",
        "/ap, false",
        "/apis, false",
        "/v, false",
        "/v10/latest, false",
        "/API/v1/convert, false",
        "/x/api/, false",
        "/?/v1/, false",
    })
    void the_APIs_are_two_paths_and_all_below_them(String target, boolean api) {
        byte[] bytes = ("GET " + target + " HTTP/1.1").getBytes(US_ASCII);

        assertThat(RequestPaths.isApi(target)).isEqualTo(api);
        assertThat(RequestPaths.isApi(bytes, 4, 4 + target.length()))
                .as("of bytes")
                .isEqualTo(api);
    }

    @ParameterizedTest
    @CsvSource({
        "/health, true",
        "/health?x, true",
        "/health/ready, true",
        "/health/ready?x, true",
        "/healthy, false",
        "/heal, false",
        "/?/health, false",
    })
    void health_is_a_path_and_all_below_it_with_or_without_a_query(String target, boolean health) {
        assertThat(RequestPaths.isHealth(target)).isEqualTo(health);
    }

    @Test
    void only_v1_is_the_API_of_Frankfurter() {
        assertThat(RequestPaths.isFrankfurter("/v1?base=EUR")).isTrue();
        assertThat(RequestPaths.isFrankfurter("/api/v1/convert")).isFalse();
    }

    @Test
    void every_target_is_below_the_empty_path() {
        assertThat(RequestPaths.isAtOrBelow("/x", "")).isTrue();
        assertThat(RequestPaths.isAtOrBelow("*", "")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/admin/, /admin/",
        "//admin/, /admin/",
        "///admin//x///, /admin/x/",
        "/%61dmin/, /admin/",
        "/%2Fadmin%2f, /admin/",
        "/caf%C3%a9, /caf\u00c3\u00a9",
        "/a%3Fb?c, /a%3Fb?c",
        "/%2561dmin, /%61dmin",
        "/a?b=//%61, /a?b=//%61",
        "//a?b=//%61, /a?b=//%61",
        "/%zz%6%, /%zz%6%",
        "/a%6?1, /a%6?1",
        "*, *",
    })
    void servers_may_decode_escapes_and_merge_slashes_of_the_path_once(String target, String decoded) {
        assertThat(RequestPaths.decoded(target)).isEqualTo(decoded);
    }
}
