package io.ratemesh.balancer.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestForgeryTest {

    private Instant now = Instant.parse("2026-07-06T14:00:00Z");

    @Test
    void a_token_is_valid_for_one_user_and_12_to_24_hours() {
        CsrfTokens tokens = new CsrfTokens(() -> now);
        String token = tokens.of("admin");

        assertThat(tokens.isValid("admin", token)).isTrue();
        assertThat(tokens.isValid("viewer", token)).isFalse();
        assertThat(tokens.isValid("admin", token + "x")).isFalse();
        assertThat(tokens.isValid("admin", "")).isFalse();
        assertThat(new CsrfTokens(() -> now).isValid("admin", token))
                .as("another process")
                .isFalse();
        now = now.plus(Duration.ofHours(12));
        assertThat(tokens.isValid("admin", token)).isTrue();
        now = now.plus(Duration.ofHours(12));
        assertThat(tokens.isValid("admin", token)).isFalse();
    }

    @Test
    void another_origin_and_a_hidden_one_are_cross_site() {
        assertThat(foreign("Origin", "http://balancer:8404")).isEmpty();
        assertThat(foreign("Origin", "HTTPS://BALANCER:8404")).isEmpty();
        assertThat(foreign("Origin", "http://balancer:8405")).isPresent();
        assertThat(foreign("Origin", "http://evil.example")).isPresent();
        assertThat(foreign("Origin", "http://balancer:8404.evil.example")).isPresent();
        assertThat(foreign("Origin", "null")).isPresent();
        assertThat(foreign("Sec-Fetch-Site", "cross-site")).isPresent();
        assertThat(foreign("Sec-Fetch-Site", "same-site")).isPresent();
        assertThat(foreign("Sec-Fetch-Site", "same-origin")).isEmpty();
        assertThat(RequestOrigin.crossSiteReason(fields("Origin", "http://"), ""))
                .isPresent();
    }

    @Test
    void browsers_are_distinguished_from_other_programs() {
        assertThat(RequestOrigin.isBrowser(fields("User-Agent", "curl/8.5.0"))).isFalse();
        assertThat(RequestOrigin.isBrowser(fields("Accept", "*/*"))).isFalse();
        assertThat(RequestOrigin.isBrowser(fields("User-Agent", "Mozilla/5.0 (X11)")))
                .isTrue();
        assertThat(RequestOrigin.isBrowser(fields("Origin", "null"))).isTrue();
        assertThat(RequestOrigin.isBrowser(fields("Referer", "http://balancer:8404/stats")))
                .isTrue();
    }

    private static Optional<String> foreign(String name, String value) {
        return RequestOrigin.crossSiteReason(fields(name, value), "balancer:8404");
    }

    private static MultiMap fields(String name, String value) {
        return MultiMap.caseInsensitiveMultiMap().add(name, value);
    }
}
