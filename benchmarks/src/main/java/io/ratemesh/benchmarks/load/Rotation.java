package io.ratemesh.benchmarks.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Rounds by turns, A B C A B C …: what the machine does besides meets all of them alike. */
public final class Rotation {

    private Rotation() {}

    /** The results of each, in the order of {@code who}. */
    public static <T, R> Map<T, List<R>> take(List<T> who, int rounds, Function<T, R> round) {
        Map<T, List<R>> results = new LinkedHashMap<>();
        for (int i = 0; i < rounds; i++) {
            for (T one : who) {
                results.computeIfAbsent(one, ignored -> new ArrayList<>()).add(round.apply(one));
            }
        }
        return results;
    }
}
