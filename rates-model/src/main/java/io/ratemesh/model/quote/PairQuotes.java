package io.ratemesh.model.quote;

import io.ratemesh.model.Currencies;
import io.ratemesh.model.Legs;
import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.model.TargetCalendar;
import io.ratemesh.model.history.BundledHistory;
import io.ratemesh.model.history.DatedLegs;
import io.ratemesh.model.history.RateHistory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rates of pairs from one book and one history. Immutable. Without a date the rate is that of the book, with a date that of
 * the ECB's history, at most {@link RateHistory#LOOK_BACK_DAYS} days before. A currency that the euro has replaced has its legal
 * rate instead, from the day of its replacement on. A missing rate is never replaced by anything else.
 */
public final class PairQuotes {

    private final RateBook book;
    private final RateHistory history;

    /** Creates the quotes of a book and a history. */
    public PairQuotes(RateBook book, RateHistory history) {
        this.book = book;
        this.history = history;
    }

    /**
     * The current rate of a pair.
     *
     * @param from upper-case code
     * @param to upper-case code
     */
    public PairQuote now(String from, String to) {
        Optional<PairQuote> unknown = unknown(from, to);
        if (unknown.isPresent()) {
            return unknown.get();
        }
        if (book.rates().isEmpty()) {
            return new PairQuote.NoRatesYet();
        }
        Optional<Leg> given = Leg.today(from, book);
        Optional<Leg> wanted = Leg.today(to, book);
        if (given.isEmpty() || wanted.isEmpty()) {
            String code = given.isEmpty() ? from : to;
            return new PairQuote.NoRate(code, history.lastDay(code));
        }
        return priced(given.get(), wanted.get());
    }

    /**
     * The rate of a pair on a day.
     *
     * @param from upper-case code
     * @param to upper-case code
     * @param date the day; legal rates apply to future days too, so callers reject these before
     */
    public PairQuote on(String from, String to, LocalDate date) {
        Optional<PairQuote> unknown = unknown(from, to);
        if (unknown.isPresent()) {
            return unknown.get();
        }
        Leg given = Leg.fixed(from, date).orElse(null);
        Leg wanted = Leg.fixed(to, date).orElse(null);
        if (given != null && wanted != null) {
            Instant start = date.atStartOfDay(ZoneOffset.UTC).toInstant();
            return priced(given, wanted, date, start);
        }
        String marketFrom = given == null ? from : Currencies.EURO;
        String marketTo = wanted == null ? to : Currencies.EURO;
        Optional<DatedLegs> market = history.on(marketFrom, marketTo, date);
        if (market.isEmpty()) {
            return none(marketFrom, marketTo, date);
        }
        LocalDate day = market.get().day();
        Legs legs = market.get().legs();
        return priced(
                given == null ? new Leg(legs.from(), BundledHistory.SOURCE, null) : given,
                wanted == null ? new Leg(legs.to(), BundledHistory.SOURCE, null) : wanted,
                day,
                TargetCalendar.publication(day));
    }

    /**
     * The rates of a pair on every day of a range that has both, oldest first: each day's own rates, and legal rates from the
     * day on that they apply.
     *
     * @param from upper-case code
     * @param to upper-case code
     * @param firstDay of the range
     * @param lastDay of the range, included
     */
    public Stream<DatedLegs> series(String from, String to, LocalDate firstDay, LocalDate lastDay) {
        return history.days(firstDay, lastDay).flatMap(day -> legs(from, to, day).stream());
    }

    private Optional<DatedLegs> legs(String from, String to, LocalDate day) {
        return leg(from, day)
                .flatMap(given ->
                        leg(to, day).map(wanted -> new DatedLegs(day, new Legs(given.perEuro(), wanted.perEuro()))));
    }

    private Optional<Leg> leg(String code, LocalDate day) {
        return Leg.fixed(code, day)
                .or(() -> history.perEuro(code, day).map(perEuro -> new Leg(perEuro, BundledHistory.SOURCE, null)));
    }

    private PairQuote none(String from, String to, LocalDate date) {
        boolean fromMissing = lacks(from, date);
        boolean toMissing = lacks(to, date);
        // Each has rates, but not on the same day: the pair has none, and the first code stands for it.
        String code = toMissing && !fromMissing ? to : from;
        Optional<LocalDate> last = fromMissing || toMissing
                ? history.lastDay(code, Currencies.EURO, date)
                : history.lastDay(from, to, date);
        return new PairQuote.NoRate(code, last);
    }

    /** Whether a currency has no rate on the day or shortly before; never true for the euro. */
    private boolean lacks(String code, LocalDate date) {
        return !Currencies.EURO.equals(code)
                && history.on(code, Currencies.EURO, date).isEmpty();
    }

    private static Optional<PairQuote> unknown(String from, String to) {
        boolean fromKnown = Currencies.find(from).isPresent();
        if (fromKnown && Currencies.find(to).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new PairQuote.UnknownCurrency(fromKnown ? to : from));
    }

    private PairQuote priced(Leg from, Leg to) {
        Rate given = from.market();
        Rate wanted = to.market();
        Instant asOf = given == null && wanted == null
                ? newest()
                : earlier(given == null ? null : given.asOf(), wanted == null ? null : wanted.asOf(), Instant.MAX);
        Instant staleAt =
                earlier(given == null ? null : given.staleAt(), wanted == null ? null : wanted.staleAt(), Instant.MAX);
        boolean simulated = (given != null && given.simulated()) || (wanted != null && wanted.simulated());
        LocalDate date = asOf.atZone(ZoneOffset.UTC).toLocalDate();
        Legs legs = new Legs(from.perEuro(), to.perEuro());
        return new PairQuote.Priced(legs, date, asOf, staleAt, sources(from, to), simulated);
    }

    /** The time of the newest rate of the book; needed only for a pair without a market rate. */
    private Instant newest() {
        return book.rates().values().stream()
                .map(Rate::asOf)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static PairQuote priced(Leg from, Leg to, LocalDate date, Instant asOf) {
        Legs legs = new Legs(from.perEuro(), to.perEuro());
        return new PairQuote.Priced(legs, date, asOf, Instant.MAX, sources(from, to), false);
    }

    private static List<String> sources(Leg from, Leg to) {
        List<String> sources = new ArrayList<>(2);
        if (from.source() != null) {
            sources.add(from.source());
        }
        if (to.source() != null && !sources.contains(to.source())) {
            sources.add(to.source());
        }
        return sources;
    }

    private static Instant earlier(@Nullable Instant a, @Nullable Instant b, Instant otherwise) {
        if (a == null || b == null) {
            return a != null ? a : b != null ? b : otherwise;
        }
        return a.isBefore(b) ? a : b;
    }
}
