package io.ratemesh.converter.api;

import io.ratemesh.converter.book.QuoteJson;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.model.history.SettledDays;
import io.ratemesh.model.legacy.LegalRates;
import io.ratemesh.model.quote.PairQuote;
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

    private final ResourceRequest ask;
    private final RateHistory history;
    private final LocalDate date;

    /**
     * Looks at a day, which is not to come.
     *
     * @throws ProblemException with {@code no-rates-yet}
     */
    PastDay(ResourceRequest ask, LocalDate date) {
        this.ask = ask;
        this.history = ask.history();
        this.date = date;
    }

    /**
     * At what a pair converted.
     *
     * @param fromParameter where the first code stood, for messages
     * @param toParameter where the second one stood
     * @throws ProblemException with {@code no-rate} that names the last day there was one
     */
    PairQuote.Priced priced(String fromParameter, Currency from, String toParameter, Currency to) {
        PairQuote quote = ask.book().quotes().on(from.code(), to.code(), date);
        if (quote instanceof PairQuote.Priced priced) {
            return priced;
        }
        if (quote instanceof PairQuote.NoRate none) {
            throw noRate(none.code().equals(to.code()) ? toParameter : fromParameter, none);
        }
        throw new IllegalStateException(from.code() + " and " + to.code() + " on " + date + ": " + quote);
    }

    /**
     * A pair with its JSON.
     *
     * @throws ProblemException with {@code no-rate} that names the last day there was one
     */
    QuoteJson quote(Currency from, Currency to) {
        return QuoteJson.past(from.code(), to.code(), priced("from", from, "to", to));
    }

    /**
     * The currencies of which the ECB published rates that the base converts at, and the euro, but the base.
     *
     * @throws ProblemException with {@code no-rate} where there is none for the base
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
    ApiResponse answer(String json, LocalDate ratesOf) {
        return ApiResponse.past(Buffer.buffer(json), settled(ratesOf));
    }

    /** Whether an answer with rates of that day can no longer change. */
    boolean settled(LocalDate ratesOf) {
        return SettledDays.settled(history, ratesOf.plusDays(1), date, ask.today());
    }

    private ProblemException noRateAtAll() {
        return refusal("date: there is no rate", history.lastDay(Currencies.EURO, Currencies.EURO, date));
    }

    private ProblemException noRate(String parameter, PairQuote.NoRate none) {
        String name = Currencies.find(none.code()).map(Currency::name).orElse("");
        return refusal(parameter + ": there is no rate for " + none.code() + " (" + name + ')', none.lastDay());
    }

    private ProblemException refusal(String what, Optional<LocalDate> lastDay) {
        String last = lastDay.map(day -> "; the last one known is of " + day).orElse("");
        String when = " on " + date + " or in the " + RateHistory.LOOK_BACK_DAYS + " days before";
        return Problem.of(ProblemCode.NO_RATE, what + when + last).refusal();
    }
}
