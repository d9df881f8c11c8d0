package io.ratemesh.benchmarks.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.benchmarks.cluster.BookGenerator;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class SelectionEventTest {

    @Test
    void the_data_has_the_rates_of_the_selection_as_a_converter_writes_them() {
        String data = SelectionEvent.data(new BookGenerator().book(1_796_066_084_250L), 1);
        JsonObject rates = new JsonObject(data).getJsonObject("rates");

        assertThat(data)
                .startsWith("{\"version\":1796066084250,\"rates\":{\"EUR/BRL\":{\"rate\":\"1.025\",\"asOf\":\"");
        assertThat(rates.fieldNames()).containsExactly("EUR/BRL", "EUR/CAD", "EUR/CHF", "EUR/CNY", "EUR/CZK");
        assertThat(rates.getJsonObject("EUR/CZK").fieldNames()).containsExactly("rate", "asOf", "source", "stale");
    }

    @Test
    void a_smaller_book_has_all_selected_currencies() {
        BookGenerator books = new BookGenerator(30);

        assertThat(books.book(1).rates()).hasSize(30);
        for (int reader = 0; reader < BookGenerator.SELECTIONS; reader++) {
            assertThat(books.book(1).rates())
                    .containsKeys(BookGenerator.selection(reader).toArray(String[]::new));
        }
    }
}
