package io.ratemesh.benchmarks.stack;

import io.ratemesh.model.Currencies;
import io.ratemesh.model.Currency;
import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.model.TargetCalendar;
import io.ratemesh.model.history.BundledHistory;
import io.ratemesh.model.history.HistoryDay;
import io.ratemesh.model.history.RateHistory;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** The book of the last bundled day (Source: European Central Bank), for Ratemesh and for others. */
final class EcbBook {

    private EcbBook() {}

    /** A book whose rates turn stale a day after {@code now}. */
    static RateBook at(Instant now) {
        RateHistory history = BundledHistory.load();
        HistoryDay last = history.lastDay().flatMap(history::day).orElseThrow();
        Instant asOf = TargetCalendar.publication(last.day());
        Instant staleAt = now.truncatedTo(ChronoUnit.SECONDS).plus(1, ChronoUnit.DAYS);
        Map<String, Rate> rates = new HashMap<>();
        last.perEuro()
                .forEach((code, perEuro) -> rates.put(code, new Rate(perEuro, BundledHistory.SOURCE, asOf, staleAt)));
        return new RateBook(now.toEpochMilli(), rates);
    }

    /** The book as {@code app.py} reads it: rates by code with the decimals of results, the euro included. */
    static String json(RateBook book) {
        JsonObject rates = new JsonObject().put(Currencies.EURO, currency(Currencies.EURO, BigDecimal.ONE));
        book.rates()
                .forEach((code, rate) -> rates.put(
                        code,
                        currency(code, rate.perEuro())
                                .put("source", rate.source())
                                .put("asOf", rate.asOf().toString())
                                // Python 3.9 reads an offset, and not the letter Z.
                                .put("staleAt", rate.staleAt().toString().replace("Z", "+00:00"))));
        return new JsonObject()
                .put("version", book.version())
                .put("rates", rates)
                .encode();
    }

    private static JsonObject currency(String code, BigDecimal perEuro) {
        int decimals = Currencies.find(code).map(Currency::scale).orElseThrow();
        return new JsonObject().put("perEuro", perEuro.toPlainString()).put("decimals", decimals);
    }
}
