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
    void what_was_made_is_not_made_again() {
        ask(DAYS, "four");
        ask(DAYS, "four");

        assertThat(made).containsExactly("four");
    }

    @Test
    void what_is_on_its_way_is_made_once() {
        Promise<String> slow = Promise.promise();
        Optional<Future<String>> first = cache.get(DAYS, "slow", slow::future);
        Optional<Future<String>> second = cache.get(DAYS, "slow", () -> Future.failedFuture("asked twice"));
        slow.complete("slow");

        assertThat(first.orElseThrow().result()).isEqualTo("slow");
        assertThat(second.orElseThrow().result()).isEqualTo("slow");
    }

    @Test
    void the_least_recently_asked_for_goes_when_the_bytes_are_full() {
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
    void what_is_longer_than_all_is_not_kept() {
        ask(DAYS, "longer than ten");

        assertThat(cache.bytes()).isZero();
    }

    @Test
    void of_another_source_nothing_is_kept_also_not_what_was_on_its_way() {
        Promise<String> slow = Promise.promise();
        cache.get(DAYS, "slow", slow::future);
        ask("other days", "four");
        slow.complete("slow");
        ask("other days", "slow");

        assertThat(made).containsExactly("four", "slow");
        assertThat(cache.bytes()).isEqualTo(8);
    }

    @Test
    void a_failure_is_not_kept() {
        cache.get(DAYS, "four", () -> Future.failedFuture("no rate"));
        ask(DAYS, "four");

        assertThat(made).containsExactly("four");
    }

    @Test
    void more_than_can_be_made_soon_is_refused() {
        for (int i = 0; i < 64; i++) {
            assertThat(cache.get(
                            DAYS, "slow" + i, () -> Promise.<String>promise().future()))
                    .isPresent();
        }

        assertThat(cache.get(DAYS, "one more", () -> Future.succeededFuture("one more")))
                .isEmpty();
        assertThat(cache.get(DAYS, "slow0", () -> Future.failedFuture("asked twice")))
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
