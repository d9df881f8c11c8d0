package io.ratemesh.rates.history;

import io.ratemesh.model.Currencies;
import io.ratemesh.model.TargetCalendar;
import io.ratemesh.model.history.DatedLegs;
import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.model.legacy.LegalRates;
import io.ratemesh.rates.feed.FeedQuote;
import io.ratemesh.rates.feed.FeedResponse;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Checks the days of a response against the history and against each other. */
final class DayValidator {

    /** ISO 4217 has a code for tests and one for no currency; the euro is worth one. */
    private static final Set<String> NO_CURRENCIES = Set.of("XTS", "XXX", Currencies.EURO);

    /** The limits of {@code QuoteLimits}. */
    private static final BigDecimal LEAST = new BigDecimal("0.000001");

    private static final BigDecimal BELOW = new BigDecimal("100000000");

    /** The most that a history stores; the ECB has never used more than 6. */
    private static final int MOST_DECIMALS = 9;

    /** If most currencies changed by a larger ratio in a day, the day has another base. */
    private static final BigDecimal DAY_JUMP = new BigDecimal("1.20");

    /** A larger change of a single currency is taken for an error. */
    private static final BigDecimal RATE_JUMP = new BigDecimal("1.50");

    /** The largest correction of a day in the history. */
    private static final BigDecimal CORRECTION = new BigDecimal("1.05");

    private final RateHistory history;
    private final LocalDate today;
    private final List<String> rejected = new ArrayList<>();
    private final Map<String, DatedRate> newest = new HashMap<>();

    private DayValidator(RateHistory history, LocalDate today) {
        this.history = history;
        this.today = today;
    }

    /**
     * The result of a check.
     *
     * @param valid days that are new or corrected, oldest first
     * @param dates the dates in the response
     * @param rejected what is rejected and why, one sentence each, without text from the provider
     */
    record CheckedDays(List<HistoryDay> valid, SortedSet<LocalDate> dates, List<String> rejected) {}

    /**
     * Checks a file of many days. It is rejected unless most rates that are also in the history are the same to the digit: it
     * would have another base, or another source.
     *
     * @param today in Frankfurt
     */
    static CheckedDays checkFile(RateHistory history, FeedResponse response, LocalDate today) {
        DayValidator validator = new DayValidator(history, today);
        SortedMap<LocalDate, Map<String, BigDecimal>> days = validator.days(response);
        int compared = 0;
        int equal = 0;
        for (Map.Entry<LocalDate, Map<String, BigDecimal>> day : days.entrySet()) {
            for (Map.Entry<String, BigDecimal> rate : day.getValue().entrySet()) {
                Optional<BigDecimal> stored = history.perEuro(rate.getKey(), day.getKey());
                compared += stored.isPresent() ? 1 : 0;
                equal += stored.filter(own -> own.compareTo(rate.getValue()) == 0)
                                .isPresent()
                        ? 1
                        : 0;
            }
        }
        // With nothing to compare, nothing shows that the file is right.
        if (equal * 2 <= compared) {
            return new CheckedDays(
                    List.of(),
                    new TreeSet<>(),
                    List.of("only " + equal + " of " + compared + " known rates are the same in it: another base?"));
        }
        return validator.check(days);
    }

    /**
     * Checks the newest days, of which the history may have none.
     *
     * @param today in Frankfurt
     */
    static CheckedDays checkNewest(RateHistory history, FeedResponse response, LocalDate today) {
        DayValidator validator = new DayValidator(history, today);
        return validator.check(validator.days(response));
    }

    private SortedMap<LocalDate, Map<String, BigDecimal>> days(FeedResponse response) {
        SortedMap<LocalDate, Map<String, BigDecimal>> days = new TreeMap<>();
        for (FeedQuote quote : response.quotes()) {
            LocalDate day = quote.observedAt().atZone(TargetCalendar.FRANKFURT).toLocalDate();
            Map<String, BigDecimal> rates = days.computeIfAbsent(day, ignored -> new TreeMap<>());
            fault(quote, day)
                    .ifPresentOrElse(
                            fault -> rejected.add(day + ": " + fault),
                            () -> rates.putIfAbsent(quote.currency(), quote.perEuro()));
        }
        if (response.unreadable() > 0) {
            rejected.add(response.unreadable() + " rates that are not numbers");
        }
        SortedMap<LocalDate, Map<String, BigDecimal>> future = days.tailMap(today.plusDays(1));
        future.keySet().forEach(day -> rejected.add(day + ": a day in the future"));
        future.clear();
        return days;
    }

    /** The fault of a quote. A code is part of the message only if it is a known one: others are text from the provider. */
    private static Optional<String> fault(FeedQuote quote, LocalDate day) {
        String code = quote.currency();
        boolean isListed = !NO_CURRENCIES.contains(code)
                && Currencies.find(code)
                        .filter(currency -> currency.code().equals(code))
                        .isPresent();
        if (!isListed) {
            return Optional.of("an unknown currency code");
        }
        if (LegalRates.appliesOn(code, day)) {
            return Optional.of(code + " after the euro replaced it");
        }
        BigDecimal rate = quote.perEuro();
        boolean isWithinLimits = rate.compareTo(LEAST) >= 0
                && rate.compareTo(BELOW) < 0
                && rate.stripTrailingZeros().scale() <= MOST_DECIMALS;
        return isWithinLimits ? Optional.empty() : Optional.of(code + " at a rate out of range");
    }

    private CheckedDays check(SortedMap<LocalDate, Map<String, BigDecimal>> days) {
        List<HistoryDay> valid = new ArrayList<>();
        days.forEach((day, rates) -> check(day, rates).ifPresent(valid::add));
        return new CheckedDays(valid, new TreeSet<>(days.keySet()), List.copyOf(rejected));
    }

    /** The day as it is to be stored; empty if it changes nothing. */
    private Optional<HistoryDay> check(LocalDate day, Map<String, BigDecimal> rates) {
        Optional<HistoryDay> stored = history.day(day);
        Map<String, BigDecimal> accepted =
                new TreeMap<>(stored.map(HistoryDay::perEuro).orElse(Map.of()));
        List<String> leftOut = new ArrayList<>();
        int comparable = 0;
        int jumped = 0;
        for (Map.Entry<String, BigDecimal> rate : rates.entrySet()) {
            String code = rate.getKey();
            Optional<BigDecimal> same = history.perEuro(code, day);
            Optional<BigDecimal> before = same.or(() -> before(code, day));
            comparable += before.isPresent() ? 1 : 0;
            jumped += isApart(before, rate.getValue(), DAY_JUMP) ? 1 : 0;
            if (isApart(before, rate.getValue(), same.isPresent() ? CORRECTION : RATE_JUMP)) {
                leftOut.add(day + ": " + code
                        + (same.isPresent() ? " more than 5% from what is known" : " jumped by more than 50%"));
            } else {
                accepted.put(code, rate.getValue());
            }
        }
        if (jumped * 2 > comparable) {
            rejected.add(day + ": " + jumped + " of " + comparable + " currencies jumped by more than 20%");
            return Optional.empty();
        }
        rejected.addAll(leftOut);
        if (accepted.isEmpty()) {
            return Optional.empty();
        }
        HistoryDay next = new HistoryDay(day, accepted);
        next.perEuro().forEach((code, rate) -> newest.put(code, new DatedRate(day, rate)));
        return stored.filter(next::equals).isPresent() ? Optional.empty() : Optional.of(next);
    }

    /** The last rate before the day, of the history and of the days just accepted, at most 14 days back. */
    private Optional<BigDecimal> before(String code, LocalDate day) {
        Optional<DatedRate> stored =
                history.on(Currencies.EURO, code, day.minusDays(1)).map(DatedRate::to);
        Optional<DatedRate> accepted = Optional.ofNullable(newest.get(code))
                .filter(rate -> !rate.day().isBefore(day.minusDays(1L + RateHistory.LOOK_BACK_DAYS)))
                .filter(rate ->
                        stored.filter(own -> own.day().isAfter(rate.day())).isEmpty());
        return accepted.or(() -> stored).map(DatedRate::perEuro);
    }

    private static boolean isApart(Optional<BigDecimal> before, BigDecimal after, BigDecimal ratio) {
        return before.filter(rate -> rate.max(after).compareTo(rate.min(after).multiply(ratio)) > 0)
                .isPresent();
    }

    private record DatedRate(LocalDate day, BigDecimal perEuro) {

        static DatedRate to(DatedLegs legs) {
            return new DatedRate(legs.day(), legs.legs().to());
        }
    }
}
