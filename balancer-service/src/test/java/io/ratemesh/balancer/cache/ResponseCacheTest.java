package io.ratemesh.balancer.cache;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.ratemesh.balancer.cache.Fill.Outcome;
import io.ratemesh.node.settings.CacheSettings;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResponseCacheTest {

    private static final int MAX_SIZE = 64 * 1024;
    private static final Fill.Terms TERMS = new Fill.Terms(CacheControl.of(List.of()), false);
    private static final MultiMap NO_FIELDS = fields();

    private long nanos = -1;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final ResponseCache cache = new ResponseCache(
            "/",
            new CacheSettings(MAX_SIZE, 16 * 1024, Duration.ofSeconds(5)),
            () -> nanos,
            InstantSource.fixed(Instant.EPOCH));

    @Test
    void a_response_is_found_by_host_target_and_variant() {
        store(key("/a"), NO_FIELDS, "one");

        assertThat(content(key("/a"), NO_FIELDS)).isEqualTo("one");
        assertThat(content(key("/b"), NO_FIELDS)).isNull();
        assertThat(content(new CacheKey("other", "/a", "http"), NO_FIELDS)).isNull();
        assertThat(content(new CacheKey("shop", "/a", "https"), NO_FIELDS)).isNull();
    }

    @Test
    void the_fields_that_Vary_names_select_a_variant() {
        store(key("/a"), fields("Accept-Language", "de, en"), "deutsch", "Vary", "accept-language");
        store(key("/a"), NO_FIELDS, "any", "Vary", "Accept-Language");

        assertThat(content(key("/a"), fields("Accept-Language", "de,en"))).isEqualTo("deutsch");
        assertThat(content(key("/a"), fields("Accept-Language", "en"))).isNull();
        assertThat(content(key("/a"), fields("Accept-Language", ""))).isNull();
        assertThat(content(key("/a"), NO_FIELDS)).isEqualTo("any");
    }

    @Test
    void a_response_with_another_Vary_replaces_all_variants() {
        store(key("/a"), fields("Accept-Language", "de"), "deutsch", "Vary", "Accept-Language");
        store(key("/a"), fields("Accept-Language", "en"), "english", "Vary", "Accept-Language");
        store(key("/a"), NO_FIELDS, "all");

        assertThat(content(key("/a"), fields("Accept-Language", "de"))).isEqualTo("all");
        assertThat(cache.snapshot().entries()).isEqualTo(1);
    }

    @Test
    void memory_is_bounded_and_what_was_used_longest_ago_goes() {
        String tenKilobytes = "x".repeat(10_000);
        for (int i = 0; i < 6; i++) {
            store(key("/" + i), NO_FIELDS, tenKilobytes);
        }
        assertThat(content(key("/0"), NO_FIELDS)).isNotNull();
        store(key("/6"), NO_FIELDS, tenKilobytes);

        assertThat(content(key("/0"), NO_FIELDS)).isNotNull();
        assertThat(content(key("/1"), NO_FIELDS)).isNull();
        assertThat(cache.snapshot().bytes()).isLessThanOrEqualTo(MAX_SIZE).isGreaterThan(60_000);
        assertThat(cache.snapshot().evictions()).isEqualTo(1);
        assertThat(cache.snapshot().entries()).isEqualTo(6);

        assertThat(cache.purgeAll()).isEqualTo(6);
        assertThat(cache.snapshot().bytes()).isZero();
    }

    @Test
    void many_small_entries_are_bounded_too() {
        for (int i = 0; i < 1000; i++) {
            store(key("/" + i), NO_FIELDS, "");
        }

        assertThat(cache.snapshot().entries()).isBetween(50L, 130L);
        assertThat(cache.snapshot().bytes()).isLessThanOrEqualTo(MAX_SIZE);
    }

    @Test
    void responses_under_way_may_use_as_much_memory_again_and_no_more() {
        List<Fill> fills = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Fill fill = cache.fill(key("/" + i), NO_FIELDS, TERMS);
            assertThat(begin(fill, -1)).isTrue();
            assertThat(fill.received(Unpooled.wrappedBuffer(new byte[15_000]))).isEqualTo(i < 4);
            fills.add(fill);
        }
        fills.forEach(Fill::ended);

        Fill next = cache.fill(key("/next"), NO_FIELDS, TERMS);
        begin(next, -1);
        assertThat(next.received(Unpooled.wrappedBuffer(new byte[15_000]))).isTrue();
        assertThat(cache.snapshot().entries()).isZero();
    }

    @Test
    void a_response_that_is_too_long_or_incomplete_is_not_stored() {
        assertThat(begin(cache.fill(key("/long"), NO_FIELDS, TERMS), 16 * 1024 + 1))
                .isFalse();
        Fill unknown = cache.fill(key("/unknown"), NO_FIELDS, TERMS);
        begin(unknown, -1);
        assertThat(unknown.received(Unpooled.wrappedBuffer(new byte[16 * 1024])))
                .isTrue();
        assertThat(unknown.received(Unpooled.wrappedBuffer(new byte[1]))).isFalse();
        unknown.completed(false);
        Fill broken = cache.fill(key("/broken"), NO_FIELDS, TERMS);
        begin(broken, 5);
        broken.received(Unpooled.wrappedBuffer(new byte[4]));
        broken.ended();
        Fill trailers = cache.fill(key("/trailers"), NO_FIELDS, TERMS);
        begin(trailers, -1);
        trailers.completed(true);

        assertThat(cache.snapshot().entries()).isZero();
    }

    @Test
    void a_purge_removes_all_variants_and_what_is_under_way() {
        store(key("/a"), NO_FIELDS, "http");
        store(new CacheKey("shop", "/a", "https"), NO_FIELDS, "https");
        store(key("/b"), NO_FIELDS, "other");
        Fill underWay = cache.fill(key("/a"), NO_FIELDS, TERMS);
        begin(underWay, 0);

        assertThat(cache.purge("shop", "/a")).isEqualTo(2);
        underWay.completed(false);

        assertThat(content(key("/a"), NO_FIELDS)).isNull();
        assertThat(content(key("/b"), NO_FIELDS)).isEqualTo("other");
        assertThat(cache.snapshot().entries()).isEqualTo(1);
    }

    @Test
    void equal_requests_wait_until_the_response_is_stored() {
        Fill leader = lead("/a", NO_FIELDS);
        assertThat(join("/a", NO_FIELDS).leads()).isFalse();
        ResponseCache.Joined left = join("/a", NO_FIELDS);
        lead("/b", NO_FIELDS);
        assertThat(cache.snapshot().waiting()).isEqualTo(2);
        left.fill().leave(waiter);
        assertThat(cache.snapshot().waiting()).isEqualTo(1);

        begin(leader, 0);
        assertThat(outcomes).isEmpty();
        leader.completed(false);
        leader.ended();

        assertThat(outcomes).containsExactly(Outcome.STORED);
        assertThat(cache.snapshot().waiting()).isZero();
        lead("/a", NO_FIELDS);
    }

    @Test
    void after_a_failure_another_one_leads() {
        Fill leader = lead("/a", NO_FIELDS);
        join("/a", NO_FIELDS);
        leader.ended();

        assertThat(outcomes).containsExactly(Outcome.FAILED);
        lead("/a", NO_FIELDS);
        assertThat(join("/a", NO_FIELDS).leads()).isFalse();
    }

    @Test
    void for_some_time_after_a_response_that_is_not_storable_nobody_waits() {
        Fill leader = lead("/a", NO_FIELDS);
        join("/a", NO_FIELDS);
        leader.responseStarted(200, null, fields("Cache-Control", "no-store"), 0);

        assertThat(outcomes).containsExactly(Outcome.NOT_STORABLE);
        lead("/a", NO_FIELDS);
        lead("/a", NO_FIELDS);
        nanos += Duration.ofSeconds(10).toNanos();
        lead("/a", NO_FIELDS);
        assertThat(join("/a", NO_FIELDS).leads()).isFalse();
    }

    @Test
    void an_error_of_the_server_ends_the_wait_and_is_not_remembered() {
        Fill leader = lead("/a", NO_FIELDS);
        join("/a", NO_FIELDS);
        leader.responseStarted(503, null, fields("Cache-Control", "max-age=60"), 0);

        assertThat(outcomes).containsExactly(Outcome.SERVER_ERROR);
        lead("/a", NO_FIELDS);
        assertThat(join("/a", NO_FIELDS).leads()).isFalse();
    }

    @Test
    void nobody_begins_to_wait_for_a_client_that_takes_nothing() {
        Fill slow = lead("/a", NO_FIELDS);
        begin(slow, 1);
        slow.stalled();
        nanos += Duration.ofMillis(200).toNanos();
        assertThat(join("/a", NO_FIELDS).leads()).isFalse();
        nanos += Duration.ofMillis(100).toNanos();
        Fill next = lead("/a", NO_FIELDS);
        assertThat(join("/a", NO_FIELDS).fill()).isSameAs(next);

        slow.ended();
        assertThat(join("/a", NO_FIELDS).fill()).isSameAs(next);
    }

    @Test
    void requests_for_other_variants_do_not_wait_once_that_is_known() {
        store(key("/a"), fields("Accept-Language", "de"), "deutsch", "Vary", "Accept-Language");
        lead("/a", fields("Accept-Language", "de"));
        lead("/a", fields("Accept-Language", "en"));
        assertThat(join("/a", fields("Accept-Language", "en")).leads()).isFalse();
    }

    @Test
    void a_304_updates_fields_and_freshness_and_keeps_the_content() {
        store(key("/a"), NO_FIELDS, "one", "ETag", "\"1\"", "Age", "7", "X-A", "old");
        StoredResponse stored = Objects.requireNonNull(cache.find(key("/a"), NO_FIELDS));
        nanos += Duration.ofSeconds(100).toNanos();

        StoredResponse updated = cache.fill(key("/a"), NO_FIELDS, TERMS)
                .validated(stored, fields("Cache-Control", "max-age=9", "X-A", "new", "Content-Length", "0"));

        assertThat(cache.find(key("/a"), NO_FIELDS)).isSameAs(updated);
        assertThat(new String(updated.content(), US_ASCII)).isEqualTo("one");
        assertThat(updated.freshness().remaining(nanos)).isEqualTo(9);
        assertThat(updated.fields().get("X-A")).isEqualTo("new");
        assertThat(updated.fields().get("ETag")).isEqualTo("\"1\"");
        assertThat(updated.fields().contains("Content-Length")).isFalse();
    }

    @Test
    void a_304_after_which_the_response_may_not_be_stored_removes_it() {
        store(key("/a"), NO_FIELDS, "one", "ETag", "\"1\"");
        StoredResponse stored = Objects.requireNonNull(cache.find(key("/a"), NO_FIELDS));

        StoredResponse updated = cache.fill(key("/a"), NO_FIELDS, TERMS)
                .validated(stored, fields("Cache-Control", "private, max-age=9"));

        assertThat(new String(updated.content(), US_ASCII)).isEqualTo("one");
        assertThat(cache.find(key("/a"), NO_FIELDS)).isNull();
    }

    @Test
    void a_client_that_has_the_response_is_recognized() {
        store(key("/a"), NO_FIELDS, "one", "ETag", "\"1\"", "Last-Modified", "Mon, 06 Jul 2026 14:00:00 GMT");
        StoredResponse stored = Objects.requireNonNull(cache.find(key("/a"), NO_FIELDS));

        assertThat(stored.isNotModified(fields("If-None-Match", "\"0\", W/\"1\"")))
                .isTrue();
        assertThat(stored.isNotModified(fields("If-None-Match", "*"))).isTrue();
        assertThat(stored.isNotModified(fields("If-None-Match", "\"2\""))).isFalse();
        assertThat(stored.isNotModified(fields("If-Modified-Since", "Mon, 06 Jul 2026 14:00:00 GMT")))
                .isTrue();
        assertThat(stored.isNotModified(fields("If-Modified-Since", "Mon, 06 Jul 2026 13:59:59 GMT")))
                .isFalse();
        assertThat(stored.isNotModified(
                        fields("If-None-Match", "\"2\"", "If-Modified-Since", "Mon, 06 Jul 2026 14:00:00 GMT")))
                .isFalse();
        assertThat(stored.isNotModified(NO_FIELDS)).isFalse();
    }

    @Test
    void the_results_are_counted() {
        cache.count(CacheResult.HIT);
        cache.count(CacheResult.HIT);

        assertThat(cache.snapshot().requests()).containsAllEntriesOf(Map.of(CacheResult.HIT, 2L, CacheResult.MISS, 0L));
    }

    private final Fill.Waiter waiter = outcomes::add;

    private ResponseCache.Joined join(String target, MultiMap request) {
        return cache.join(key(target), request, TERMS, waiter);
    }

    private Fill lead(String target, MultiMap request) {
        ResponseCache.Joined joined = join(target, request);
        assertThat(joined.leads()).isTrue();
        return joined.fill();
    }

    private static boolean begin(Fill fill, long length) {
        return fill.responseStarted(200, null, fields("Cache-Control", "max-age=60"), length);
    }

    private void store(CacheKey key, MultiMap request, String content, String... more) {
        MultiMap fields = fields(more).add("Cache-Control", "max-age=60");
        Fill fill = cache.fill(key, request, TERMS);
        assertThat(fill.responseStarted(200, null, fields, content.length())).isTrue();
        assertThat(fill.received(Unpooled.copiedBuffer(content, US_ASCII))).isTrue();
        fill.completed(false);
    }

    private @Nullable String content(CacheKey key, MultiMap request) {
        StoredResponse found = cache.find(key, request);
        return found == null ? null : new String(found.content(), US_ASCII);
    }

    private static CacheKey key(String target) {
        return new CacheKey("shop", target, "http");
    }

    private static MultiMap fields(String... namesAndValues) {
        MultiMap fields = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
