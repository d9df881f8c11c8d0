package io.ratemesh.model.quote;

import io.ratemesh.model.Legs;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The rate of a pair, or the reason why there is none. */
public sealed interface PairQuote {

    /**
     * The pair has a rate.
     *
     * @param legs the rates of both currencies
     * @param date the day of the rates; of legal rates only, the requested day
     * @param asOf when the older market rate was observed; of legal rates only, the time of the newest rate of the book, or the
     *     start (UTC) of the requested day
     * @param staleAt when the rate turns stale; {@link Instant#MAX} for past days and legal rates, which never do
     * @param sources the sources of both rates, each once; none for the euro
     * @param simulated whether a rate is simulated
     */
    record Priced(Legs legs, LocalDate date, Instant asOf, Instant staleAt, List<String> sources, boolean simulated)
            implements PairQuote {

        public Priced {
            sources = List.copyOf(sources);
        }

        /** Whether the rate is stale at {@code now}. */
        public boolean stale(Instant now) {
            return !now.isBefore(staleAt);
        }
    }

    /** The pair has no rate. */
    sealed interface Unpriced extends PairQuote {}

    /**
     * ISO 4217 has never had such a currency.
     *
     * @param code the requested code
     */
    record UnknownCurrency(String code) implements Unpriced {}

    /**
     * The currency is known and has no rate, now or on the requested day.
     *
     * @param code the currency without a rate
     * @param lastDay the last day with a rate, not after the requested one; empty if there is none
     */
    record NoRate(String code, Optional<LocalDate> lastDay) implements Unpriced {}

    /** There is no book yet. */
    record NoRatesYet() implements Unpriced {}
}
