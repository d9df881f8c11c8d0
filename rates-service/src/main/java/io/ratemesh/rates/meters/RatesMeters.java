package io.ratemesh.rates.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.rates.book.RejectionReason;
import io.ratemesh.rates.poll.PollOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The meters of a rates node, registered once. */
public final class RatesMeters {

    private static final double MILLIS = 1000;

    private final MeterRegistry meters;
    private final Map<String, Map<PollOutcome, Counter>> polls = new HashMap<>();
    private final Map<RejectionReason, Counter> rejected = new EnumMap<>(RejectionReason.class);

    /**
     * Registers the meters.
     *
     * @param feeds the names of the feeds
     * @param book the newest published book, read at each scrape
     * @param leads whether this node leads, read at each scrape
     */
    public RatesMeters(
            MeterRegistry meters,
            Collection<String> feeds,
            Supplier<RateBook> book,
            BooleanSupplier leads,
            Clock clock) {
        this.meters = meters;
        feeds.forEach(this::addFeed);
        for (RejectionReason reason : RejectionReason.values()) {
            rejected.put(
                    reason,
                    Counter.builder("ratemesh.quotes.rejected")
                            .description("Quotes that were rejected, by reason")
                            .tag("reason", reason.word())
                            .register(meters));
        }
        Gauge.builder("ratemesh.book.version", () -> book.get().version())
                .description("Version of the newest book of this node")
                .register(meters);
        Gauge.builder("ratemesh.book.age", () -> ageSeconds(book.get(), clock.instant()))
                .description("Time since the newest rate of the book was observed")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("ratemesh.book.stale", () -> stale(book.get(), clock.instant()))
                .description("Stale rates of the book")
                .baseUnit("rates")
                .register(meters);
        Gauge.builder("ratemesh.rates.leader", () -> leads.getAsBoolean() ? 1 : 0)
                .description("1 on the node that polls the feeds and publishes the book")
                .register(meters);
    }

    /** Registers the counters of a feed. */
    public void addFeed(String feed) {
        Map<PollOutcome, Counter> byOutcome = new EnumMap<>(PollOutcome.class);
        for (PollOutcome outcome : PollOutcome.values()) {
            byOutcome.put(
                    outcome,
                    Counter.builder("ratemesh.feed.polls")
                            .description("Polls of a feed by how they ended")
                            .tag("feed", feed)
                            .tag("outcome", outcome.word())
                            .register(meters));
        }
        polls.put(feed, byOutcome);
    }

    /** Counts a poll. */
    public void polled(String feed, PollOutcome outcome) {
        Counter counter = polls.getOrDefault(feed, Map.of()).get(outcome);
        if (counter != null) {
            counter.increment();
        }
    }

    /** Counts quotes that are held back. */
    public void heldBack(Collection<RejectionReason> quotes) {
        quotes.forEach(reason -> rejected(Map.of(reason, 1)));
    }

    /** Counts rejected quotes. */
    public void rejected(Map<RejectionReason, Integer> quotes) {
        quotes.forEach((reason, count) -> {
            Counter counter = rejected.get(reason);
            if (counter != null) {
                counter.increment(count);
            }
        });
    }

    private static double ageSeconds(RateBook book, Instant now) {
        return book.rates().values().stream()
                .map(Rate::asOf)
                .max(Comparator.naturalOrder())
                .map(newest -> Duration.between(newest, now).toMillis() / MILLIS)
                .orElse(Double.NaN);
    }

    private static long stale(RateBook book, Instant now) {
        return book.rates().values().stream().filter(rate -> rate.stale(now)).count();
    }
}
