package io.ratemesh.converter.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.TestBooks;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.history.BundledHistory;
import io.ratemesh.model.history.RateHistory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurrentBookTest {

    private final CurrentBook current = new CurrentBook();

    @Test
    void only_a_newer_book_replaces_the_current_one() {
        List<Long> versions = new ArrayList<>();
        current.listen(view -> versions.add(view.version()));

        assertThat(current.view().isEmpty()).isTrue();
        assertThat(current.offer(TestBooks.example().version(5))).isTrue();
        assertThat(current.offer(TestBooks.example().version(5))).isFalse();
        assertThat(current.offer(TestBooks.example().version(4))).isFalse();
        assertThat(current.offer(TestBooks.example().version(6))).isTrue();

        assertThat(versions).containsExactly(5L, 6L);
        assertThat(current.view().version()).isEqualTo(6);
    }

    @Test
    void requests_for_all_pairs_do_not_fill_the_memory() {
        TestBooks books = TestBooks.book();
        List<String> codes = Currencies.all().stream()
                .filter(currency -> currency.withdrawn().isEmpty())
                .map(Currency::code)
                .filter(code -> !Currencies.EURO.equals(code))
                .toList();
        codes.forEach(code -> books.ecb(code, "1.5"));
        BookView view = new BookView(books.version(1), RateHistory.EMPTY);
        for (String from : codes) {
            for (String to : codes) {
                assertThat(view.quote(from, to)).isNotNull();
            }
        }
        String last = codes.get(codes.size() - 1);
        assertThat(view.quote("AED", "AFN")).isSameAs(view.quote("AED", "AFN"));
        assertThat(view.quote(last, "AFN")).isNotSameAs(view.quote(last, "AFN"));
        assertThat(view.quote(last, "TRL")).isNull();
    }

    @Test
    void another_history_does_not_notify_listeners_of_books() {
        CurrentBook current = new CurrentBook();
        List<Long> versions = new ArrayList<>();
        current.offer(TestBooks.example().version(5));
        current.listen(view -> versions.add(view.version()));

        current.history(BundledHistory.load());

        assertThat(versions).isEmpty();
        assertThat(current.view().version()).isEqualTo(5);
        assertThat(current.view().history()).isEqualTo(BundledHistory.load());
        current.offer(TestBooks.example().version(6));
        assertThat(current.view().history()).isEqualTo(BundledHistory.load());
    }
}
