package io.ratemesh.converter.api;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.book.QuoteJson;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.quote.PairQuote;
import java.time.LocalDate;
import java.util.Optional;

/** Looks up currencies by the codes of a request, and their rates. */
final class CurrencyCodes {

    private static final int LENGTH = 3;

    private CurrencyCodes() {}

    /**
     * Checks that a path segment is three letters.
     *
     * @throws ProblemException with {@code bad-parameter}
     */
    static String threeLetters(String parameter, String text) {
        boolean letters = text.length() == LENGTH;
        for (int i = 0; letters && i < LENGTH; i++) {
            char c = text.charAt(i);
            letters = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        }
        if (!letters) {
            throw Problem.parameter(parameter, text, "currency code", "three letters, such as USD")
                    .exception();
        }
        return text;
    }

    /**
     * Finds a currency by its code in any case.
     *
     * @throws ProblemException with {@code unknown-currency}
     */
    static Currency known(String parameter, String code) {
        return Currencies.find(code)
                .orElseThrow(() -> Problem.of(
                                ProblemCode.UNKNOWN_CURRENCY,
                                parameter + ": " + Problem.shown(code)
                                        + " is not in ISO 4217; use a code of /api/v1/currencies")
                        .exception());
    }

    /**
     * Finds the current quote of a pair.
     *
     * @throws ProblemException with {@code no-rate}
     */
    static QuoteJson quote(BookView book, Currency from, Currency to) {
        QuoteJson quote = book.quote(from.code(), to.code());
        if (quote == null) {
            checkRate("from", from, book);
            checkRate("to", to, book);
            throw new IllegalStateException(from.code() + " and " + to.code() + " have rates, but not together");
        }
        return quote;
    }

    /**
     * Checks that a currency has a current rate, of the market or of the law.
     *
     * @throws ProblemException with {@code no-rate} that names the last day with a rate
     */
    static void checkRate(String parameter, Currency currency, BookView book) {
        if (book.quotes().now(currency.code(), Currencies.EURO) instanceof PairQuote.NoRate none) {
            String withdrawn =
                    currency.withdrawn().map(month -> ", withdrawn " + month).orElse("");
            throw noRate(
                    parameter + ": there is no rate for " + currency.code() + " (" + currency.name() + withdrawn
                            + ") now",
                    none.lastDay());
        }
    }

    /** The error for a currency without a rate. */
    static ProblemException noRate(String parameter, PairQuote.NoRate none, String when) {
        String name = Currencies.find(none.code()).map(Currency::name).orElse("");
        return noRate(parameter + ": there is no rate for " + none.code() + " (" + name + ") " + when, none.lastDay());
    }

    static ProblemException noRate(String what, Optional<LocalDate> lastDay) {
        String last = lastDay.map(day -> "; the last one known is of " + day).orElse("");
        return Problem.of(ProblemCode.NO_RATE, what + last).exception();
    }
}
