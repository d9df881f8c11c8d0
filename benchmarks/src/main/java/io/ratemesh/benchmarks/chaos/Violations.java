package io.ratemesh.benchmarks.chaos;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What clients have noticed although they may not, with an example of each kind. Thread-safe. */
final class Violations {

    /** The kinds. */
    enum Kind {
        /** A GET request without a good response. */
        FAILED,
        /** A rate that is not that of the book it names, or a result that does not follow from it. */
        WRONG,
        /** A version older than one that the same reader had. */
        BACKWARDS,
        /** An event that a reader had already. */
        DOUBLED,
        /** An event that others received and this reader did not. */
        LOST,
        /** A new snapshot for a reader that reconnected within the replay window. */
        RESYNCED
    }

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final Map<Kind, String> examples = new EnumMap<>(Kind.class);

    synchronized void add(Kind kind, long count, String example) {
        if (count > 0) {
            counts.merge(kind, count, Long::sum);
            examples.putIfAbsent(kind, example);
        }
    }

    synchronized long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    synchronized boolean isEmpty() {
        return counts.isEmpty();
    }

    /** The first of each kind. */
    synchronized List<String> examples() {
        List<String> texts = new ArrayList<>();
        examples.forEach((kind, example) -> texts.add(kind.name().toLowerCase(Locale.ROOT) + ": " + example));
        return texts;
    }
}
