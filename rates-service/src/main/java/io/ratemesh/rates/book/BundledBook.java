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
 * The bundled reference rates of one day of the ECB, for a start without network. Its rates are stale from the start; a
 * feed with the same rates makes them fresh.
 */
public final class BundledBook {

    private static final String FILE = "ecb-eurofxref-daily-2026-07-06.xml";

    /** Below the version of every book that a cluster builds. */
    private static final long VERSION = 1;

    private BundledBook() {}

    /** Reads the book. */
    public static RateBook read() {
        Map<String, Rate> rates = new HashMap<>();
        try (InputStream file = Objects.requireNonNull(BundledBook.class.getResourceAsStream(FILE), FILE)) {
            for (FeedQuote quote :
                    EcbXml.read(file.readAllBytes()).get(0).toResponse().quotes()) {
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
