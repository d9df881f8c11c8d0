package io.ratemesh.converter.api;

import io.ratemesh.converter.book.QuoteJson;
import io.ratemesh.converter.http.ApiResponse;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.converter.route.ResourceRequest;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.model.history.SettledDays;
import io.ratemesh.model.legacy.LegalRates;
import io.ratemesh.model.quote.PairQuote;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rates of one day of the history, which is not a future one. Its responses have no book version and are never stale. */
final class PastDay {

    private static final Currency EURO = Currencies.find(Currencies.EURO).orElseThrow();

    private final ResourceRequest request;
    private final RateHistory history;
    private final LocalDate date;

    /**
     * A day that is not in the future.
     *
     * @throws ProblemException with {@code no-rates-yet}
     */
    PastDay(ResourceRequest request, LocalDate date) {
        this.request = request;
        this.history = request.history();
        this.date = date;
    }

    /**
     * The quote of a pair.
     *
     * @param fromParameter the parameter of the first code, for messages
     * @param toParameter the parameter of the second code
     * @throws ProblemException with {@code no-rate} that names the last day with a rate
     */
    PairQuote.Priced priced(String fromParameter, Currency from, String toParameter, Currency to) {
        PairQuote quote = request.book().quotes().on(from.code(), to.code(), date);
        if (quote instanceof PairQuote.Priced priced) {
            return priced;
        }
        if (quote instanceof PairQuote.NoRate none) {
            throw CurrencyCodes.noRate(none.code().equals(to.code()) ? toParameter : fromParameter, none, when());
        }
        throw new IllegalStateException(from.code() + " and " + to.code() + " on " + date + ": " + quote);
    }

    /**
     * The quote of a pair with its JSON.
     *
     * @throws ProblemException with {@code no-rate} that names the last day with a rate
     */
    QuoteJson quote(Currency from, Currency to) {
        return QuoteJson.past(from.code(), to.code(), priced("from", from, "to", to));
    }

    /**
     * The currencies in the ECB's rates that apply on this day, and the euro; without the base.
     *
     * @throws ProblemException with {@code no-rate} when the base has none
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
     * The response.
     *
     * @param ratesOf the oldest day of its rates: while later days are missing, the response may change
     */
    ApiResponse response(String json, LocalDate ratesOf) {
        return ApiResponse.past(Buffer.buffer(json), settled(ratesOf));
    }

    /** Whether a response with rates of that day can no longer change. */
    boolean settled(LocalDate ratesOf) {
        return SettledDays.settled(history, ratesOf.plusDays(1), date, request.today());
    }

    private ProblemException noRateAtAll() {
        return CurrencyCodes.noRate(
                "date: there is no rate " + when(), history.lastDay(Currencies.EURO, Currencies.EURO, date));
    }

    private String when() {
        return "on " + date + " or in the " + RateHistory.LOOK_BACK_DAYS + " days before";
    }
}
