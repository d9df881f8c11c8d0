package io.ratemesh.rates.book;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.rates.feed.EcbFeed;
import io.ratemesh.rates.feed.EcbXml;
import io.ratemesh.rates.feed.FeedQuote;
import io.ratemesh.rates.feed.UnreadableResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The ECB's day that comes with the program, for a start without network. Its rates were stale the moment they were
 * observed: only a feed that says the same makes them fresh.
 */
public final class BundledBook {

    private static final String FILE = "ecb-eurofxref-daily-2026-07-06.xml";

    /** Older than every book a cluster has made. */
    private static final long VERSION = 1;

    private BundledBook() {}

    /** Reads it. */
    public static RateBook read() {
        Map<String, Rate> rates = new HashMap<>();
        try (InputStream file = Objects.requireNonNull(BundledBook.class.getResourceAsStream(FILE), FILE)) {
            for (FeedQuote quote :
                    EcbXml.read(file.readAllBytes()).get(0).answer().quotes()) {
                rates.put(
                        quote.currency(),
                        new Rate(quote.perEuro(), EcbFeed.NAME, quote.observedAt(), quote.observedAt()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnreadableResponseException e) {
            throw new IllegalStateException(FILE + ": " + e.getMessage(), e);
        }
        return new RateBook(VERSION, rates);
    }
}
