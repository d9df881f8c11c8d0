package io.ratemesh.rates.publish;

import io.ratemesh.node.book.FeedStatusReport;
import io.ratemesh.node.book.QuoteRejections;
import io.ratemesh.node.book.QuoteRejections.LastRefusal;
import io.ratemesh.rates.book.QuoteValidator.Checked;
import io.ratemesh.rates.book.RejectionReason;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What of the feeds' answers was not believed since this node began. */
public final class RejectionLog {

    /** Beyond this currencies are counted and not named. */
    private static final int MAX_NAMES = 10;

    private final LeaderBook book;
    private final Clock clock;
    private final Map<String, Page> pages = new HashMap<>();

    /**
     * An empty ledger.
     *
     * @param book knows what is held back now
     */
    public RejectionLog(LeaderBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    private static final class Page {

        private final Map<RejectionReason, Long> refused = new EnumMap<>(RejectionReason.class);
        private Optional<LastRefusal> last = Optional.empty();
        private String latest = "";
    }

    /**
     * Enters an answer.
     *
     * @param held its quotes that are held back, by currency
     * @return words for operators, where the answer is doubted otherwise than the one before
     */
    Optional<String> enter(String feed, Checked checked, Map<String, RejectionReason> held) {
        Page page = page(feed);
        checked.refused().forEach((reason, count) -> page.refused.merge(reason, (long) count, Long::sum));
        held.values().forEach(reason -> page.refused.merge(reason, 1L, Long::sum));
        String before = page.latest;
        page.latest = words(checked, held);
        if (page.latest.isEmpty()) {
            return Optional.empty();
        }
        page.last = Optional.of(new LastRefusal(clock.instant(), page.latest));
        return page.latest.equals(before) ? Optional.empty() : Optional.of(page.latest);
    }

    /** A feed's report with what of the feed is doubted. */
    FeedStatusReport with(FeedStatusReport report) {
        Page page = page(report.name());
        Map<String, Long> refused = new TreeMap<>();
        page.refused.forEach((reason, count) -> refused.put(reason.word(), count));
        Map<String, String> held = new TreeMap<>();
        book.heldBack(report.name()).forEach((currency, reason) -> held.put(currency, reason.word()));
        return report.with(new QuoteRejections(refused, page.last, held));
    }

    private Page page(String feed) {
        return pages.computeIfAbsent(feed, ignored -> new Page());
    }

    private static String words(Checked checked, Map<String, RejectionReason> held) {
        Map<RejectionReason, String> words = new EnumMap<>(RejectionReason.class);
        checked.refused().forEach((reason, count) -> words.put(reason, reason.word() + " " + count));
        held.values().forEach(reason -> words.computeIfAbsent(reason, r -> r.word() + " " + names(held, r)));
        String all = String.join("; ", words.values());
        return checked.whole().map(why -> why + " (" + all + ")").orElse(all);
    }

    private static String names(Map<String, RejectionReason> held, RejectionReason reason) {
        List<String> names = held.entrySet().stream()
                .filter(entry -> entry.getValue() == reason)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        String shown = names.stream().limit(MAX_NAMES).collect(Collectors.joining(", "));
        return names.size() > MAX_NAMES ? shown + " and " + (names.size() - MAX_NAMES) + " more" : shown;
    }
}
