package io.ratemesh.rates.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.model.RateBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BookHolderTest {

    private final BookHolder holder = new BookHolder();
    private final List<Long> heard = new ArrayList<>();

    @Test
    void a_version_that_was_passed_is_ignored_and_nobody_hears_of_it() {
        holder.onNewer(book -> heard.add(book.version()));

        for (long version : new long[] {5, 5, 3, 0, 8, 7}) {
            holder.adopt(new RateBook(version, Map.of()));
        }

        assertThat(heard).containsExactly(5L, 8L);
        assertThat(holder.book().version()).isEqualTo(8);
    }
}
