package io.ratemesh.converter.stream;

import io.ratemesh.converter.json.JsonText;
import io.ratemesh.model.CurrencyPair;
import io.ratemesh.model.RateBook;
import io.ratemesh.model.history.RateHistory;
import io.ratemesh.model.quote.PairQuote;
import io.ratemesh.model.quote.PairQuotes;
import java.time.Instant;
import java.util.Optional;

/**
 * The state of a pair in events.
 *
 * @param rate to 34 significant digits
 * @param asOf when the older leg was observed
 * @param source a feed or a law; two, joined by {@code +}, when the legs have different ones
 * @param stale whether a leg is stale
 * @param simulated whether a leg is simulated
 */
record PairState(String rate, Instant asOf, String source, boolean stale, boolean simulated) {

    /** The state of a pair; empty when the book has no rate for it. Current rates need no history. */
    static Optional<PairState> of(RateBook book, CurrencyPair pair, Instant at) {
        return new PairQuotes(book, RateHistory.EMPTY).now(pair.from(), pair.to()) instanceof PairQuote.Priced priced
                ? Optional.of(new PairState(
                        priced.legs().rate().toPlainString(),
                        priced.asOf(),
                        String.join("+", priced.sources()),
                        priced.stale(at),
                        priced.simulated()))
                : Optional.empty();
    }

    void appendTo(StringBuilder json) {
        JsonText.field(json.append('{'), "rate", rate);
        JsonText.field(json.append(','), "asOf", asOf.toString());
        JsonText.field(json.append(','), "source", source);
        json.append(",\"stale\":").append(stale);
        if (simulated) {
            json.append(",\"simulated\":true");
        }
        json.append('}');
    }
}
