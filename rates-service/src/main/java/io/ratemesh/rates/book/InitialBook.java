package io.ratemesh.rates.book;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The book that a new leader starts from: the best rates of the book on the cluster, on disk, and in the program. */
public final class InitialBook {

    private static final Logger LOG = LoggerFactory.getLogger(InitialBook.class);

    private final BookFile file;
    private final boolean simulating;
    private final Clock clock;

    /**
     * Creates it.
     *
     * @param simulating whether simulated rates are configured; if not, simulated rates of an earlier run are dropped
     */
    public InitialBook(BookFile file, boolean simulating, Clock clock) {
        this.file = file;
        this.simulating = simulating;
        this.clock = clock;
    }

    /** Reads the book on disk and the bundled one, in this order of preference. Blocks. */
    public List<RateBook> readLocal() {
        return List.of(readFile(), BundledBook.read());
    }

    /**
     * Merges the books.
     *
     * @param choice selects one of several rates of a currency
     * @param shared the book of the cluster; {@link RateBook#EMPTY} if there is none
     * @param local other books, the preferred first
     * @return the shared book itself if the others add nothing to it, else a book with a version above all of them
     */
    public RateBook merge(RateChoice choice, RateBook shared, List<RateBook> local) {
        Instant now = clock.instant();
        List<RateBook> books = new ArrayList<>();
        books.add(shared);
        books.addAll(local);
        Map<String, List<Rate>> candidates = new TreeMap<>();
        long newest = 0;
        for (RateBook book : books) {
            newest = Math.max(newest, book.version());
            book.rates().forEach((currency, rate) -> {
                if (simulating || !rate.simulated()) {
                    candidates
                            .computeIfAbsent(currency, ignored -> new ArrayList<>())
                            .add(rate);
                }
            });
        }
        Map<String, Rate> rates = new TreeMap<>();
        candidates.forEach((currency, found) -> rates.put(currency, choice.choose(found, now)));
        RateBook merged = new RateBook(RateBook.nextVersion(newest, clock.millis()), rates);
        return shared.version() > 0 && merged.sameContent(shared) ? shared : merged;
    }

    private RateBook readFile() {
        try {
            return file.read().orElse(RateBook.EMPTY);
        } catch (IOException e) {
            // The bundled book is older, but without any book the cluster could not convert at all.
            LOG.warn("the book on disk could not be read", e);
            return RateBook.EMPTY;
        }
    }
}
