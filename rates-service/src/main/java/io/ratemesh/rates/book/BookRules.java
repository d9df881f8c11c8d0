package io.ratemesh.rates.book;

import io.ratemesh.node.settings.RateLimits;
import io.ratemesh.rates.feed.Feed;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rules by which feed responses become a book, for one set of feeds and limits. Immutable.
 *
 * @param feeds by name, the preferred first
 * @param choice selects one of several rates of a currency
 * @param limit the largest change of a rate that needs no confirmation
 * @param validator checks the quotes of a response
 * @param builder builds a book from the valid quotes
 */
public record BookRules(
        Map<String, Feed> feeds, RateChoice choice, JumpLimit limit, QuoteValidator validator, BookBuilder builder) {

    public BookRules {
        feeds = Collections.unmodifiableMap(new LinkedHashMap<>(feeds));
    }

    /**
     * The rules for these feeds.
     *
     * @param order the feeds, the preferred first
     */
    public static BookRules of(Collection<Feed> order, RateLimits limits, Clock clock) {
        Map<String, Feed> feeds = new LinkedHashMap<>();
        order.forEach(feed -> feeds.put(feed.name(), feed));
        JumpLimit limit = new JumpLimit(limits.maxJump());
        RateChoice choice = new RateChoice(feeds.keySet());
        QuoteConsensus consensus = new QuoteConsensus(order, limit, limits.confirmAfter());
        return new BookRules(
                feeds, choice, limit, new QuoteValidator(limits, clock), new BookBuilder(consensus, choice, clock));
    }
}
