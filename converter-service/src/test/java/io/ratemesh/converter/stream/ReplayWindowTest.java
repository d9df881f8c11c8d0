package io.ratemesh.converter.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.TestBooks;
import io.ratemesh.model.RateBook;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {

    @Test
    void it_holds_the_configured_number_of_updates() {
        ReplayWindow window = new ReplayWindow(2);
        for (long version = 10; version <= 50; version += 10) {
            window.add(TestBooks.example().version(version));
        }

        assertThat(window.at(20)).isEmpty();
        assertThat(window.at(30)).isPresent();
        assertThat(window.after(30)).extracting(RateBook::version).containsExactly(40L, 50L);
        assertThat(window.after(50)).isEmpty();
    }

    @Test
    void an_unknown_version_is_not_in_it() {
        ReplayWindow window = new ReplayWindow(5);
        window.add(TestBooks.example().version(10));
        window.add(TestBooks.example().version(12));

        assertThat(window.at(11)).isEmpty();
    }

    @Test
    void an_older_book_is_inserted_and_replaces_nothing() {
        ReplayWindow window = new ReplayWindow(3);
        RateBook own = TestBooks.example().version(30);
        window.add(own);
        List.of(10L, 20L, 30L).forEach(version -> window.add(TestBooks.example().version(version)));

        assertThat(window.all()).extracting(RateBook::version).containsExactly(10L, 20L, 30L);
        assertThat(window.at(30).orElseThrow()).isSameAs(own);

        window.add(TestBooks.example().version(40));
        window.add(TestBooks.example().version(5));
        assertThat(window.all()).extracting(RateBook::version).containsExactly(10L, 20L, 30L, 40L);
    }

    @Test
    void without_replay_only_the_newest_is_known() {
        ReplayWindow window = new ReplayWindow(0);
        window.add(TestBooks.example().version(1));
        window.add(TestBooks.example().version(2));

        assertThat(window.at(1)).isEmpty();
        assertThat(window.at(2)).isPresent();
    }

    @Test
    void books_share_equal_rates() {
        ReplayWindow window = new ReplayWindow(5);
        window.add(TestBooks.example().version(1));
        window.add(TestBooks.example().ecb("USD", "2").version(2));

        RateBook first = window.at(1).orElseThrow();
        RateBook second = window.at(2).orElseThrow();
        assertThat(second.rates().get("JPY")).isSameAs(first.rates().get("JPY"));
        assertThat(second).isEqualTo(TestBooks.example().ecb("USD", "2").version(2));
    }
}
