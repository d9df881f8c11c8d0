package io.ratemesh.converter.book;

import io.ratemesh.model.RateBook;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The newest book this node has seen. Offered and listened to on one event loop; its version may be read anywhere. */
public final class CurrentBook {

    private final List<Consumer<BookView>> listeners = new ArrayList<>();
    private volatile BookView view = new BookView(RateBook.EMPTY);

    /** The book answers are made from. */
    public BookView view() {
        return view;
    }

    /** Calls back with every newer book. */
    public void listen(Consumer<BookView> listener) {
        listeners.add(listener);
    }

    /**
     * Takes a book if it is newer than the one held: a version that was passed is never gone back to.
     *
     * @return whether it was newer
     */
    public boolean offer(RateBook book) {
        if (book.version() <= view.version()) {
            return false;
        }
        BookView newer = new BookView(book);
        view = newer;
        listeners.forEach(listener -> listener.accept(newer));
        return true;
    }
}
