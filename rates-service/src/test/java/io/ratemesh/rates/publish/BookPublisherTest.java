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
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A publisher on a node alone in a real cluster. */
class BookPublisherTest {

    private final List<RateBook> published = new CopyOnWriteArrayList<>();
    private final List<RateBook> overtaken = new CopyOnWriteArrayList<>();
    private final AtomicReference<RateBook> accepted = new AtomicReference<>(RateBook.EMPTY);
    private final LoneNode node;
    private final SharedBook shared;
    private final BookPublisher publisher;

    BookPublisherTest() throws Exception {
        this.node = LoneNode.start(6751);
        this.shared = get(SharedBook.open(node.vertx()));
        this.publisher = new BookPublisher(node.vertx(), shared, accepted::get, published::add, overtaken::add);
    }

    @AfterEach
    void stop() throws Exception {
        node.stop();
    }

    @Test
    void a_book_reaches_the_cluster() throws Exception {
        node.on(() -> publish(1));

        await().until(() -> published.equals(List.of(book(1))));
        assertThat(stored()).contains(book(1));
        node.on(() -> assertThat(publisher.isBusy()).isFalse());
    }

    @Test
    void of_the_books_accepted_meanwhile_only_the_newest_is_published() throws Exception {
        node.on(() -> {
            publish(1);
            publish(2);
            publish(3);
        });

        await().until(() -> published.contains(book(3)));
        assertThat(published).containsExactly(book(1), book(3));
        assertThat(stored()).contains(book(3));
    }

    @Test
    void a_newer_book_on_the_cluster_stays_and_is_reported() throws Exception {
        get(shared.publish(book(9)));

        node.on(() -> publish(1));

        await().until(() -> overtaken.equals(List.of(book(9))));
        assertThat(stored()).contains(book(9));
        assertThat(published).isEmpty();
    }

    @Test
    void a_book_accepted_meanwhile_is_not_published_after_the_stop() throws Exception {
        node.on(() -> {
            publish(1);
            publish(2);
            publisher.stop();
        });

        await().until(() -> published.equals(List.of(book(1))));
        node.on(() -> assertThat(publisher.isBusy()).isFalse());
        assertThat(stored()).contains(book(1));
    }

    private void publish(long version) {
        accepted.set(book(version));
        publisher.publish();
    }

    private Optional<RateBook> stored() throws Exception {
        return get(shared.read());
    }

    private static RateBook book(long version) {
        return new RateBook(version, Map.of());
    }
}
