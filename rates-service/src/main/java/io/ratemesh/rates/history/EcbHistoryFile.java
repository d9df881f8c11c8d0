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
 * @param uri a zip archive if it ends in {@code .zip}, else XML
 * @param since the first day to read; earlier days are skipped to save memory
 */
record EcbHistoryFile(URI uri, LocalDate since) implements HttpFeed {

    /** The name in reports and events. */
    static final String NAME = "ecb-history";

    /** The interval of the check for missing days; only if one is missing the file is fetched. */
    static final Duration POLL = Duration.ofHours(1);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Duration poll() {
        return POLL;
    }

    @Override
    public FeedResponse read(byte[] body) throws UnreadableResponseException {
        List<FeedQuote> quotes = new ArrayList<>();
        int unreadable = 0;
        for (EcbDay day : days(body)) {
            FeedResponse response = day.toResponse();
            quotes.addAll(response.quotes());
            unreadable += response.unreadable();
        }
        return new FeedResponse(quotes, unreadable);
    }

    private List<EcbDay> days(byte[] body) throws UnreadableResponseException {
        if (!uri.getPath().endsWith(".zip")) {
            return EcbXml.read(body).stream().filter(this::isWanted).toList();
        }
        List<EcbDay> days = new ArrayList<>();
        EcbHistoryZip.read(body, day -> {
            if (isWanted(day)) {
                days.add(day);
            }
        });
        return days;
    }

    private boolean isWanted(EcbDay day) {
        return !day.date().isBefore(since);
    }
}
