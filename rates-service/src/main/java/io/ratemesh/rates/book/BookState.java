package io.ratemesh.rates.book;

import io.ratemesh.model.RateBook;
import io.ratemesh.node.book.QuoteRejections;
import io.ratemesh.rates.book.QuoteValidator.CheckedQuotes;
import io.ratemesh.rates.feed.Feed;
import io.ratemesh.rates.feed.FeedResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The state of a rates node, from feed responses to books: the latest quotes of each feed, the accepted book that follows
 * from them, the published book that the cluster holds, and the rejections.
 *
 * <p>Changes happen on one event loop. A method that may change the accepted book returns the new one; the caller
 * publishes it.
 */
public final class BookState {

    private final Clock clock;
    private final RejectionLog rejections;
    private final List<Consumer<RateBook>> readers = new ArrayList<>();
    private BookRules rules;
    private LatestQuotes quotes;
    private RateBook accepted = RateBook.EMPTY;
    /** From this time on, a rate that turns stale has to be published again. */
    private Instant acceptedAt = Instant.EPOCH;

    private volatile RateBook published = RateBook.EMPTY;

    public BookState(BookRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
        this.quotes = new LatestQuotes(rules.limit());
        this.rejections = new RejectionLog(clock);
    }

    /**
     * The outcome of one feed response.
     *
     * @param next the book to publish; empty if the content is unchanged
     * @param checked the valid quotes of the response, and the number of rejected ones
     * @param heldBack the quotes of this feed that are valid and not in the book, by currency
     * @param newRejections a description for operators; empty if it is the same as for the response before
     */
    public record Acceptance(
            Optional<RateBook> next,
            CheckedQuotes checked,
            Map<String, RejectionReason> heldBack,
            Optional<String> newRejections) {

        /** The number of currencies whose quote is accepted. */
        public int currencies() {
            return checked.rates().size() - heldBack.size();
        }

        /** Whether every quote of the response is accepted. */
        public boolean isComplete() {
            return checked.rejected().isEmpty() && heldBack.isEmpty();
        }
    }

    public BookRules rules() {
        return rules;
    }

    /** The newest book of this node; the cluster may not hold it yet. */
    public RateBook accepted() {
        return accepted;
    }

    /** The newest book known to be on the cluster. Any thread may read it. */
    public RateBook published() {
        return published;
    }

    /** Adds a reader of each newer published book. */
    public void onPublished(Consumer<RateBook> reader) {
        readers.add(reader);
    }

    /** Records a book that is on the cluster. One that is not newer than the published book is ignored. */
    public void markPublished(RateBook book) {
        if (book.version() > published.version()) {
            published = book;
            readers.forEach(reader -> reader.accept(book));
        }
    }

    /**
     * Replaces the rules.
     *
     * @param feeds the names of the feeds whose quotes are kept
     */
    public void changeRules(BookRules next, Collection<String> feeds) {
        LatestQuotes kept = new LatestQuotes(next.limit());
        kept.copyFrom(quotes, feeds);
        quotes = kept;
        rules = next;
    }

    /**
     * Replaces the accepted book by another one, and applies the quotes of the feeds to it.
     *
     * @return a newer book, if the quotes change the content
     */
    public Optional<RateBook> continueFrom(RateBook newest) {
        accepted = newest;
        acceptedAt = StaleTimes.publishedAt(newest, clock.instant());
        return build();
    }

    /** Checks a response, keeps its valid quotes, and builds the next book from them. */
    public Acceptance accept(Feed feed, FeedResponse response) {
        CheckedQuotes checked = rules.validator().check(feed, response, quotes, accepted);
        if (checked.isRejected()) {
            quotes.markPolled(feed.name());
        } else {
            quotes.put(feed.name(), checked.rates(), clock.instant());
        }
        Optional<RateBook> next = build();
        Map<String, RejectionReason> heldBack = checked.isRejected() ? Map.of() : heldBack(feed.name());
        return new Acceptance(next, checked, heldBack, rejections.add(feed.name(), checked, heldBack));
    }

    /** Records that a feed reports no change: its quotes are confirmed. Returns the next book, if the content changes. */
    public Optional<RateBook> confirm(String feed) {
        quotes.confirm(feed, clock.instant());
        return build();
    }

    /** Records a failed poll: other feeds no longer wait for this one. Returns the next book, if the content changes. */
    public Optional<RateBook> markFailed(String feed) {
        quotes.markPolled(feed);
        return build();
    }

    /** Builds the next book from the quotes; empty if the content is unchanged. */
    public Optional<RateBook> build() {
        Optional<RateBook> next = rules.builder().build(accepted, quotes);
        next.ifPresent(this::keep);
        return next;
    }

    /** A newer book, if a rate has turned stale since the accepted one was built. */
    public Optional<RateBook> refreshStale() {
        Instant now = clock.instant();
        boolean due = StaleTimes.next(accepted, acceptedAt)
                .filter(staleAt -> !staleAt.isAfter(now))
                .isPresent();
        if (!due) {
            return Optional.empty();
        }
        // A fresh rate of a less preferred feed may replace the stale one: then the content changes.
        return build().or(() -> {
            keep(rules.builder().renew(accepted));
            return Optional.of(accepted);
        });
    }

    /** The rejected quotes of a feed since this node started, and those held back now. */
    public QuoteRejections rejections(String feed) {
        return rejections.of(feed, heldBack(feed));
    }

    private Map<String, RejectionReason> heldBack(String feed) {
        return rules.builder().heldBack(feed, accepted, quotes);
    }

    private void keep(RateBook next) {
        accepted = next;
        acceptedAt = clock.instant();
    }
}
