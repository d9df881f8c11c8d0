package io.ratemesh.converter.api;

import io.ratemesh.converter.book.BookView;
import io.ratemesh.converter.book.QuoteJson;
import io.ratemesh.converter.http.Problem;
import io.ratemesh.converter.http.ProblemCode;
import io.ratemesh.converter.http.ProblemException;
import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.quote.PairQuote;

/** Currency codes as users write them: refused for their spelling, for ISO 4217, for the book, in this order. */
final class CurrencyCodes {

    static final String EXPECTED = "three letters, as USD";

    private static final int LENGTH = 3;

    private CurrencyCodes() {}

    /**
     * Checks the spelling only.
     *
     * @throws ProblemException with {@code bad-parameter}
     */
    static String spelled(String parameter, String text) {
        boolean letters = text.length() == LENGTH;
        for (int i = 0; letters && i < LENGTH; i++) {
            char c = text.charAt(i);
            letters = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        }
        if (!letters) {
            throw Problem.parameter(parameter, text, EXPECTED).refusal();
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
                                parameter + ": " + Problem.shown(code) + " (expected: a code of ISO 4217)")
                        .refusal());
    }

    /**
     * Finds a pair of known currencies in the book.
     *
     * @throws ProblemException with {@code no-rate}
     */
    static QuoteJson quote(BookView book, Currency from, Currency to) {
        QuoteJson quote = book.quote(from.code(), to.code());
        if (quote == null) {
            covered("from", from, book);
            covered("to", to, book);
            throw new IllegalStateException(from.code() + " and " + to.code() + " have rates, but not together");
        }
        return quote;
    }

    /**
     * Checks that a currency has a rate now, of the market or of the law.
     *
     * @throws ProblemException with {@code no-rate} that names the last day it had one
     */
    static void covered(String parameter, Currency currency, BookView book) {
        if (book.quotes().now(currency.code(), Currencies.EURO) instanceof PairQuote.NoRate none) {
            String withdrawn =
                    currency.withdrawn().map(when -> ", withdrawn " + when).orElse("");
            String last = none.lastDay()
                    .map(day -> "; the last one known is of " + day)
                    .orElse("");
            throw Problem.of(
                            ProblemCode.NO_RATE,
                            parameter + ": there is no rate for " + currency.code() + " (" + currency.name() + withdrawn
                                    + ") now" + last)
                    .refusal();
        }
    }
}
