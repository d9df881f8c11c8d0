package io.ratemesh.converter.book;

import io.ratemesh.model.RateBook;
import io.ratemesh.model.history.RateHistory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The newest book this node has seen, beside the history it knows, of which the book's own day of the ECB is one: all that
 * is answered comes from the one view of both. Offered and listened to on one event loop; the view may be read anywhere.
 */
public final class CurrentBook {

    private final List<Consumer<BookView>> listeners = new ArrayList<>();
    private final EcbDays days = new EcbDays();
    private RateHistory learnt = RateHistory.EMPTY;
    private volatile BookView view = new BookView(RateBook.EMPTY, RateHistory.EMPTY);

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
        BookView newer = new BookView(book, days.of(book, learnt));
        view = newer;
        listeners.forEach(listener -> listener.accept(newer));
        return true;
    }

    /** Takes the history that goes with this book and those to come. The book is no newer for it: nobody is called. */
    public void history(RateHistory history) {
        learnt = history;
        view = new BookView(view.book(), days.of(view.book(), history));
    }
}
