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
 * The rates of the minutes of one hour. Immutable. All rates of a minute, its point, are recorded at one time and never merged
 * from two points. The euro is one in every minute that has a point.
 *
 * <p>A rate is rounded to ten significant digits and nine decimals, half-even: feeds seldom have more, but a rate converted from
 * another base has 34. Points are for charts; conversions use the book.
 */
public final class HourOfMinutes {

    /** The minutes of an hour. */
    static final int MINUTES = 60;

    /** The last hour, counted from 1970. */
    static final int MAX_HOUR = Integer.MAX_VALUE;

    private static final MathContext DIGITS = new MathContext(10, RoundingMode.HALF_EVEN);
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = MINUTES * SECONDS_PER_MINUTE;

    private final int epochHour;
    private final Map<String, RateColumn> columns;
    private final long minutes;
    private final long simulated;

    /** Creates an hour. Bit 0 of {@code simulated} is minute 0; only bits of minutes with a point may be set. */
    HourOfMinutes(int epochHour, Map<String, RateColumn> columns, long simulated) {
        this.epochHour = epochHour;
        this.columns = Map.copyOf(columns);
        this.simulated = simulated;
        this.minutes = columns.values().stream().mapToLong(RateColumn::rows).reduce(0, (some, more) -> some | more);
    }

    /**
     * An hour without points.
     *
     * @param epochHour hours since 1970-01-01T00:00Z, 0 to 2^31 - 1
     */
    public static HourOfMinutes empty(long epochHour) {
        if (epochHour < 0 || epochHour > MAX_HOUR) {
            throw new IllegalArgumentException("hour: " + epochHour + "; must be 0 to " + MAX_HOUR);
        }
        return new HourOfMinutes((int) epochHour, Map.of(), 0);
    }

    /** The hour of a time, in hours since 1970-01-01T00:00Z. */
    public static long epochHour(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), SECONDS_PER_HOUR);
    }

    /** Hours since 1970-01-01T00:00Z. */
    public long epochHour() {
        return epochHour;
    }

    /**
     * This hour with one more point. Rates that are not above 0 and below 10^8 after rounding are left out.
     *
     * @param minute 0 to 59
     * @param perEuro units for one euro by upper-case code, without the euro
     * @param simulated whether the rates are simulated
     * @return this hour itself if the minute has a point already, or no rate remains
     * @throws IllegalArgumentException if the minute or a code is invalid
     */
    public HourOfMinutes with(int minute, Map<String, BigDecimal> perEuro, boolean simulated) {
        if (minute < 0 || minute >= MINUTES) {
            throw new IllegalArgumentException("minute: " + minute + "; must be 0 to " + (MINUTES - 1));
        }
        Map<String, RateColumn> point = new HashMap<>();
        perEuro.forEach((code, rate) -> kept(rate)
                .ifPresent(kept -> point.put(
                        CurrencyCode.checked(minute(minute), code), RateColumn.single(minute, PackedRate.pack(kept)))));
        return plus(new HourOfMinutes(epochHour, point, simulated && !point.isEmpty() ? 1L << minute : 0));
    }

    /**
     * The points of both; if both have a minute, that of this hour.
     *
     * @return this hour itself if the other one has no more minutes
     * @throws IllegalArgumentException if the other one is of another hour
     */
    public HourOfMinutes plus(HourOfMinutes other) {
        if (other.epochHour != epochHour) {
            throw new IllegalArgumentException("hour: " + other.epochHour + "; must be " + epochHour);
        }
        long added = other.minutes & ~minutes;
        if (added == 0) {
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
                RateColumn column = has(added, minute) ? others : own;
                byMinute[minute] = column == null ? PackedRate.NONE : column.at(minute);
            }
            RateColumn column = RateColumn.of(byMinute);
            if (column != null) {
                both.put(code, column);
            }
        }
        return new HourOfMinutes(epochHour, both, simulated | (other.simulated & added));
    }

    /** Whether any point is simulated. */
    public boolean simulated() {
        return simulated != 0;
    }

    /** Whether there is no point. */
    public boolean isEmpty() {
        return minutes == 0;
    }

    /** The number of points, 0 to 60. */
    public int points() {
        return Long.bitCount(minutes);
    }

    /** The last minute with a point, 0 to 59; -1 if there is none. */
    public int lastMinute() {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(minutes);
    }

    /**
     * The rate in a minute.
     *
     * @param code upper-case code
     * @param minute 0 to 59
     * @return units for one euro; empty if there is no rate
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

    /** The start of a minute. */
    Instant minute(int minute) {
        return Instant.ofEpochSecond((long) epochHour * SECONDS_PER_HOUR + (long) minute * SECONDS_PER_MINUTE);
    }

    /** Whether the point of a minute is simulated. */
    boolean simulated(int minute) {
        return has(simulated, minute);
    }

    /** The minutes with a point; bit 0 is minute 0. */
    long minutes() {
        return minutes;
    }

    /** The minutes with a simulated point; bit 0 is minute 0. */
    long simulatedMinutes() {
        return simulated;
    }

    /** The columns by code. */
    Map<String, RateColumn> columns() {
        return columns;
    }

    /** The approximate size on the heap. */
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
