package io.ratemesh.rates.publish;

import io.ratemesh.model.RateBook;
import io.ratemesh.rates.book.BookRules;
import io.ratemesh.rates.book.QuoteValidator.Checked;
import io.ratemesh.rates.book.RejectionReason;
import io.ratemesh.rates.book.StaleTimes;
import io.ratemesh.rates.feed.Feed;
import io.ratemesh.rates.feed.FeedResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The newest book as the leader has it, which the cluster may not know yet, and what it makes of answers. Pure: each
 * method returns the book to publish, if there is one.
 */
public final class LeaderBook {

    private BookRules rules;
    private final Clock clock;
    private RateBook book = RateBook.EMPTY;
    private Instant published = Instant.EPOCH;

    public LeaderBook(BookRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * Judges by other rules from now on. What some feeds said is not forgotten.
     *
     * @param feeds the names of those that are asked as before
     */
    public void use(BookRules other, Collection<String> feeds) {
        rules = other.knowing(rules, feeds);
    }

    /** The newest book. */
    public RateBook book() {
        return book;
    }

    /**
     * Another book than ours is the newest: goes on from it.
     *
     * @return a book above it, where our feeds know better
     */
    public Optional<RateBook> goOnFrom(RateBook newest) {
        book = newest;
        published = StaleTimes.publishedAt(newest, clock.instant());
        return build();
    }

    /** Checks an answer, and keeps what is sane of it for {@link #build}. */
    public Checked take(Feed feed, FeedResponse answer) {
        Checked checked = rules.check().check(feed, answer, rules.quotes(), book);
        if (checked.whole().isEmpty()) {
            rules.quotes().hold(feed.name(), checked.rates(), clock.instant());
        }
        return checked;
    }

    /** A feed said that nothing has changed: it insists on what it said. */
    public void saidAgain(String feed) {
        rules.quotes().said(feed, clock.instant());
    }

    /** A feed has nothing to say for now: nobody need wait for it. */
    public void silent(String feed) {
        rules.quotes().silent(feed);
    }

    /** What a feed said that goes into no book yet, by currency. */
    public Map<String, RejectionReason> heldBack(String feed) {
        return rules.builder().heldBack(feed, book, rules.quotes());
    }

    /** The next book, where the feeds have changed something. */
    public Optional<RateBook> build() {
        Optional<RateBook> next = rules.builder().build(book, rules.quotes());
        next.ifPresent(this::keep);
        return next;
    }

    /** The same book once more, where a rate has turned stale since it was published. */
    public Optional<RateBook> turnedStale() {
        Instant now = clock.instant();
        boolean due = StaleTimes.next(book, published)
                .filter(staleAt -> !staleAt.isAfter(now))
                .isPresent();
        if (!due) {
            return Optional.empty();
        }
        // A preferred feed that turned stale may make way for a fresh one: that is a new content, and published as
        // such.
        return build().or(() -> {
            keep(rules.builder().again(book));
            return Optional.of(book);
        });
    }

    private void keep(RateBook next) {
        book = next;
        published = clock.instant();
    }
}
