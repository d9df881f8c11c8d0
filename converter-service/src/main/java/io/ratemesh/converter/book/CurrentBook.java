package io.ratemesh.converter.book;

import io.ratemesh.model.RateBook;
import io.ratemesh.model.history.RateHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The newest book and the history of this node, as one view; the ECB's day in the book is part of the history. Changed on one
 * event loop; the view may be read on any thread.
 */
public final class CurrentBook {

    private final List<Consumer<BookView>> listeners = new ArrayList<>();
    private final EcbDays days = new EcbDays();
    private RateHistory known = RateHistory.EMPTY;
    private volatile BookView view = new BookView(RateBook.EMPTY, RateHistory.EMPTY);

    public BookView view() {
        return view;
    }

    /** Adds a listener for newer books. */
    public void listen(Consumer<BookView> listener) {
        listeners.add(listener);
    }

    /**
     * Replaces the book if this one is newer.
     *
     * @return whether it was newer
     */
    public boolean offer(RateBook book) {
        if (book.version() <= view.version()) {
            return false;
        }
        BookView newer = new BookView(book, days.of(book, known));
        view = newer;
        listeners.forEach(listener -> listener.accept(newer));
        return true;
    }

    /** Replaces the history. Listeners are not called: the book is the same. */
    public void history(RateHistory history) {
        known = history;
        view = new BookView(view.book(), days.of(view.book(), history));
    }
}
