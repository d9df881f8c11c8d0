package io.ratemesh.model.quote;

import io.ratemesh.model.Currencies;
import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.model.legacy.LegalRate;
import io.ratemesh.model.legacy.LegalRates;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rate of one currency of a pair.
 *
 * @param perEuro units for one euro
 * @param source the source of the rate; null for the euro itself
 * @param market the rate of the book; null for a legal or past rate
 */
record Leg(
        BigDecimal perEuro,
        @Nullable String source,
        @Nullable Rate market) {

    private static final Leg EURO = new Leg(BigDecimal.ONE, null, null);

    /** The first day of the euro (Council Regulation (EC) No 974/98). */
    private static final LocalDate FIRST_DAY = LocalDate.of(1999, 1, 1);

    /** The current rate: of the euro, of the law, or of the book. A withdrawn currency has no market rate. */
    static Optional<Leg> today(String code, RateBook book) {
        if (Currencies.EURO.equals(code)) {
            return Optional.of(EURO);
        }
        Optional<LegalRate> law = LegalRates.of(code);
        if (law.isPresent()) {
            return law.map(Leg::of);
        }
        boolean inUse = Currencies.find(code)
                .filter(currency -> currency.withdrawn().isEmpty())
                .isPresent();
        return inUse ? book.rate(code).map(rate -> new Leg(rate.perEuro(), rate.source(), rate)) : Optional.empty();
    }

    /** The rate of a past day that needs no market: of the euro, or of the law. */
    static Optional<Leg> fixed(String code, LocalDate day) {
        if (Currencies.EURO.equals(code)) {
            return day.isBefore(FIRST_DAY) ? Optional.empty() : Optional.of(EURO);
        }
        return LegalRates.on(code, day).map(Leg::of);
    }

    private static Leg of(LegalRate law) {
        return new Leg(law.perEuro(), LegalRates.SOURCE, null);
    }
}
