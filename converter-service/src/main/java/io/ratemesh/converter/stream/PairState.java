package io.ratemesh.converter.stream;

import io.ratemesh.converter.json.JsonText;
import io.ratemesh.model.CrossRate;
import io.ratemesh.model.CurrencyPair;
import io.ratemesh.model.RateBook;
import java.time.Instant;
import java.util.Optional;

/**
 * What a reader is told of one pair.
 *
 * @param rate to 34 significant digits
 * @param asOf when the older leg was observed
 * @param source where it is from; both feeds with {@code +} between where the legs are from two
 * @param stale whether a leg has outlived its time
 * @param simulated whether a leg is made up
 */
record PairState(String rate, Instant asOf, String source, boolean stale, boolean simulated) {

    /** The state of a pair of two different currencies; empty where the book lacks one. */
    static Optional<PairState> of(RateBook book, CurrencyPair pair, Instant at) {
        return CrossRate.of(book, pair.from(), pair.to())
                .flatMap(cross -> cross.asOf()
                        .map(asOf -> new PairState(
                                cross.rate().toPlainString(),
                                asOf,
                                String.join("+", cross.sources()),
                                cross.stale(at),
                                cross.simulated())));
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
