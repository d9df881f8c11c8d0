package io.ratemesh.benchmarks.chaos;

import io.ratemesh.benchmarks.chaos.Violations.Kind;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rates of every version that any reader has received. Whoever receives a version must have the same rates, and a conversion
 * must follow from the rates of the version it names.
 *
 * <p>While the cluster may be split, each part has versions of its own: then events of others are not missed. Thread-safe.
 */
final class ReceivedBooks {

    /** The selection of all pairs, which conversions are checked with. */
    static final String ALL = "";

    private static final int SCALE = 2;

    /** The rates of a version, and the event that they were first known by. */
    private record Received(long before, String data, Map<String, String> rates) {}

    private record Step(String selection, long before, long version) {}

    private record Conversion(
            long version, String from, String to, BigDecimal amount, BigDecimal result, boolean inSplit) {}

    private final Map<String, NavigableMap<Long, Received>> books = new HashMap<>();
    private final Map<Step, Long> steps = new HashMap<>();
    private final List<Conversion> unchecked = new ArrayList<>();
    private Violations violations = new Violations();
    private boolean split;
    private long joinedMillis;
    private long skipped;

    /** Starts to count anew. */
    synchronized Violations begin(boolean mayBeSplit) {
        violations = new Violations();
        split = mayBeSplit;
        return violations;
    }

    /** The cluster is one again. A node may still have the last book of its part for a moment. */
    synchronized void joined() {
        split = false;
        joinedMillis = System.currentTimeMillis();
    }

    synchronized boolean isSplit() {
        return split;
    }

    synchronized Violations violations() {
        return violations;
    }

    /** A whole book. */
    synchronized Map<String, String> snapshot(String selection, long version, String data) {
        return received(selection, version, new Received(0, data, changed(Map.of(), data)));
    }

    /**
     * The changes of a book.
     *
     * @param before the version that the reader had
     * @param rates the rates that it had
     * @return its rates now
     */
    synchronized Map<String, String> update(
            String selection, long before, Map<String, String> rates, long version, String data) {
        Received known = books.getOrDefault(selection, new TreeMap<>()).get(version);
        if (known != null && known.before() == before && known.data().equals(data)) {
            return known.rates();
        }
        return received(selection, version, new Received(before, data, changed(rates, data)));
    }

    /** A reader went from one version to the next, without a break that it was told of. */
    synchronized void step(String selection, long before, long version) {
        steps.merge(new Step(selection, before, version), 1L, Long::sum);
    }

    /** A conversion was answered; it is checked by {@link #settle}. */
    synchronized void converted(long version, String from, String to, BigDecimal amount, BigDecimal result) {
        unchecked.add(new Conversion(version, from, to, amount, result, split || version < joinedMillis));
    }

    /** Checks conversions and steps, once what was in flight has arrived. */
    synchronized void settle() {
        steps.forEach((step, readers) -> {
            List<Long> missed = changes(step);
            violations.add(
                    Kind.LOST,
                    readers * missed.size(),
                    "a reader of \"" + step.selection() + "\" went from " + step.before() + " to " + step.version()
                            + ", others received " + missed);
        });
        steps.clear();
        skipped = 0;
        unchecked.forEach(this::check);
        unchecked.clear();
        if (skipped > 0) {
            System.out.println(skipped + " conversions are of versions that every reader skipped: not checked");
        }
    }

    /**
     * The versions within a step in which a rate of the selection changed. A node that missed a version sends its changes with the next
     * one, in which other nodes have nothing to send.
     */
    private List<Long> changes(Step step) {
        List<Long> changed = new ArrayList<>();
        NavigableMap<Long, Received> all = books.getOrDefault(step.selection(), new TreeMap<>());
        Received before = all.get(step.before());
        for (Map.Entry<Long, Received> next :
                all.subMap(step.before(), false, step.version(), false).entrySet()) {
            if (before == null || !next.getValue().rates().equals(before.rates())) {
                changed.add(next.getKey());
            }
            before = next.getValue();
        }
        return changed;
    }

    private void check(Conversion conversion) {
        Received book = books.getOrDefault(ALL, new TreeMap<>()).get(conversion.version());
        if (book == null && conversion.inSplit()) {
            // Of a part whose readers were still connected to the other one.
            return;
        }
        if (book == null && isBetweenReceived(conversion.version())) {
            // A converter without CPU sends its readers the difference to the newest version.
            skipped++;
            return;
        }
        BigDecimal from = book == null ? null : rate(book, conversion.from());
        BigDecimal to = book == null ? null : rate(book, conversion.to());
        boolean right = from != null
                && to != null
                && conversion
                                .amount()
                                .multiply(to)
                                .divide(from, SCALE, RoundingMode.HALF_EVEN)
                                .compareTo(conversion.result())
                        == 0;
        violations.add(
                Kind.WRONG, right ? 0 : 1, conversion + (book == null ? ", a version that no reader received" : ""));
    }

    private boolean isBetweenReceived(long version) {
        NavigableMap<Long, Received> all = books.getOrDefault(ALL, new TreeMap<>());
        return all.lowerKey(version) != null && all.higherKey(version) != null;
    }

    private static @Nullable BigDecimal rate(Received book, String currency) {
        if (currency.equals("EUR")) {
            return BigDecimal.ONE;
        }
        String rate = book.rates().get("EUR/" + currency);
        return rate == null ? null : new BigDecimal(rate.substring(0, rate.indexOf(' ')));
    }

    private Map<String, String> received(String selection, long version, Received now) {
        Received known =
                books.computeIfAbsent(selection, pairs -> new TreeMap<>()).putIfAbsent(version, now);
        if (known == null) {
            return now.rates();
        }
        if (!known.rates().equals(now.rates())) {
            violations.add(Kind.WRONG, 1, "version " + version + " differs between readers of \"" + selection + "\"");
        }
        return known.rates();
    }

    /** Rate, time and source of each pair; not whether it is stale, which a snapshot judges by the time it is made. */
    private static Map<String, String> changed(Map<String, String> before, String data) {
        Map<String, String> rates = new HashMap<>(before);
        JsonObject changes = new JsonObject(data).getJsonObject("rates");
        for (String pair : changes.fieldNames()) {
            JsonObject rate = changes.getJsonObject(pair);
            if (rate == null) {
                rates.remove(pair);
            } else {
                rates.put(pair, rate.getString("rate") + ' ' + rate.getString("asOf") + ' ' + rate.getString("source"));
            }
        }
        return rates;
    }
}
