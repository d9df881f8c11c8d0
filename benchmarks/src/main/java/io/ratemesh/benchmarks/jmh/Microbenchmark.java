package io.ratemesh.benchmarks.jmh;

import java.util.Arrays;
import java.util.Optional;

/** The methods that JMH measures, how they are called in results, and their goals. */
enum Microbenchmark {
    CONVERSION("ConversionBenchmark.ratemesh", "Ratemesh", "conversion", Microbenchmark.MOST_CONVERSION),
    CONVERSION_BY_MONETA("ConversionBenchmark.moneta", "Moneta", "conversion", Double.POSITIVE_INFINITY),
    CONVERSION_OF_TEXT(
            "ConversionBenchmark.ratemeshFromTextToText",
            "Ratemesh",
            "conversion from text to text",
            Double.POSITIVE_INFINITY),
    PAIR_ON_DATE(
            "HistoryLookupBenchmark.pairOnDate", "Ratemesh", "history: a pair on a date", Microbenchmark.MOST_LOOKUP),
    RATE_ON_DAY("HistoryLookupBenchmark.rateOnDay", "Ratemesh", "history: a rate on a day", Microbenchmark.MOST_LOOKUP),
    QUOTE_ON_DATE(
            "HistoryLookupBenchmark.quoteOnDate", "Ratemesh", "history: a quote on a date", Double.POSITIVE_INFINITY),
    BOOK_DECODING("BookDecodingBenchmark.decode", "Ratemesh", "decoding of a book", Double.POSITIVE_INFINITY),
    EVENT_ENCODING(
            "EventEncodingBenchmark.encode", "Ratemesh", "encoding of an event, pairs", Double.POSITIVE_INFINITY),
    UPSTREAM_PICK("UpstreamPickBenchmark.pick", "Ratemesh", "pick of an upstream, servers", Double.POSITIVE_INFINITY);

    /** Nanoseconds. */
    private static final double MOST_CONVERSION = 500;

    private static final double MOST_LOOKUP = 200;

    private final String method;
    private final String contender;
    private final String load;
    private final double mostNanos;

    Microbenchmark(String method, String contender, String load, double mostNanos) {
        this.method = method;
        this.contender = contender;
        this.load = load;
        this.mostNanos = mostNanos;
    }

    /** The one that JMH calls by this name, which begins with the package. */
    static Optional<Microbenchmark> of(String benchmark) {
        return Arrays.stream(values())
                .filter(one -> benchmark.endsWith("." + one.method))
                .findFirst();
    }

    String contender() {
        return contender;
    }

    String load() {
        return load;
    }

    /** The goal in ns; infinite without one. */
    double mostNanos() {
        return mostNanos;
    }
}
