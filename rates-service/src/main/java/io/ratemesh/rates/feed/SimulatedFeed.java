package io.ratemesh.rates.feed;

import io.ratemesh.model.Rate;
import io.ratemesh.model.RateBook;
import io.ratemesh.node.settings.FeedSettings;
import io.ratemesh.node.settings.RatesSettings;
import io.ratemesh.node.settings.SettingsException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A random walk for demonstrations: each step changes a few currencies by some basis points, and never by more than five percent
 * of the rate it started from. Its rates are marked as simulated.
 */
public final class SimulatedFeed implements SteppingFeed {

    /** Its name in the settings. */
    public static final String NAME = Rate.SIMULATED;

    private static final Duration DEFAULT_POLL = Duration.ofSeconds(1);
    private static final long SEED = 1103_1997;

    private static final MathContext DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);
    private static final BigDecimal BASIS_POINT = new BigDecimal("0.0001");
    private static final int LARGEST_STEP = 12;
    private static final BigDecimal LOWEST = new BigDecimal("0.95");
    private static final BigDecimal HIGHEST = new BigDecimal("1.05");

    /** A step changes one of this many currencies. */
    private static final int ONE_IN = 8;

    /** A currency changes at the latest after this time, well before it turns stale. */
    private static final Duration REFRESH = Duration.ofSeconds(20);

    private static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);
    private static final int POLLS_TO_LIVE = 3;

    private final Duration poll;
    private final RandomGenerator random;
    private final Map<String, BigDecimal> start = new HashMap<>();
    private final Map<String, FeedQuote> last = new HashMap<>();

    /**
     * Creates a walk.
     *
     * @param poll the time between two steps
     * @param random the source of the steps
     */
    public SimulatedFeed(Duration poll, RandomGenerator random) {
        this.poll = poll;
        this.random = random;
    }

    /** Whether simulated rates are configured. */
    public static boolean isConfigured(RatesSettings settings) {
        return settings.feeds().stream().anyMatch(feed -> feed.name().equals(NAME));
    }

    /** The folder for the book and the minutes: simulated ones do not replace those that were learnt. */
    public static Path folder(RatesSettings settings) {
        return isConfigured(settings) ? settings.dataDir().resolve(NAME) : settings.dataDir();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Duration poll() {
        return poll;
    }

    /** Simulated rates turn stale soon after the simulation ends. */
    @Override
    public Instant staleAt(Instant observedAt, Duration staleAfter) {
        Duration polls = poll.multipliedBy(POLLS_TO_LIVE);
        return observedAt.plus(polls.compareTo(SHORTEST_LIFE) > 0 ? polls : SHORTEST_LIFE);
    }

    @Override
    public FeedResponse step(RateBook book, Instant now) {
        // Milliseconds: more digits would make every book longer.
        Instant observedAt = now.truncatedTo(ChronoUnit.MILLIS);
        List<FeedQuote> moved = new ArrayList<>();
        book.rates().forEach((currency, rate) -> {
            BigDecimal from = start.computeIfAbsent(currency, ignored -> rate.perEuro());
            boolean chosen = random.nextInt(ONE_IN) == 0;
            int basisPoints = random.nextInt(-LARGEST_STEP, LARGEST_STEP + 1);
            FeedQuote before = last.get(currency);
            if (before == null || chosen || !now.isBefore(before.observedAt().plus(REFRESH))) {
                BigDecimal at = before == null ? from : before.perEuro();
                FeedQuote quote = new FeedQuote(currency, walk(from, at, basisPoints), observedAt);
                last.put(currency, quote);
                moved.add(quote);
            }
        });
        return new FeedResponse(moved, 0);
    }

    private static BigDecimal walk(BigDecimal from, BigDecimal at, int basisPoints) {
        BigDecimal factor =
                BASIS_POINT.multiply(BigDecimal.valueOf(basisPoints)).add(BigDecimal.ONE);
        BigDecimal next = at.multiply(factor);
        BigDecimal bounded = next.max(from.multiply(LOWEST)).min(from.multiply(HIGHEST));
        return bounded.round(DIGITS);
    }

    /** Creates the feed. */
    public static final class Provider implements FeedProvider {

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public Feed create(FeedSettings settings) {
            if (settings.url().isPresent()) {
                throw new SettingsException("rates.feeds: \"simulated\" has a url and polls no server; remove url");
            }
            return new SimulatedFeed(settings.poll().orElse(DEFAULT_POLL), new SplittableRandom(SEED));
        }
    }
}
