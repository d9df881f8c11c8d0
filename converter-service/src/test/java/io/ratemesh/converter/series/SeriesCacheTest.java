package io.ratemesh.converter.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeriesCacheTest {

    private static final String DAYS = "days";

    private final SeriesCache<String, String> cache = new SeriesCache<>(10, String::length);
    private final List<String> made = new ArrayList<>();

    @Test
    void a_cached_result_is_not_made_again() {
        ask(DAYS, "four");
        ask(DAYS, "four");

        assertThat(made).containsExactly("four");
    }

    @Test
    void concurrent_requests_share_one_result() {
        Promise<String> slow = Promise.promise();
        Optional<Future<String>> first = cache.get(DAYS, "slow", slow::future);
        Optional<Future<String>> second = cache.get(DAYS, "slow", () -> Future.failedFuture("made twice"));
        slow.complete("slow");

        assertThat(first.orElseThrow().result()).isEqualTo("slow");
        assertThat(second.orElseThrow().result()).isEqualTo("slow");
    }

    @Test
    void the_least_recently_used_is_evicted_when_the_cache_is_full() {
        ask(DAYS, "four");
        ask(DAYS, "five5");
        ask(DAYS, "four");
        ask(DAYS, "six");
        assertThat(cache.bytes()).isEqualTo(7);
        ask(DAYS, "four");
        ask(DAYS, "five5");

        assertThat(made).containsExactly("four", "five5", "six", "five5");
    }

    @Test
    void a_result_larger_than_the_cache_is_not_cached() {
        ask(DAYS, "longer than ten");

        assertThat(cache.bytes()).isZero();
    }

    @Test
    void another_source_clears_the_cache_and_results_in_the_making() {
        Promise<String> slow = Promise.promise();
        cache.get(DAYS, "slow", slow::future);
        ask("other days", "four");
        slow.complete("slow");
        ask("other days", "slow");

        assertThat(made).containsExactly("four", "slow");
        assertThat(cache.bytes()).isEqualTo(8);
    }

    @Test
    void a_failure_is_not_cached() {
        cache.get(DAYS, "four", () -> Future.failedFuture("no rate"));
        ask(DAYS, "four");

        assertThat(made).containsExactly("four");
    }

    @Test
    void too_many_results_in_the_making_are_rejected() {
        for (int i = 0; i < 64; i++) {
            assertThat(cache.get(
                            DAYS, "slow" + i, () -> Promise.<String>promise().future()))
                    .isPresent();
        }

        assertThat(cache.get(DAYS, "one more", () -> Future.succeededFuture("one more")))
                .isEmpty();
        assertThat(cache.get(DAYS, "slow0", () -> Future.failedFuture("made twice")))
                .isPresent();
    }

    private void ask(String source, String key) {
        assertThat(cache.get(source, key, () -> {
                            made.add(key);
                            return Future.succeededFuture(key);
                        })
                        .map(Future::result))
                .contains(key);
    }
}
