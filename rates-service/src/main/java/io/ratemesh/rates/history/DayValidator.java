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

/** What of the days that an answer holds is believed, judged by the days that are known and by each other. */
final class DayValidator {

    /** ISO 4217 keeps one code for tests and one for no currency at all; the euro is worth one. */
    private static final Set<String> NO_CURRENCIES = Set.of("XTS", "XXX", Currencies.EURO);

    /** The bounds of {@code QuoteCheck}, two powers of ten beyond the dearest and the cheapest. */
    private static final BigDecimal LEAST = new BigDecimal("0.000001");

    private static final BigDecimal BELOW = new BigDecimal("100000000");

    /** As many as a history keeps; the ECB has never written more than 6. */
    private static final int MOST_DECIMALS = 9;

    /** Where most currencies have moved by more in a day, the day has another base. */
    private static final BigDecimal DAY_JUMP = new BigDecimal("1.20");

    /** Beyond this one currency's rate is taken for a slip. */
    private static final BigDecimal RATE_JUMP = new BigDecimal("1.50");

    /** A correction of a day that is known is smaller than this. */
    private static final BigDecimal CORRECTION = new BigDecimal("1.05");

    private final RateHistory known;
    private final LocalDate today;
    private final List<String> refused = new ArrayList<>();
    private final Map<String, DatedRate> newest = new HashMap<>();

    private DayValidator(RateHistory known, LocalDate today) {
        this.known = known;
        this.today = today;
    }

    /**
     * The outcome.
     *
     * @param learnt days that are new or corrected, oldest first
     * @param said the days of which the answer spoke
     * @param refused what is not believed and why, one sentence each, in words of ours
     */
    record Checked(List<HistoryDay> learnt, SortedSet<LocalDate> said, List<String> refused) {}

    /**
     * Checks a file of many days. Nothing of it is believed unless most of what is known already stands in it to the
     * digit: else it has another base, or is somebody else's.
     *
     * @param today in Frankfurt
     */
    static Checked file(RateHistory known, FeedResponse answer, LocalDate today) {
        DayValidator check = new DayValidator(known, today);
        SortedMap<LocalDate, Map<String, BigDecimal>> days = check.days(answer);
        int compared = 0;
        int equal = 0;
        for (Map.Entry<LocalDate, Map<String, BigDecimal>> day : days.entrySet()) {
            for (Map.Entry<String, BigDecimal> rate : day.getValue().entrySet()) {
                Optional<BigDecimal> held = known.perEuro(rate.getKey(), day.getKey());
                compared += held.isPresent() ? 1 : 0;
                equal += held.filter(ours -> ours.compareTo(rate.getValue()) == 0)
                                .isPresent()
                        ? 1
                        : 0;
            }
        }
        // None that is known in it is no proof either.
        if (equal * 2 <= compared) {
            return new Checked(
                    List.of(),
                    new TreeSet<>(),
                    List.of("only " + equal + " of " + compared + " known rates are the same in it: another base?"));
        }
        return check.learn(days);
    }

    /**
     * Checks the newest days, of which none need be known.
     *
     * @param today in Frankfurt
     */
    static Checked newest(RateHistory known, FeedResponse answer, LocalDate today) {
        DayValidator check = new DayValidator(known, today);
        return check.learn(check.days(answer));
    }

    private SortedMap<LocalDate, Map<String, BigDecimal>> days(FeedResponse answer) {
        SortedMap<LocalDate, Map<String, BigDecimal>> days = new TreeMap<>();
        for (FeedQuote quote : answer.quotes()) {
            LocalDate day = quote.observedAt().atZone(TargetCalendar.FRANKFURT).toLocalDate();
            Map<String, BigDecimal> rates = days.computeIfAbsent(day, ignored -> new TreeMap<>());
            fault(quote, day)
                    .ifPresentOrElse(
                            fault -> refused.add(day + ": " + fault),
                            () -> rates.putIfAbsent(quote.currency(), quote.perEuro()));
        }
        if (answer.unreadable() > 0) {
            refused.add(answer.unreadable() + " rates that are no numbers");
        }
        SortedMap<LocalDate, Map<String, BigDecimal>> future = days.tailMap(today.plusDays(1));
        future.keySet().forEach(day -> refused.add(day + ": a day that is still to come"));
        future.clear();
        return days;
    }

    /** What a code is, a provider wrote: it is shown only once it is known to be one. */
    private static Optional<String> fault(FeedQuote quote, LocalDate day) {
        String code = quote.currency();
        boolean listed = !NO_CURRENCIES.contains(code)
                && Currencies.find(code)
                        .filter(currency -> currency.code().equals(code))
                        .isPresent();
        if (!listed) {
            return Optional.of("a code that is no currency");
        }
        if (LegalRates.appliesOn(code, day)) {
            return Optional.of(code + " after the euro replaced it");
        }
        BigDecimal rate = quote.perEuro();
        boolean sane = rate.compareTo(LEAST) >= 0
                && rate.compareTo(BELOW) < 0
                && rate.stripTrailingZeros().scale() <= MOST_DECIMALS;
        return sane ? Optional.empty() : Optional.of(code + " at a rate that none has");
    }

    private Checked learn(SortedMap<LocalDate, Map<String, BigDecimal>> days) {
        List<HistoryDay> learnt = new ArrayList<>();
        days.forEach((day, rates) -> learn(day, rates).ifPresent(learnt::add));
        return new Checked(learnt, new TreeSet<>(days.keySet()), List.copyOf(refused));
    }

    /** The day as it is to be known from now on; empty where that changes nothing. */
    private Optional<HistoryDay> learn(LocalDate day, Map<String, BigDecimal> rates) {
        Optional<HistoryDay> held = known.day(day);
        Map<String, BigDecimal> believed =
                new TreeMap<>(held.map(HistoryDay::perEuro).orElse(Map.of()));
        List<String> leftOut = new ArrayList<>();
        int comparable = 0;
        int jumped = 0;
        for (Map.Entry<String, BigDecimal> rate : rates.entrySet()) {
            String code = rate.getKey();
            Optional<BigDecimal> same = known.perEuro(code, day);
            Optional<BigDecimal> before = same.or(() -> before(code, day));
            comparable += before.isPresent() ? 1 : 0;
            jumped += apart(before, rate.getValue(), DAY_JUMP) ? 1 : 0;
            if (apart(before, rate.getValue(), same.isPresent() ? CORRECTION : RATE_JUMP)) {
                leftOut.add(day + ": " + code
                        + (same.isPresent() ? " more than 5% from what is known" : " jumped by more than 50%"));
            } else {
                believed.put(code, rate.getValue());
            }
        }
        if (jumped * 2 > comparable) {
            refused.add(day + ": " + jumped + " of " + comparable + " currencies jumped by more than 20%");
            return Optional.empty();
        }
        refused.addAll(leftOut);
        if (believed.isEmpty()) {
            return Optional.empty();
        }
        HistoryDay learnt = new HistoryDay(day, believed);
        learnt.perEuro().forEach((code, rate) -> newest.put(code, new DatedRate(day, rate)));
        return held.filter(learnt::equals).isPresent() ? Optional.empty() : Optional.of(learnt);
    }

    /** The last rate before the day, of the known days and of those just believed, no more than 14 days back. */
    private Optional<BigDecimal> before(String code, LocalDate day) {
        Optional<DatedRate> held =
                known.on(Currencies.EURO, code, day.minusDays(1)).map(DatedRate::to);
        Optional<DatedRate> read = Optional.ofNullable(newest.get(code))
                .filter(rate -> !rate.day().isBefore(day.minusDays(1L + RateHistory.LOOK_BACK_DAYS)))
                .filter(rate ->
                        held.filter(ours -> ours.day().isAfter(rate.day())).isEmpty());
        return read.or(() -> held).map(DatedRate::perEuro);
    }

    private static boolean apart(Optional<BigDecimal> before, BigDecimal after, BigDecimal ratio) {
        return before.filter(rate -> rate.max(after).compareTo(rate.min(after).multiply(ratio)) > 0)
                .isPresent();
    }

    private record DatedRate(LocalDate day, BigDecimal perEuro) {

        static DatedRate to(DatedLegs legs) {
            return new DatedRate(legs.day(), legs.legs().to());
        }
    }
}
