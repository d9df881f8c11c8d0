package io.ratemesh.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The two legs of a conversion as one book has them, and where they are known from. {@link Legs} is the arithmetic. */
public final class CrossRate {

    /** 34 significant digits, half-even: what is shown of a rate, and what a result at full scale has. */
    public static final MathContext FULL = Legs.FULL;

    private final @Nullable Rate from;
    private final @Nullable Rate to;
    private final Legs legs;

    private CrossRate(@Nullable Rate from, @Nullable Rate to) {
        this.from = from;
        this.to = to;
        this.legs = new Legs(perEuro(from), perEuro(to));
    }

    /**
     * Looks both legs up in one book.
     *
     * @param book the rates
     * @param from upper-case code of what is given
     * @param to upper-case code of what is wanted
     * @return empty where the book lacks one of them; {@link RateBook#covers} tells which
     */
    public static Optional<CrossRate> of(RateBook book, String from, String to) {
        if (!book.covers(from) || !book.covers(to)) {
            return Optional.empty();
        }
        return Optional.of(new CrossRate(book.rates().get(from), book.rates().get(to)));
    }

    /**
     * Converts an amount.
     *
     * @param amount in the first currency, of any sign
     * @param scale decimals of the result
     * @param rounding how the one division rounds
     * @return the amount in the second currency, with exactly {@code scale} decimals
     */
    public BigDecimal convert(BigDecimal amount, int scale, RoundingMode rounding) {
        return legs.convert(amount, scale, rounding);
    }

    /**
     * Converts an amount without a scale.
     *
     * @param amount in the first currency, of any sign
     * @param rounding how the 34th significant digit rounds
     * @return the amount in the second currency, 34 significant digits, zeros at the end stripped
     */
    public BigDecimal convertFully(BigDecimal amount, RoundingMode rounding) {
        return legs.convertFully(amount, rounding);
    }

    /** Units of the second currency for one of the first, to 34 significant digits: for show, no result goes through it. */
    public BigDecimal rate() {
        return legs.rate();
    }

    /** When the older of both legs was observed; empty where both are the euro. */
    public Optional<Instant> asOf() {
        if (from == null || to == null) {
            return Optional.ofNullable(from == null ? to : from).map(Rate::asOf);
        }
        return Optional.of(from.asOf().isBefore(to.asOf()) ? from.asOf() : to.asOf());
    }

    /** The feeds both legs come from, each once. */
    public List<String> sources() {
        List<String> sources = new ArrayList<>(2);
        if (from != null) {
            sources.add(from.source());
        }
        if (to != null && !sources.contains(to.source())) {
            sources.add(to.source());
        }
        return sources;
    }

    /** Whether one leg has outlived its time at {@code now}. */
    public boolean stale(Instant now) {
        return (from != null && from.stale(now)) || (to != null && to.stale(now));
    }

    /** Whether one leg is made up for a demonstration. */
    public boolean simulated() {
        return (from != null && from.simulated()) || (to != null && to.simulated());
    }

    private static BigDecimal perEuro(@Nullable Rate leg) {
        return leg == null ? BigDecimal.ONE : leg.perEuro();
    }
}
