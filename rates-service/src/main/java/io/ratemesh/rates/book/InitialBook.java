package io.ratemesh.rates.book;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The book a new leader goes on from: the best rates of all the books it can find. */
public final class InitialBook {

    private RateChoice choice;
    private final boolean simulating;
    private final Clock clock;

    /**
     * A first book.
     *
     * @param simulating whether the settings ask for simulated rates; without that none may outlive a demonstration
     */
    public InitialBook(RateChoice choice, boolean simulating, Clock clock) {
        this.choice = choice;
        this.simulating = simulating;
        this.clock = clock;
    }

    /** Prefers otherwise from now on. */
    public void prefer(RateChoice other) {
        choice = other;
    }

    /**
     * Merges what was found.
     *
     * @param shared the book of the cluster; {@link RateBook#EMPTY} where there is none
     * @param others other books, those that count more first
     * @return the shared book itself where the others add nothing to it, else one with a version above them all
     */
    public RateBook of(RateBook shared, List<RateBook> others) {
        Instant now = clock.instant();
        List<RateBook> books = new ArrayList<>();
        books.add(shared);
        books.addAll(others);
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
}
