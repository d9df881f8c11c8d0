package io.ratemesh.rates.book;

import io.ratemesh.node.settings.RateLimits;
import io.ratemesh.rates.feed.Feed;
import java.time.Clock;
import java.util.Collection;

/**
 * By what rules answers become a book, made from one set of limits.
 *
 * @param check what of an answer is sane
 * @param builder what of the sane quotes is believed, and chosen
 * @param quotes what the feeds said, empty at first
 */
public record BookRules(QuoteValidator check, BookBuilder builder, LatestQuotes quotes) {

    /** The rules for these feeds, the preferred first. */
    public static BookRules of(Collection<Feed> order, RateLimits limits, Clock clock) {
        JumpLimit limit = new JumpLimit(limits.maxJump());
        RateChoice choice = new RateChoice(order.stream().map(Feed::name).toList());
        return new BookRules(
                new QuoteValidator(limits, clock),
                new BookBuilder(new QuoteConsensus(order, limit, limits.confirmAfter()), choice, clock),
                new LatestQuotes(limit));
    }

    /** The same, which know already what some feeds said under other rules. */
    public BookRules knowing(BookRules before, Collection<String> feeds) {
        quotes.takeOver(before.quotes(), feeds);
        return this;
    }
}
