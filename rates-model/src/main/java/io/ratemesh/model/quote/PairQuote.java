package io.ratemesh.model.quote;

import io.ratemesh.model.Legs;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The answer to "at what does this pair convert": what it converts at, or why it does not. */
public sealed interface PairQuote {

    /**
     * The pair converts.
     *
     * @param legs what the conversion is made of
     * @param date the day the rates are of; for rates that are only law, the day asked for
     * @param asOf when the older market rate was observed; where no market is in it, the newest of the book, or the
     *     start (UTC) of the day asked for
     * @param staleAt from when on it counts as stale; {@link Instant#MAX} for a past day and for the law, which never do
     * @param sources the feeds and laws both legs come from, each once; none for the euro
     * @param simulated whether a leg is made up for a demonstration
     */
    record Priced(Legs legs, LocalDate date, Instant asOf, Instant staleAt, List<String> sources, boolean simulated)
            implements PairQuote {

        public Priced {
            sources = List.copyOf(sources);
        }

        /** Whether a rate has outlived its time at {@code now}. */
        public boolean stale(Instant now) {
            return !now.isBefore(staleAt);
        }
    }

    /** The pair does not convert. */
    sealed interface Refused extends PairQuote {}

    /**
     * ISO 4217 has never had such a currency.
     *
     * @param code what was asked for
     */
    record UnknownCurrency(String code) implements Refused {}

    /**
     * The currency is known, but there is no rate now, or was none then.
     *
     * @param code the one without a rate
     * @param lastDay the last day, not after the one asked for, on which there was one; empty where there never was
     */
    record NoRate(String code, Optional<LocalDate> lastDay) implements Refused {}

    /** There is no book yet: ask again soon. */
    record NoRatesYet() implements Refused {}
}
