package io.ratemesh.rates.book;

import io.ratemesh.model.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What each feed last said of each currency, sane but not yet believed, and for how long it has kept saying so. An
 * answer with fewer currencies than the one before erases nothing.
 */
public final class LatestQuotes {

    private final JumpLimit limit;
    private final Map<String, Map<String, Said>> byFeed = new HashMap<>();
    private final Map<String, Instant> lastAnswer = new HashMap<>();
    private final Set<String> heard = new HashSet<>();

    private record Said(Rate rate, Instant since) {}

    LatestQuotes(JumpLimit limit) {
        this.limit = limit;
    }

    /** Takes over what some feeds said before the rules became others. */
    void takeOver(LatestQuotes before, Collection<String> feeds) {
        for (String feed : feeds) {
            byFeed.put(feed, new HashMap<>(before.byFeed.getOrDefault(feed, Map.of())));
            if (before.heard(feed)) {
                heard.add(feed);
            }
            Instant last = before.lastAnswer.get(feed);
            if (last != null) {
                lastAnswer.put(feed, last);
            }
        }
    }

    /** Keeps what a feed said at {@code now}. */
    public void hold(String feed, Map<String, Rate> rates, Instant now) {
        Map<String, Said> said = byFeed.computeIfAbsent(feed, ignored -> new HashMap<>());
        rates.forEach((currency, rate) -> {
            Instant since = Optional.ofNullable(said.get(currency))
                    .filter(before -> limit.agree(before.rate().perEuro(), rate.perEuro()))
                    .map(Said::since)
                    .orElse(now);
            said.put(currency, new Said(rate, since));
        });
        said(feed, now);
    }

    /** A feed answered at {@code now} that nothing has changed. */
    public void said(String feed, Instant now) {
        lastAnswer.put(feed, now);
        heard.add(feed);
    }

    /** A feed was asked, and failed: it has nothing to say for now. */
    public void silent(String feed) {
        heard.add(feed);
    }

    /** Whether a feed has been asked at all. */
    boolean heard(String feed) {
        return heard.contains(feed);
    }

    /** What a feed last said of a currency. */
    public Optional<Rate> find(String feed, String currency) {
        return Optional.ofNullable(byFeed.getOrDefault(feed, Map.of()).get(currency))
                .map(Said::rate);
    }

    /** For how long a feed had kept saying about the same of a currency when it last answered. */
    Duration insistence(String feed, String currency) {
        Said said = byFeed.getOrDefault(feed, Map.of()).get(currency);
        Instant last = lastAnswer.get(feed);
        return said == null || last == null ? Duration.ZERO : Duration.between(said.since(), last);
    }

    /** How many currencies a feed has spoken of. */
    int count(String feed) {
        return byFeed.getOrDefault(feed, Map.of()).size();
    }

    /** The currencies of which any feed said something. */
    public Set<String> currencies() {
        Set<String> currencies = new TreeSet<>();
        byFeed.values().forEach(rates -> currencies.addAll(rates.keySet()));
        return currencies;
    }
}
