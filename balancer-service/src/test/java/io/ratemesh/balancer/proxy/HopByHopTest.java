package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.http.HopByHop;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HopByHopTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection",
                "keep-alive",
                "Proxy-Connection",
                "Proxy-Authenticate",
                "Proxy-Authorization",
                "TE",
                "TRANSFER-ENCODING",
                "Upgrade"
            })
    void knows_the_fields_that_never_go_further_in_any_case(String name) {
        assertThat(HopByHop.always(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Accept", "Content-Length", "Host", "ETag", "Location", "Content-Encoding", "Trailer"})
    void leaves_the_others(String name) {
        assertThat(HopByHop.always(name)).isFalse();
    }

    @Test
    void takes_the_fields_that_connection_names() {
        assertThat(HopByHop.named(List.of("close, X-Secret", "Keep-Alive,x-other ,, ")))
                .containsExactlyInAnyOrder("x-secret", "x-other");
        assertThat(HopByHop.named(List.of("keep-alive"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "Content-Length",
                "content-type",
                "Authorization",
                "Cookie",
                "Set-Cookie",
                "Cache-Control",
                "X-Forwarded-For",
                "If-Match",
                "Accept"
            })
    void connection_takes_nothing_that_all_recipients_need(String name) {
        assertThat(HopByHop.named(List.of("close, " + name + ", X-Other"))).containsExactly("x-other");
    }
}
