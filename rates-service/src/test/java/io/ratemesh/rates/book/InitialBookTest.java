package io.ratemesh.rates.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InitialBookTest {

    private static final Instant NOW = Instant.parse("2026-07-08T09:00:00Z");
    private static final RateBook BUNDLED = BundledBook.read();

    private static final RateChoice CHOICE = new RateChoice(List.of("ecb"));

    private final InitialBook initial = initial(false);

    @Test
    void a_start_without_other_books_has_the_bundled_day_marked_stale() {
        RateBook book = initial.merge(CHOICE, RateBook.EMPTY, List.of(RateBook.EMPTY, BUNDLED));

        assertThat(book.version()).isEqualTo(NOW.toEpochMilli());
        assertThat(book.rates()).hasSize(29).allSatisfy((code, rate) -> {
            assertThat(rate.stale(NOW)).isTrue();
            assertThat(rate.source()).isEqualTo("ecb");
            assertThat(rate.asOf()).isEqualTo("2026-07-06T14:00:00Z");
        });
    }

    @Test
    void the_bundled_day_is_stale_even_on_its_own_day() {
        assertThat(BUNDLED.rates().values())
                .allSatisfy(rate -> assertThat(rate.stale(rate.asOf())).isTrue());
    }

    @Test
    void a_newer_book_on_disk_is_used_before_the_bundled_day() {
        RateBook disk = new RateBook(5, Map.of("USD", rate("1.2", "ecb", NOW.minus(Duration.ofHours(19)))));

        RateBook book = initial.merge(CHOICE, RateBook.EMPTY, List.of(disk, BUNDLED));

        assertThat(book.rates()).hasSize(29).containsEntry("USD", disk.rates().get("USD"));
    }

    @Test
    void an_older_book_on_disk_does_not_hide_a_newer_releases_bundled_day() {
        RateBook disk = new RateBook(5, Map.of("USD", rate("1.05", "ecb", Instant.parse("2025-07-06T14:00:00Z"))));

        assertThat(initial.merge(CHOICE, RateBook.EMPTY, List.of(disk, BUNDLED)).rates())
                .containsEntry("USD", BUNDLED.rates().get("USD"));
    }

    @Test
    void a_complete_shared_book_is_used_unchanged() {
        RateBook shared = initial.merge(CHOICE, RateBook.EMPTY, List.of(BUNDLED));

        assertThat(initial.merge(CHOICE, shared, List.of(RateBook.EMPTY, BUNDLED)))
                .isSameAs(shared);
    }

    @Test
    void rates_that_the_shared_book_lacks_are_added_under_a_higher_version() {
        RateBook shared = new RateBook(NOW.toEpochMilli() + 500, Map.of("USD", rate("1.2", "ecb", NOW)));
        RateBook disk = new RateBook(NOW.toEpochMilli() + 900, Map.of());

        RateBook book = initial.merge(CHOICE, shared, List.of(disk, BUNDLED));

        assertThat(book.rates()).hasSize(29).containsEntry("USD", shared.rates().get("USD"));
        assertThat(book.version()).isEqualTo(NOW.toEpochMilli() + 901);
    }

    @Test
    void simulated_rates_are_dropped_without_the_simulation() {
        RateBook demo =
                new RateBook(9, Map.of("USD", rate("1.3", "simulated", NOW), "CLP", rate("9", "simulated", NOW)));

        RateBook book = initial.merge(CHOICE, RateBook.EMPTY, List.of(demo, BUNDLED));

        assertThat(book.rates()).doesNotContainKey("CLP");
        assertThat(book.rates().values()).noneMatch(Rate::simulated);
    }

    @Test
    void a_simulation_continues_from_its_last_rates() {
        RateBook demo = new RateBook(9, Map.of("USD", rate("1.3", "simulated", NOW)));

        assertThat(initial(true)
                        .merge(CHOICE, RateBook.EMPTY, List.of(demo, BUNDLED))
                        .rates())
                .containsEntry("USD", demo.rates().get("USD"));
    }

    private static InitialBook initial(boolean simulating) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new InitialBook(new BookFile(Path.of("none"), clock), simulating, clock);
    }

    private static Rate rate(String perEuro, String source, Instant asOf) {
        return new Rate(new BigDecimal(perEuro), source, asOf, asOf.plus(Duration.ofHours(26)));
    }
}
