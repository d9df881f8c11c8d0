package io.ratemesh.rates.feed;

import java.util.List;

/**
 * One answer of a feed, read but not yet believed.
 *
 * @param quotes in the order of the answer; a currency may come twice
 * @param unreadable how many rates were no numbers, and so are no quotes
 */
public record Answer(List<Quote> quotes, int unreadable) {

    public Answer {
        quotes = List.copyOf(quotes);
    }
}
