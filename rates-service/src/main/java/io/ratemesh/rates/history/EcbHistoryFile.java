package io.ratemesh.rates.history;

import io.ratemesh.rates.feed.EcbDay;
import io.ratemesh.rates.feed.EcbHistoryZip;
import io.ratemesh.rates.feed.EcbXml;
import io.ratemesh.rates.feed.FeedQuote;
import io.ratemesh.rates.feed.FeedResponse;
import io.ratemesh.rates.feed.HttpFeed;
import io.ratemesh.rates.feed.UnreadableResponseException;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of past days as a feed: each rate is a quote, observed when its day was published.
 *
 * @param uri an archive where it ends in {@code .zip}, else XML
 * @param since the first day that is read; those before would only fill the memory
 */
record EcbHistoryFile(URI uri, LocalDate since) implements HttpFeed {

    /** Its name in reports and events. */
    static final String NAME = "ecb-history";

    /** How often somebody looks whether a day is missing; only then the file is asked for. */
    static final Duration LOOK = Duration.ofHours(1);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Duration poll() {
        return LOOK;
    }

    @Override
    public FeedResponse read(byte[] body) throws UnreadableResponseException {
        List<FeedQuote> quotes = new ArrayList<>();
        int unreadable = 0;
        for (EcbDay day : days(body)) {
            FeedResponse answer = day.answer();
            quotes.addAll(answer.quotes());
            unreadable += answer.unreadable();
        }
        return new FeedResponse(quotes, unreadable);
    }

    private List<EcbDay> days(byte[] body) throws UnreadableResponseException {
        if (!uri.getPath().endsWith(".zip")) {
            return EcbXml.read(body).stream().filter(this::wanted).toList();
        }
        List<EcbDay> days = new ArrayList<>();
        EcbHistoryZip.read(body, day -> {
            if (wanted(day)) {
                days.add(day);
            }
        });
        return days;
    }

    private boolean wanted(EcbDay day) {
        return !day.date().isBefore(since);
    }
}
