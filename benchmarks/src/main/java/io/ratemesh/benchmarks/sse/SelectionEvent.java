package io.ratemesh.benchmarks.sse;

import io.ratemesh.benchmarks.cluster.BookGenerator;
import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import java.util.stream.Collectors;

/** The data of an event as a converter sends it to the readers of a selection. */
final class SelectionEvent {

    /** What precedes the version. */
    static final String BEFORE_VERSION = "{\"version\":";

    private SelectionEvent() {}

    /** The rates of a selection in a book that has all of them. */
    static String data(RateBook book, int selection) {
        return BookGenerator.selection(selection).stream()
                .sorted()
                .map(code -> "\"EUR/" + code + "\":" + rate(book.rate(code).orElseThrow()))
                .collect(Collectors.joining(",", BEFORE_VERSION + book.version() + ",\"rates\":{", "}}"));
    }

    private static String rate(Rate rate) {
        return "{\"rate\":\"" + rate.perEuro().stripTrailingZeros().toPlainString() + "\",\"asOf\":\"" + rate.asOf()
                + "\",\"source\":\"" + rate.source() + "\",\"stale\":false}";
    }
}
