package io.ratemesh.rates.publish;

import io.ratemesh.model.RateBook;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The newest book of the cluster that this node knows of. Adopted on one event loop, read anywhere. */
public final class BookHolder {

    private final List<Consumer<RateBook>> readers = new ArrayList<>();
    private volatile RateBook book = RateBook.EMPTY;

    public RateBook book() {
        return book;
    }

    /** Calls back with each newer book. */
    public void onNewer(Consumer<RateBook> reader) {
        readers.add(reader);
    }

    /** Keeps the book if it is newer; a version that was passed is ignored. */
    public void adopt(RateBook candidate) {
        if (candidate.version() > book.version()) {
            book = candidate;
            readers.forEach(reader -> reader.accept(candidate));
        }
    }
}
