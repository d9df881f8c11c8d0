package io.ratemesh.rates.publish;

import io.ratemesh.model.RateBook;
import io.ratemesh.rates.book.AnswerCheck;
import io.ratemesh.rates.book.AnswerCheck.Checked;
import io.ratemesh.rates.book.BookBuilder;
import io.ratemesh.rates.book.FeedQuotes;
import io.ratemesh.rates.book.StaleTimes;
import io.ratemesh.rates.feed.Answer;
import io.ratemesh.rates.feed.Feed;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * The newest book as the leader has it, which the cluster may not know yet, and what it makes of answers. Pure: each
 * method returns the book to publish, if there is one.
 */
public final class LeadersBook {

    private final AnswerCheck check;
    private final BookBuilder builder;
    private final Clock clock;
    private final FeedQuotes held = new FeedQuotes();
    private RateBook book = RateBook.EMPTY;
    private Instant published = Instant.EPOCH;

    public LeadersBook(AnswerCheck check, BookBuilder builder, Clock clock) {
        this.check = check;
        this.builder = builder;
        this.clock = clock;
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

    /** Checks an answer, and keeps what is believed of it for {@link #build}. */
    public Checked take(Feed feed, Answer answer) {
        Checked checked = check.check(feed, answer, held, book);
        held.hold(feed.name(), checked.rates());
        return checked;
    }

    /** The next book, where the feeds have changed something. */
    public Optional<RateBook> build() {
        Optional<RateBook> next = builder.build(book, held);
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
            keep(builder.again(book));
            return Optional.of(book);
        });
    }

    private void keep(RateBook next) {
        book = next;
        published = clock.instant();
    }
}
