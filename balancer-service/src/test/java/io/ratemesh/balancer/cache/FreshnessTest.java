package io.ratemesh.balancer.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.ratemesh.balancer.cache.Freshness.Use;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {

    private static final Instant NOW = Instant.parse("2026-07-06T14:00:10Z");
    private static final long RECEIVED = -5;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cache-Control: max-age=60 | 0 | 60",
                "Cache-Control: max-age=60, s-maxage=30 | 0 | 30",
                "Cache-Control: max-age=60; Expires: Mon, 06 Jul 2026 14:00:20 GMT | 0 | 60",
                "Date: Mon, 06 Jul 2026 14:00:00 GMT; Expires: Mon, 06 Jul 2026 14:00:20 GMT | 10 | 20",
                "Expires: Mon, 06 Jul 2026 14:00:20 GMT | 0 | 10",
                "Expires: Mon, 06 Jul 2026 14:00:00 GMT | 0 | 0",
                "Expires: 0 | 0 | 0",
                "Expires: Mon, 06 Jul 2026 14:00:20 GMT; Expires: 0 | 0 | 0",
                "Cache-Control: max-age=60; Age: 7 | 7 | 60",
                "Cache-Control: max-age=60; Age: seven | 0 | 60",
                "Cache-Control: max-age=60; Age: 7; Date: Mon, 06 Jul 2026 14:00:00 GMT | 10 | 60",
                "Cache-Control: max-age=60; Age: 20; Date: Mon, 06 Jul 2026 14:00:00 GMT | 20 | 60",
                "Cache-Control: max-age=60; Date: Mon, 06 Jul 2026 14:01:00 GMT | 0 | 60",
                "ETag: a | 0 | 0",
            })
    void age_and_lifetime_follow_RFC_9111(String fields, long age, long lifetime) {
        Freshness freshness = of(fields);

        assertThat(freshness.age(RECEIVED)).isEqualTo(age);
        assertThat(freshness.age(after(25))).isEqualTo(age + 25);
        assertThat(freshness.lifetime()).isEqualTo(lifetime);
    }

    @Test
    void the_time_to_get_a_response_counts_for_what_another_cache_says() {
        HttpHeaders head = fields("Cache-Control: max-age=60; Age: 7");
        long requested = RECEIVED - TimeUnit.SECONDS.toNanos(3);

        assertThat(Freshness.of(head, control(head), requested, RECEIVED, NOW).age(RECEIVED))
                .isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=60 | 59 | | FRESH",
                "max-age=60 | 60 | | AFTER_VALIDATION",
                "max-age=60 | 10 | no-cache | AFTER_VALIDATION",
                "max-age=60 | 10 | max-age=10 | FRESH",
                "max-age=60 | 11 | max-age=10 | AFTER_VALIDATION",
                "max-age=60 | 40 | min-fresh=20 | FRESH",
                "max-age=60 | 41 | min-fresh=20 | AFTER_VALIDATION",
                "max-age=60 | 70 | max-stale | STALE",
                "max-age=60 | 70 | max-stale=10 | STALE",
                "max-age=60 | 71 | max-stale=10 | AFTER_VALIDATION",
                "max-age=60 | 70 | max-stale=x | AFTER_VALIDATION",
                "max-age=60, must-revalidate | 70 | max-stale | AFTER_VALIDATION",
                "max-age=60, proxy-revalidate | 70 | max-stale | AFTER_VALIDATION",
                "s-maxage=60 | 70 | max-stale | AFTER_VALIDATION",
                "max-age=60, stale-while-revalidate=5 | 64 | | WHILE_REVALIDATING",
                "s-maxage=60, stale-while-revalidate=5 | 64 | | WHILE_REVALIDATING",
                "max-age=60, stale-while-revalidate=5 | 65 | | AFTER_VALIDATION",
                "max-age=60, stale-while-revalidate=5 | 64 | max-age=60 | AFTER_VALIDATION",
                "max-age=60, stale-while-revalidate=5 | 64 | min-fresh=0 | AFTER_VALIDATION",
                "max-age=60, stale-while-revalidate=5, must-revalidate | 64 | | AFTER_VALIDATION",
            })
    void both_sides_decide_how_a_response_may_be_used(
            String response, long seconds, @Nullable String request, Use expected) {
        CacheControl of = CacheControl.of(request == null ? List.of() : List.of(request));

        assertThat(of("Cache-Control: " + response).use(of, after(seconds))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=60 | 61 | false",
                "max-age=60 | 10 | false",
                "max-age=60, stale-if-error=10 | 10 | true",
                "max-age=60, stale-if-error=10 | 69 | true",
                "max-age=60, stale-if-error=10 | 70 | false",
                "max-age=60, stale-if-error=10, must-revalidate | 69 | false",
            })
    void an_error_of_the_server_is_hidden_for_as_long_as_it_allows(String response, long seconds, boolean usable) {
        assertThat(of("Cache-Control: " + response).isUsableOnError(after(seconds)))
                .isEqualTo(usable);
    }

    private static Freshness of(String fields) {
        HttpHeaders head = fields(fields);
        return Freshness.of(head, control(head), RECEIVED, RECEIVED, NOW);
    }

    static HttpHeaders fields(String fields) {
        HttpHeaders head = new DefaultHttpHeaders();
        for (String field : fields.split("; ", -1)) {
            head.add(field.substring(0, field.indexOf(':')), field.substring(field.indexOf(':') + 2));
        }
        return head;
    }

    static CacheControl control(HttpHeaders head) {
        return CacheControl.of(head.getAll("Cache-Control"));
    }

    private static long after(long seconds) {
        return RECEIVED + TimeUnit.SECONDS.toNanos(seconds);
    }
}
