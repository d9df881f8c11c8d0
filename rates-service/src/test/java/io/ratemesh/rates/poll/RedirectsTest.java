package io.ratemesh.rates.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectsTest {

    private static final URI SECURE = URI.create("https://feed.example/daily.xml?app_id=key");
    private static final URI PLAIN = URI.create("http://127.0.0.1:8080/daily.xml");

    @Test
    void https_may_redirect_to_https() {
        assertThat(Redirects.target(SECURE, SECURE, "https://cdn.example/x"))
                .contains(URI.create("https://cdn.example/x"));
    }

    @Test
    void a_relative_location_is_on_the_same_host() {
        assertThat(Redirects.target(SECURE, SECURE, "/v2/x")).contains(URI.create("https://feed.example/v2/x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://feed.example/daily.xml",
                "HTTP://feed.example/",
                "ftp://feed.example/",
                "file:///etc/passwd",
                "https://user:pass@feed.example/",
                "https:///x",
                "mailto:a@b.example",
                "https://a b/"
            })
    void https_may_not_redirect_to_anything_else(String location) {
        assertThat(Redirects.target(SECURE, SECURE, location)).isEmpty();
    }

    @Test
    void configured_http_may_redirect_to_http_or_https() {
        assertThat(Redirects.target(PLAIN, PLAIN, "/other")).contains(URI.create("http://127.0.0.1:8080/other"));
        assertThat(Redirects.target(PLAIN, PLAIN, "https://feed.example/")).isPresent();
    }

    @Test
    void https_may_not_redirect_to_http_unless_http_is_configured() {
        URI onTheWay = URI.create("https://cdn.example/");
        assertThat(Redirects.target(SECURE, onTheWay, "http://cdn.example/")).isEmpty();
    }
}
