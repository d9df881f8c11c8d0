package io.ratemesh.model.history;

import io.ratemesh.model.Currencies;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one euro was worth in each minute of one hour, as far as somebody looked; immutable and read by any thread. A
 * minute has one point, made at one moment: it is never put together from two. The euro is worth one in every minute
 * that has a point.
 *
 * <p>A rate is kept to ten significant digits and nine decimals, half-even. Feeds seldom write more; a rate that was
 * divided out of another base has 34. Points are for looking at: what is converted now is converted by the book.
 */
public final class HourOfMinutes {

    /** How many minutes an hour has. */
    static final int MINUTES = 60;

    /** Hours are counted from 1970 on, and no further than this. */
    static final int MAX_HOUR = Integer.MAX_VALUE;

    private static final MathContext DIGITS = new MathContext(10, RoundingMode.HALF_EVEN);
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = MINUTES * SECONDS_PER_MINUTE;

    private final int epochHour;
    private final Map<String, RateColumn> columns;
    private final long minutes;
    private final long simulated;

    /** Bit 0 of {@code simulated} is minute 0; only minutes with a point may be marked. */
    HourOfMinutes(int epochHour, Map<String, RateColumn> columns, long simulated) {
        this.epochHour = epochHour;
        this.columns = Map.copyOf(columns);
        this.simulated = simulated;
        this.minutes = columns.values().stream().mapToLong(RateColumn::rows).reduce(0, (some, more) -> some | more);
    }

    /**
     * An hour without any point.
     *
     * @param epochHour hours since 1970-01-01T00:00Z, 0 to 2^31 - 1
     */
    public static HourOfMinutes empty(long epochHour) {
        if (epochHour < 0 || epochHour > MAX_HOUR) {
            throw new IllegalArgumentException("hour: " + epochHour + " (expected: 0 to " + MAX_HOUR + ")");
        }
        return new HourOfMinutes((int) epochHour, Map.of(), 0);
    }

    /** The hour a moment lies in, as a number of hours since 1970-01-01T00:00Z. */
    public static long epochHour(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), SECONDS_PER_HOUR);
    }

    /** Hours since 1970-01-01T00:00Z. */
    public long epochHour() {
        return epochHour;
    }

    /**
     * This hour with one more point. Rates that are not above 0 and below 10^8 once rounded are left out.
     *
     * @param minute 0 to 59
     * @param perEuro units for one euro by upper-case code, never the euro itself
     * @param simulated whether they are made up for a demonstration
     * @return this hour itself where the minute has its point already, or no rate is left
     * @throws IllegalArgumentException where there is no such minute, or no such code
     */
    public HourOfMinutes with(int minute, Map<String, BigDecimal> perEuro, boolean simulated) {
        if (minute < 0 || minute >= MINUTES) {
            throw new IllegalArgumentException("minute: " + minute + " (expected: 0 to " + (MINUTES - 1) + ")");
        }
        Map<String, RateColumn> point = new HashMap<>();
        perEuro.forEach((code, rate) -> kept(rate)
                .ifPresent(kept -> point.put(
                        CurrencyCode.checked(minute(minute), code), RateColumn.single(minute, PackedRate.pack(kept)))));
        return plus(new HourOfMinutes(epochHour, point, simulated && !point.isEmpty() ? 1L << minute : 0));
    }

    /**
     * The points of both; where both have one for a minute, this hour's.
     *
     * @return this hour itself where the other one has nothing new
     * @throws IllegalArgumentException where it is another hour
     */
    public HourOfMinutes plus(HourOfMinutes other) {
        if (other.epochHour != epochHour) {
            throw new IllegalArgumentException("hour: " + other.epochHour + " (expected: " + epochHour + ")");
        }
        long news = other.minutes & ~minutes;
        if (news == 0) {
            return this;
        }
        Set<String> codes = new HashSet<>(columns.keySet());
        codes.addAll(other.columns.keySet());
        Map<String, RateColumn> both = new HashMap<>();
        long[] byMinute = new long[MINUTES];
        for (String code : codes) {
            RateColumn own = columns.get(code);
            RateColumn others = other.columns.get(code);
            for (int minute = 0; minute < MINUTES; minute++) {
                RateColumn column = has(news, minute) ? others : own;
                byMinute[minute] = column == null ? PackedRate.NONE : column.at(minute);
            }
            RateColumn column = RateColumn.of(byMinute);
            if (column != null) {
                both.put(code, column);
            }
        }
        return new HourOfMinutes(epochHour, both, simulated | (other.simulated & news));
    }

    /** Whether any point is made up. */
    public boolean simulated() {
        return simulated != 0;
    }

    /** Whether there is no point at all. */
    public boolean isEmpty() {
        return minutes == 0;
    }

    /** How many points there are, 0 to 60. */
    public int points() {
        return Long.bitCount(minutes);
    }

    /** The last minute with a point, 0 to 59; -1 where there is none. */
    public int lastMinute() {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(minutes);
    }

    /**
     * The rate in a minute.
     *
     * @param code upper-case code
     * @param minute 0 to 59
     * @return units for one euro; empty where there was none
     */
    public Optional<BigDecimal> perEuro(String code, int minute) {
        long packed = packed(code, minute);
        return packed == PackedRate.NONE ? Optional.empty() : Optional.of(PackedRate.unpack(packed));
    }

    /** The packed rate in a minute, or {@link PackedRate#NONE}. */
    long packed(String code, int minute) {
        if (Currencies.EURO.equals(code)) {
            return has(minutes, minute) ? PackedRate.ONE : PackedRate.NONE;
        }
        RateColumn column = columns.get(code);
        return column == null ? PackedRate.NONE : column.at(minute);
    }

    /** When a minute began. */
    Instant minute(int minute) {
        return Instant.ofEpochSecond((long) epochHour * SECONDS_PER_HOUR + (long) minute * SECONDS_PER_MINUTE);
    }

    /** Whether the point of a minute is made up. */
    boolean simulated(int minute) {
        return has(simulated, minute);
    }

    /** The minutes with a point; bit 0 is minute 0. */
    long minutes() {
        return minutes;
    }

    /** The minutes whose points are made up; bit 0 is minute 0. */
    long simulatedMinutes() {
        return simulated;
    }

    /** The columns by code. */
    Map<String, RateColumn> columns() {
        return columns;
    }

    /** About how many bytes of heap this hour holds on to. */
    long bytes() {
        return 2 * HeapBytes.OBJECT + HeapBytes.columns(columns);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HourOfMinutes hour
                && epochHour == hour.epochHour
                && simulated == hour.simulated
                && columns.equals(hour.columns);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * epochHour + Long.hashCode(simulated)) + columns.hashCode();
    }

    @Override
    public String toString() {
        return points() + " minutes from " + minute(0);
    }

    private static Optional<BigDecimal> kept(BigDecimal perEuro) {
        BigDecimal tenDigits = perEuro.round(DIGITS);
        BigDecimal kept = tenDigits.scale() > PackedRate.MAX_DECIMALS
                ? perEuro.setScale(PackedRate.MAX_DECIMALS, RoundingMode.HALF_EVEN)
                : tenDigits;
        return PackedRate.fits(kept) ? Optional.of(kept) : Optional.empty();
    }

    private static boolean has(long minutes, int minute) {
        return (minutes >>> minute & 1) != 0;
    }
}
