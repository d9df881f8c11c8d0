package io.ratemesh.converter.api;

import io.ratemesh.converter.book.PairQuote;
import io.ratemesh.converter.http.Answer;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.Refusal;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.model.history.SettledDays;
import io.ratemesh.model.quote.Quote;
import io.ratemesh.model.retired.LegalRates;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rates of one day of the history. What is answered has no version and is never stale: no book is asked, also for
 * today.
 */
final class PastDay {

    private static final Currency EURO = Currencies.find(Currencies.EURO).orElseThrow();

    private final Ask ask;
    private final RateHistory history;
    private final LocalDate date;

    /**
     * Looks at a day, which is not to come.
     *
     * @throws Refusal with {@code no-rates-yet}
     */
    PastDay(Ask ask, LocalDate date) {
        this.ask = ask;
        this.history = ask.history();
        this.date = date;
    }

    /**
     * At what a pair converted.
     *
     * @param fromParameter where the first code stood, for messages
     * @param toParameter where the second one stood
     * @throws Refusal with {@code no-rate} that names the last day there was one
     */
    Quote.Priced priced(String fromParameter, Currency from, String toParameter, Currency to) {
        Quote quote = ask.book().quotes().on(from.code(), to.code(), date);
        if (quote instanceof Quote.Priced priced) {
            return priced;
        }
        if (quote instanceof Quote.NoRate none) {
            throw noRate(none.code().equals(to.code()) ? toParameter : fromParameter, none);
        }
        throw new IllegalStateException(from.code() + " and " + to.code() + " on " + date + ": " + quote);
    }

    /**
     * A pair with its JSON.
     *
     * @throws Refusal with {@code no-rate} that names the last day there was one
     */
    PairQuote quote(Currency from, Currency to) {
        return PairQuote.past(from.code(), to.code(), priced("from", from, "to", to));
    }

    /**
     * The currencies of which the ECB published rates that the base converts at, and the euro, but the base.
     *
     * @throws Refusal with {@code no-rate} where there is none for the base
     */
    List<Currency> market(Currency base) {
        LocalDate day = priced("base", base, "base", EURO).date();
        LocalDate published = history.dayOnOrBefore(day).orElseThrow(this::noRateAtAll);
        Set<String> codes = new TreeSet<>(Set.of(Currencies.EURO));
        history.day(published).ifPresent(rates -> codes.addAll(rates.perEuro().keySet()));
        codes.removeIf(code -> code.equals(base.code()) || LegalRates.appliesOn(code, date));
        return codes.stream().map(code -> Currencies.find(code).orElseThrow()).toList();
    }

    /**
     * The answer.
     *
     * @param ratesOf the oldest day the rates are of: where the days after it are still to be filled, the answer may change
     */
    Answer answer(String json, LocalDate ratesOf) {
        return Answer.past(Buffer.buffer(json), settled(ratesOf));
    }

    /** Whether an answer with rates of that day can no longer change. */
    boolean settled(LocalDate ratesOf) {
        return SettledDays.settled(history, ratesOf.plusDays(1), date, ask.today());
    }

    private Refusal noRateAtAll() {
        return refusal("date: there is no rate", history.lastDay(Currencies.EURO, Currencies.EURO, date));
    }

    private Refusal noRate(String parameter, Quote.NoRate none) {
        String name = Currencies.find(none.code()).map(Currency::name).orElse("");
        return refusal(parameter + ": there is no rate for " + none.code() + " (" + name + ')', none.lastDay());
    }

    private Refusal refusal(String what, Optional<LocalDate> lastDay) {
        String last = lastDay.map(day -> "; the last one known is of " + day).orElse("");
        String when = " on " + date + " or in the " + RateHistory.LOOK_BACK_DAYS + " days before";
        return Problem.of(ProblemCode.NO_RATE, what + when + last).refusal();
    }
}
