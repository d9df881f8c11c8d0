package io.ratemesh.rates.publish;

import static io.ratemesh.rates.LoneNode.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ratemesh.model.RateBook;
import io.ratemesh.node.book.SharedBook;
import io.ratemesh.rates.LoneNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A publisher on a real cluster of one. */
class BookPublisherTest {

    private final List<RateBook> published = new CopyOnWriteArrayList<>();
    private final List<RateBook> overtaken = new CopyOnWriteArrayList<>();
    private final LoneNode node;
    private final SharedBook shared;
    private final BookPublisher publisher;

    BookPublisherTest() throws Exception {
        this.node = LoneNode.start(6751);
        this.shared = get(SharedBook.open(node.vertx()));
        this.publisher = new BookPublisher(node.vertx(), shared, published::add, overtaken::add);
    }

    @AfterEach
    void stop() throws Exception {
        node.stop();
    }

    @Test
    void a_book_reaches_the_cluster() throws Exception {
        node.on(() -> publisher.offer(book(1)));

        await().until(() -> published.equals(List.of(book(1))));
        assertThat(stored()).contains(book(1));
        node.on(() -> assertThat(publisher.busy()).isFalse());
    }

    @Test
    void of_the_books_that_wait_only_the_newest_is_published() throws Exception {
        node.on(() -> {
            publisher.offer(book(1));
            publisher.offer(book(2));
            publisher.offer(book(3));
        });

        await().until(() -> published.contains(book(3)));
        assertThat(published).containsExactly(book(1), book(3));
        assertThat(stored()).contains(book(3));
    }

    @Test
    void a_newer_book_on_the_cluster_stays_and_is_told_of() throws Exception {
        get(shared.publish(book(9)));

        node.on(() -> publisher.offer(book(1)));

        await().until(() -> overtaken.equals(List.of(book(9))));
        assertThat(stored()).contains(book(9));
        assertThat(published).isEmpty();
    }

    @Test
    void a_book_that_waits_is_not_published_after_the_stop() throws Exception {
        node.on(() -> {
            publisher.offer(book(1));
            publisher.offer(book(2));
            publisher.stop();
        });

        await().until(() -> published.equals(List.of(book(1))));
        node.on(() -> assertThat(publisher.busy()).isFalse());
        assertThat(stored()).contains(book(1));
    }

    private Optional<RateBook> stored() throws Exception {
        return get(shared.read());
    }

    private static RateBook book(long version) {
        return new RateBook(version, Map.of());
    }
}
