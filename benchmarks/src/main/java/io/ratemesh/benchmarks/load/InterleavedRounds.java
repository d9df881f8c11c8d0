package io.ratemesh.benchmarks.load;

import io.ratemesh.benchmarks.process.ProgressLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Rounds in the order A B C A B C …, so that other load on the machine affects all participants alike. */
public final class InterleavedRounds {

    private InterleavedRounds() {}

    /** Runs the rounds and returns the results by participant. The text of a participant is its name. */
    public static <T, R> Map<T, List<R>> run(List<T> participants, int rounds, Function<T, R> round) {
        Map<T, List<R>> results = new LinkedHashMap<>();
        for (int i = 0; i < rounds; i++) {
            for (T participant : participants) {
                ProgressLine.step("round " + (i + 1) + " of " + rounds + ", " + participant);
                results.computeIfAbsent(participant, ignored -> new ArrayList<>())
                        .add(round.apply(participant));
            }
        }
        return results;
    }
}
