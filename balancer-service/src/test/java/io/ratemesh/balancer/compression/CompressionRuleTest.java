package io.ratemesh.balancer.compression;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.ratemesh.node.settings.CompressionSettings;
import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionRuleTest {

    private static final long UNKNOWN = -1;

    private final MultiMap request = MultiMap.caseInsensitiveMultiMap();
    private final HttpHeaders head = new DefaultHttpHeaders().add("Content-Type", "application/json");

    @ParameterizedTest
    @CsvSource({"1000, true", "999, false", "-1, true"})
    void content_shorter_than_the_limit_is_not_compressed(long length, boolean allowed) {
        assertThat(rule(false).allows(request, 200, head, length)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, true",
        "'Application/JSON; charset=utf-8', true",
        "text/anything, true",
        "text/event-stream, false",
        "'text/event-stream; charset=utf-8', false",
        "application/grpc, false",
        "image/png, false",
        "json, false",
        "'', false",
    })
    void only_listed_types_are_compressed_and_streams_of_events_never(String type, boolean allowed) {
        head.set("Content-Type", type);

        assertThat(rule(true).allows(request, 200, head, UNKNOWN)).isEqualTo(allowed);
    }

    @Test
    void content_without_a_type_is_not_compressed() {
        head.clear();

        assertThat(rule(true).allows(request, 200, head, UNKNOWN)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Encoding: gzip",
                "Content-Encoding: br",
                "Content-Range: bytes 0-9/1000",
                "Cache-Control: public, No-Transform",
                "Repr-Digest: sha-256=:AA==:",
                "Content-MD5: AA==",
            })
    void a_response_that_must_stay_as_it_is_is_not_compressed(String field) {
        add(head, field);

        assertThat(rule(true).allows(request, 200, head, UNKNOWN)).isFalse();
    }

    @Test
    void a_part_of_a_response_is_not_compressed_and_an_error_is() {
        assertThat(rule(true).allows(request, 206, head, UNKNOWN)).isFalse();
        assertThat(rule(true).allows(request, 500, head, UNKNOWN)).isTrue();
    }

    @Test
    void the_coding_identity_is_none() {
        head.set("Content-Encoding", "identity");

        assertThat(rule(false).allows(request, 200, head, UNKNOWN)).isTrue();
    }

    @Test
    void a_request_can_forbid_it() {
        request.add("Cache-Control", "no-transform");

        assertThat(rule(true).allows(request, 200, head, UNKNOWN)).isFalse();
    }

    @Test
    void responses_with_secrets_are_compressed_only_where_that_is_set() {
        head.add("Set-Cookie", "a=b");
        assertThat(rule(false).allows(request, 200, head, UNKNOWN)).isFalse();
        assertThat(rule(true).allows(request, 200, head, UNKNOWN)).isTrue();

        head.remove("Set-Cookie");
        assertThat(rule(false).allows(request, 200, head, UNKNOWN)).isTrue();
        for (String field : List.of("Cookie", "Authorization")) {
            request.clear().add(field, "a=b");
            assertThat(rule(false).allows(request, 200, head, UNKNOWN)).isFalse();
            assertThat(rule(true).allows(request, 200, head, UNKNOWN)).isTrue();
        }
    }

    private static void add(HttpHeaders head, String field) {
        head.add(field.split(": ", 2)[0], field.split(": ", 2)[1]);
    }

    private static CompressionRule rule(boolean withCookies) {
        return new CompressionRule(new CompressionSettings(
                CompressionSettings.Pools.ALL, 1000, List.of("application/json", "text/*"), withCookies));
    }
}
