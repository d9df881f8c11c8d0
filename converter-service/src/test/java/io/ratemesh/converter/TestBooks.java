package io.ratemesh.converter;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Books for tests. */
public final class TestBooks {

    /** When the rates of the specification's example were observed. */
    public static final Instant OBSERVED = Instant.parse("2026-07-06T14:00:00Z");

    private static final Instant NEVER = Instant.parse("2999-01-01T00:00:00Z");

    private final Map<String, Rate> rates = new LinkedHashMap<>();

    private TestBooks() {}

    /** A book with nothing in it. */
    public static TestBooks book() {
        return new TestBooks();
    }

    /** The rates of the specification's example. */
    public static TestBooks example() {
        return book().ecb("USD", "1.1415").ecb("JPY", "185.31").ecb("GBP", "0.86");
    }

    /** A fresh rate of the ECB's. */
    public TestBooks ecb(String code, String perEuro) {
        return with(code, new Rate(new BigDecimal(perEuro), "ecb", OBSERVED, NEVER));
    }

    /** A fresh rate of a feed at a time. */
    public TestBooks from(String source, String code, String perEuro, Instant asOf) {
        return with(code, new Rate(new BigDecimal(perEuro), source, asOf, NEVER));
    }

    /** A rate that turns stale at a moment. */
    public TestBooks staleAt(Instant staleAt, String code, String perEuro) {
        return with(code, new Rate(new BigDecimal(perEuro), "ecb", OBSERVED, staleAt));
    }

    /** The book. */
    public RateBook version(long version) {
        return new RateBook(version, rates);
    }

    private TestBooks with(String code, Rate rate) {
        rates.put(code, rate);
        return this;
    }
}
