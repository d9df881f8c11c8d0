package io.ratemesh.converter.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.converter.TestBooks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurrentBookTest {

    private final CurrentBook current = new CurrentBook();

    @Test
    void onlyANewerBookReplacesTheOneHeld() {
        List<Long> heard = new ArrayList<>();
        current.listen(view -> heard.add(view.version()));

        assertThat(current.view().isEmpty()).isTrue();
        assertThat(current.offer(TestBooks.example().version(5))).isTrue();
        assertThat(current.offer(TestBooks.example().version(5))).isFalse();
        assertThat(current.offer(TestBooks.example().version(4))).isFalse();
        assertThat(current.offer(TestBooks.example().version(6))).isTrue();

        assertThat(heard).containsExactly(5L, 6L);
        assertThat(current.view().version()).isEqualTo(6);
    }

    @Test
    void whoeverAsksForEveryPairFillsNoMemory() {
        TestBooks books = TestBooks.book();
        for (char a = 'A'; a <= 'Z'; a++) {
            for (char b = 'A'; b <= 'D'; b++) {
                books.ecb("X" + a + b, "1.5");
            }
        }
        BookView view = new BookView(books.version(1));
        for (String from : view.book().rates().keySet()) {
            for (String to : view.book().rates().keySet()) {
                assertThat(view.quote(from, to)).isNotNull();
            }
        }
        assertThat(view.quote("XAA", "XAB")).isSameAs(view.quote("XAA", "XAB"));
        assertThat(view.quote("XZC", "XZD")).isNotSameAs(view.quote("XZC", "XZD"));
        assertThat(view.quote("XZC", "USD")).isNull();
    }
}
