package io.ratemesh.rates.book;

import io.ratemesh.node.book.QuoteRejections;
import io.ratemesh.node.book.QuoteRejections.LastRefusal;
import io.ratemesh.rates.book.QuoteValidator.CheckedQuotes;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The quotes that were rejected since this node started, by feed. */
final class RejectionLog {

    /** Further currencies are counted and not named. */
    private static final int MAX_NAMES = 10;

    private final Clock clock;
    private final Map<String, Entry> entries = new HashMap<>();

    RejectionLog(Clock clock) {
        this.clock = clock;
    }

    private static final class Entry {

        private final Map<RejectionReason, Long> counts = new EnumMap<>(RejectionReason.class);
        private Optional<LastRefusal> last = Optional.empty();
        private String latest = "";
    }

    /**
     * Adds the rejections of one response.
     *
     * @param heldBack the quotes of the feed that are held back, by currency
     * @return a description for operators; empty if nothing is rejected, or the same as in the response before
     */
    Optional<String> add(String feed, CheckedQuotes checked, Map<String, RejectionReason> heldBack) {
        Entry entry = entry(feed);
        checked.rejected().forEach((reason, count) -> entry.counts.merge(reason, (long) count, Long::sum));
        heldBack.values().forEach(reason -> entry.counts.merge(reason, 1L, Long::sum));
        String before = entry.latest;
        entry.latest = describe(checked, heldBack);
        if (entry.latest.isEmpty()) {
            return Optional.empty();
        }
        entry.last = Optional.of(new LastRefusal(clock.instant(), entry.latest));
        return entry.latest.equals(before) ? Optional.empty() : Optional.of(entry.latest);
    }

    /** The rejections of a feed, with those of its quotes that are held back now. */
    QuoteRejections of(String feed, Map<String, RejectionReason> heldBack) {
        Entry entry = entry(feed);
        Map<String, Long> counts = new TreeMap<>();
        entry.counts.forEach((reason, count) -> counts.put(reason.word(), count));
        Map<String, String> held = new TreeMap<>();
        heldBack.forEach((currency, reason) -> held.put(currency, reason.word()));
        return new QuoteRejections(counts, entry.last, held);
    }

    private Entry entry(String feed) {
        return entries.computeIfAbsent(feed, ignored -> new Entry());
    }

    private static String describe(CheckedQuotes checked, Map<String, RejectionReason> heldBack) {
        Map<RejectionReason, String> words = new EnumMap<>(RejectionReason.class);
        checked.rejected().forEach((reason, count) -> words.put(reason, reason.word() + " " + count));
        heldBack.values().forEach(reason -> words.computeIfAbsent(reason, r -> r.word() + " " + names(heldBack, r)));
        String all = String.join("; ", words.values());
        return checked.rejection().map(why -> why + " (" + all + ")").orElse(all);
    }

    private static String names(Map<String, RejectionReason> heldBack, RejectionReason reason) {
        List<String> names = heldBack.entrySet().stream()
                .filter(entry -> entry.getValue() == reason)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        String shown = names.stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
        return names.size() > MAX_NAMES ? shown + " and " + (names.size() - MAX_NAMES) + " more" : shown;
    }
}
