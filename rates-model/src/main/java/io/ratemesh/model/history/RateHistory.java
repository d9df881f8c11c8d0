package io.ratemesh.model.history;

import io.ratemesh.model.Currencies;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The reference rates of many days: a sorted array of days, and a column of packed decimals for each currency. Immutable. All
 * codes are upper-case; the euro is one on every day.
 */
public final class RateHistory {

    /** The most calendar days between a requested day and the day of its rates: more than the longest weekend. */
    public static final int LOOK_BACK_DAYS = 14;

    /** No days. */
    public static final RateHistory EMPTY = new RateHistory(new int[0], Map.of());

    private final int[] days;
    private final Map<String, RateColumn> columns;
    private final RateColumn euro;

    /** Keeps the array without a copy: {@code days} are epoch days in ascending order. */
    RateHistory(int[] days, Map<String, RateColumn> columns) {
        this.days = days;
        this.columns = Map.copyOf(columns);
        this.euro = RateColumn.ones(days.length);
    }

    /** The history of these days; of two with the same date the first is used. */
    public static RateHistory of(Collection<HistoryDay> days) {
        return EMPTY.plus(days);
    }

    /**
     * The rate on exactly one day.
     *
     * @param code upper-case code
     * @return units for one euro without trailing zeros; empty if there is no rate
     */
    public Optional<BigDecimal> perEuro(String code, LocalDate day) {
        RateColumn column = column(code);
        int index = Arrays.binarySearch(days, epochDay(day));
        if (column == null || index < 0 || column.at(index) == PackedRate.NONE) {
            return Optional.empty();
        }
        return Optional.of(PackedRate.unpack(column.at(index)));
    }

    /**
     * The rates of a pair on the last day on or before a date, at most {@link #LOOK_BACK_DAYS} days back, on which both
     * currencies have a rate.
     *
     * @param from upper-case code
     * @param to upper-case code
     */
    public Optional<DatedLegs> on(String from, String to, LocalDate date) {
        RateColumn fromColumn = column(from);
        RateColumn toColumn = column(to);
        if (fromColumn == null || toColumn == null) {
            return Optional.empty();
        }
        int earliest = epochDay(date.minusDays(LOOK_BACK_DAYS));
        for (int index = floor(epochDay(date)); index >= 0 && days[index] >= earliest; index--) {
            Optional<DatedLegs> legs = legs(fromColumn, toColumn, index);
            if (legs.isPresent()) {
                return legs;
            }
        }
        return Optional.empty();
    }

    /**
     * The days of a range on which both currencies have a rate, oldest first. Lazy.
     *
     * @param from upper-case code
     * @param to upper-case code
     * @param firstDay of the range
     * @param lastDay of the range, included
     */
    public Stream<DatedLegs> series(String from, String to, LocalDate firstDay, LocalDate lastDay) {
        RateColumn fromColumn = column(from);
        RateColumn toColumn = column(to);
        if (fromColumn == null || toColumn == null) {
            return Stream.empty();
        }
        return indices(firstDay, lastDay)
                .mapToObj(index -> legs(fromColumn, toColumn, index))
                .flatMap(Optional::stream);
    }

    /** All rates of exactly one day. */
    public Optional<HistoryDay> day(LocalDate day) {
        int index = Arrays.binarySearch(days, epochDay(day));
        return index < 0 ? Optional.empty() : Optional.of(day(index));
    }

    /** The last day with rates on or before the date, at most {@link #LOOK_BACK_DAYS} days back. */
    public Optional<LocalDate> dayOnOrBefore(LocalDate date) {
        int index = floor(epochDay(date));
        boolean found = index >= 0 && days[index] >= epochDay(date.minusDays(LOOK_BACK_DAYS));
        return found ? Optional.of(LocalDate.ofEpochDay(days[index])) : Optional.empty();
    }

    /** The days of a range, both ends included, oldest first. Lazy. */
    public Stream<LocalDate> days(LocalDate firstDay, LocalDate lastDay) {
        return indices(firstDay, lastDay).mapToObj(index -> LocalDate.ofEpochDay(days[index]));
    }

    /** The days after the date, oldest first. */
    public List<HistoryDay> after(LocalDate date) {
        List<HistoryDay> later = new ArrayList<>();
        for (int index = floor(epochDay(date)) + 1; index < days.length; index++) {
            later.add(day(index));
        }
        return later;
    }

    /** The number of days. */
    public int days() {
        return days.length;
    }

    /** The oldest day. */
    public Optional<LocalDate> firstDay() {
        return days.length == 0 ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(days[0]));
    }

    /** The newest day. */
    public Optional<LocalDate> lastDay() {
        return days.length == 0 ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(days[days.length - 1]));
    }

    /** The first day on which a currency has a rate. */
    public Optional<LocalDate> firstDay(String code) {
        return Optional.ofNullable(column(code))
                .filter(column -> column.length() > 0)
                .map(column -> LocalDate.ofEpochDay(days[column.first()]));
    }

    /** The last day on which a currency has a rate. */
    public Optional<LocalDate> lastDay(String code) {
        return Optional.ofNullable(column(code))
                .filter(column -> column.length() > 0)
                .map(column -> LocalDate.ofEpochDay(days[column.last()]));
    }

    /** The last day on or before the date, however long ago, on which both currencies have a rate. */
    public Optional<LocalDate> lastDay(String from, String to, LocalDate date) {
        RateColumn fromColumn = column(from);
        RateColumn toColumn = column(to);
        if (fromColumn != null && toColumn != null) {
            for (int index = floor(epochDay(date)); index >= 0; index--) {
                if (fromColumn.at(index) != PackedRate.NONE && toColumn.at(index) != PackedRate.NONE) {
                    return Optional.of(LocalDate.ofEpochDay(days[index]));
                }
            }
        }
        return Optional.empty();
    }

    /** The currencies with a rate on any day, sorted, without the euro. */
    public SortedSet<String> codes() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(columns.keySet()));
    }

    /**
     * This history with the days that it lacks. Existing days stay, so the order of additions makes no difference.
     *
     * @return this history itself if it lacks none
     */
    public RateHistory plus(Collection<HistoryDay> others) {
        SortedMap<Integer, HistoryDay> missing = new TreeMap<>();
        for (HistoryDay day : others) {
            int epochDay = epochDay(day.day());
            if (Arrays.binarySearch(days, epochDay) < 0) {
                missing.putIfAbsent(epochDay, day);
            }
        }
        return missing.isEmpty() ? this : merged(missing);
    }

    /**
     * This history with all rates of one day replaced.
     *
     * @return this history itself if nothing changes
     */
    public RateHistory corrected(HistoryDay correction) {
        if (day(correction.day()).filter(correction::equals).isPresent()) {
            return this;
        }
        return merged(new TreeMap<>(Map.of(epochDay(correction.day()), correction)));
    }

    /**
     * This history with the days of another one, which replace existing days: so corrections are applied.
     *
     * @return this history itself if nothing changes
     */
    public RateHistory overlaid(RateHistory other) {
        if (days.length == 0) {
            return other;
        }
        SortedMap<Integer, HistoryDay> changed = new TreeMap<>();
        for (int index = 0; index < other.days.length; index++) {
            HistoryDay day = other.day(index);
            if (day(day.day()).filter(day::equals).isEmpty()) {
                changed.put(other.days[index], day);
            }
        }
        return changed.isEmpty() ? this : merged(changed);
    }

    /** The approximate size on the heap of a JVM with compressed pointers. */
    public long bytes() {
        return HeapBytes.OBJECT
                + HeapBytes.array(days.length, Integer.BYTES)
                + HeapBytes.column(euro)
                + HeapBytes.columns(columns);
    }

    /** The epoch day at an index. */
    int epochDay(int index) {
        return days[index];
    }

    /** The columns by code, without the euro. */
    Map<String, RateColumn> columns() {
        return columns;
    }

    /** The column of a currency; null if it has no rate on any day. */
    private @Nullable RateColumn column(String code) {
        return Currencies.EURO.equals(code) ? euro : columns.get(code);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RateHistory history
                && Arrays.equals(days, history.days)
                && columns.equals(history.columns);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(days) + columns.hashCode();
    }

    @Override
    public String toString() {
        return days.length == 0 ? "no days" : days.length + " days to " + LocalDate.ofEpochDay(days[days.length - 1]);
    }

    private RateHistory merged(SortedMap<Integer, HistoryDay> others) {
        int[] epochDays = IntStream.concat(
                        Arrays.stream(days), others.keySet().stream().mapToInt(Integer::intValue))
                .sorted()
                .distinct()
                .toArray();
        int[] before = new int[epochDays.length];
        @Nullable HistoryDay[] fresh = new HistoryDay[epochDays.length];
        for (int i = 0; i < epochDays.length; i++) {
            before[i] = Arrays.binarySearch(days, epochDays[i]);
            fresh[i] = others.get(epochDays[i]);
        }
        SortedSet<String> codes = new TreeSet<>(columns.keySet());
        others.values().forEach(day -> codes.addAll(day.perEuro().keySet()));
        Map<String, RateColumn> merged = new HashMap<>();
        long[] byDay = new long[epochDays.length];
        for (String code : codes) {
            RateColumn old = column(code);
            for (int i = 0; i < byDay.length; i++) {
                HistoryDay day = fresh[i];
                byDay[i] = day == null
                        ? packed(old, before[i])
                        : packed(day.perEuro().get(code));
            }
            RateColumn column = RateColumn.of(byDay);
            if (column != null) {
                merged.put(code, column);
            }
        }
        return new RateHistory(epochDays, merged);
    }

    private static long packed(@Nullable RateColumn column, int index) {
        return column == null ? PackedRate.NONE : column.at(index);
    }

    private static long packed(@Nullable BigDecimal perEuro) {
        return perEuro == null ? PackedRate.NONE : PackedRate.pack(perEuro);
    }

    private HistoryDay day(int index) {
        Map<String, BigDecimal> rates = new HashMap<>();
        columns.forEach((code, column) -> {
            if (column.at(index) != PackedRate.NONE) {
                rates.put(code, PackedRate.unpack(column.at(index)));
            }
        });
        return new HistoryDay(LocalDate.ofEpochDay(days[index]), rates);
    }

    private Optional<DatedLegs> legs(RateColumn from, RateColumn to, int index) {
        return PackedRate.legs(from.at(index), to.at(index))
                .map(legs -> new DatedLegs(LocalDate.ofEpochDay(days[index]), legs));
    }

    private IntStream indices(LocalDate firstDay, LocalDate lastDay) {
        int until = floor(epochDay(lastDay)) + 1;
        int from = Arrays.binarySearch(days, epochDay(firstDay));
        return IntStream.range(from < 0 ? -from - 1 : from, until);
    }

    /** The index of the last day on or before; -1 if all are later. */
    private int floor(int epochDay) {
        int index = Arrays.binarySearch(days, epochDay);
        return index < 0 ? -index - 2 : index;
    }

    /** The epoch day, limited to the range of {@code int}, five million years. */
    private static int epochDay(LocalDate day) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, day.toEpochDay()));
    }
}
