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
 * The reference rates of many days, immutable and read by any thread: the days in one sorted array, each currency in a
 * column of packed decimals beside it. All codes are upper-case; the euro is worth one on every day there is.
 */
public final class RateHistory {

    /** How many calendar days before the one asked for an answer may lie: the longest weekend and then some. */
    public static final int LOOK_BACK_DAYS = 14;

    /** No day at all. */
    public static final RateHistory EMPTY = new RateHistory(new int[0], Map.of());

    private final int[] days;
    private final Map<String, RateColumn> columns;
    private final RateColumn euro;

    /** Owns what it is given: {@code days} are epoch days, each above the one before. */
    RateHistory(int[] days, Map<String, RateColumn> columns) {
        this.days = days;
        this.columns = Map.copyOf(columns);
        this.euro = RateColumn.ones(days.length);
    }

    /** The history of these days; of two with one date the first counts. */
    public static RateHistory of(Collection<HistoryDay> days) {
        return EMPTY.plus(days);
    }

    /**
     * The rate of exactly that day.
     *
     * @param code upper-case code
     * @return units for one euro, as the ECB wrote them, zeros at the end stripped; empty where there was none
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
     * Both legs of a pair on a date: those of the last day on or before it, no more than {@link #LOOK_BACK_DAYS} days
     * back, on which both currencies had a rate.
     *
     * @param from upper-case code of what is given
     * @param to upper-case code of what is wanted
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
     * Every day of a range on which both currencies had a rate, oldest first, read as the stream is.
     *
     * @param from upper-case code of what is given
     * @param to upper-case code of what is wanted
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

    /** All rates of exactly that day. */
    public Optional<HistoryDay> day(LocalDate day) {
        int index = Arrays.binarySearch(days, epochDay(day));
        return index < 0 ? Optional.empty() : Optional.of(day(index));
    }

    /** The last day on or before the date that has any rates, no more than {@link #LOOK_BACK_DAYS} days back. */
    public Optional<LocalDate> dayOnOrBefore(LocalDate date) {
        int index = floor(epochDay(date));
        boolean found = index >= 0 && days[index] >= epochDay(date.minusDays(LOOK_BACK_DAYS));
        return found ? Optional.of(LocalDate.ofEpochDay(days[index])) : Optional.empty();
    }

    /** The days of a range, both ends included, oldest first, read as the stream is. */
    public Stream<LocalDate> days(LocalDate firstDay, LocalDate lastDay) {
        return indices(firstDay, lastDay).mapToObj(index -> LocalDate.ofEpochDay(days[index]));
    }

    /** All that lies after the date, oldest first: what was learnt since then. */
    public List<HistoryDay> after(LocalDate date) {
        List<HistoryDay> later = new ArrayList<>();
        for (int index = floor(epochDay(date)) + 1; index < days.length; index++) {
            later.add(day(index));
        }
        return later;
    }

    /** How many days there are. */
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

    /** The first day on which a currency had a rate. */
    public Optional<LocalDate> firstDay(String code) {
        return Optional.ofNullable(column(code))
                .filter(column -> column.length() > 0)
                .map(column -> LocalDate.ofEpochDay(days[column.first()]));
    }

    /** The last day on which a currency had a rate. */
    public Optional<LocalDate> lastDay(String code) {
        return Optional.ofNullable(column(code))
                .filter(column -> column.length() > 0)
                .map(column -> LocalDate.ofEpochDay(days[column.last()]));
    }

    /** The last day on or before the date, however long ago, on which both currencies had a rate. */
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

    /** The currencies that have ever had a rate, in the order of their codes, without the euro. */
    public SortedSet<String> codes() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(columns.keySet()));
    }

    /**
     * This history and the days it lacks. A day it has already stays as it is, so that to learn the same days twice, or
     * in another order, makes no difference.
     *
     * @return this history itself where there was nothing to learn
     */
    public RateHistory plus(Collection<HistoryDay> learnt) {
        SortedMap<Integer, HistoryDay> missing = new TreeMap<>();
        for (HistoryDay day : learnt) {
            int epochDay = epochDay(day.day());
            if (Arrays.binarySearch(days, epochDay) < 0) {
                missing.putIfAbsent(epochDay, day);
            }
        }
        return missing.isEmpty() ? this : merged(missing);
    }

    /**
     * This history with one day put right: all its rates are replaced, and what the correction lacks is gone.
     *
     * @return this history itself where it says so already
     */
    public RateHistory corrected(HistoryDay correction) {
        if (day(correction.day()).filter(correction::equals).isPresent()) {
            return this;
        }
        return merged(new TreeMap<>(Map.of(epochDay(correction.day()), correction)));
    }

    /**
     * This history and what was learnt: where both have a day, the learnt one counts, so that a day the source put right
     * later travels.
     *
     * @return this history itself where it says all that already
     */
    public RateHistory overlaid(RateHistory learnt) {
        if (days.length == 0) {
            return learnt;
        }
        SortedMap<Integer, HistoryDay> news = new TreeMap<>();
        for (int index = 0; index < learnt.days.length; index++) {
            HistoryDay day = learnt.day(index);
            if (day(day.day()).filter(day::equals).isEmpty()) {
                news.put(learnt.days[index], day);
            }
        }
        return news.isEmpty() ? this : merged(news);
    }

    /** About how many bytes of heap this history holds on to, on a JVM with compressed pointers. */
    public long bytes() {
        return HeapBytes.OBJECT
                + HeapBytes.array(days.length, Integer.BYTES)
                + HeapBytes.column(euro)
                + HeapBytes.columns(columns);
    }

    /** The index of the day, for the codec. */
    int epochDay(int index) {
        return days[index];
    }

    /** The columns by code, without the euro's. */
    Map<String, RateColumn> columns() {
        return columns;
    }

    /** The column of a currency; null where it has never had a rate. */
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

    /** The index of the last day on or before; -1 where all are later. */
    private int floor(int epochDay) {
        int index = Arrays.binarySearch(days, epochDay);
        return index < 0 ? -index - 2 : index;
    }

    /** Days beyond five million years are as good as the last that an {@code int} holds. */
    private static int epochDay(LocalDate day) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, day.toEpochDay()));
    }
}
