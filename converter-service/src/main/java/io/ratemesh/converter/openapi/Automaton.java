package io.ratemesh.converter.openapi;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A pattern as a table: one look for each character, nothing allocated, no way back. Made by the construction of subsets
 * from an automaton with empty steps (Thompson 1968, Rabin and Scott 1959).
 */
final class Automaton implements Predicate<String> {

    private static final int ASCII = 128;
    private static final int DEAD = 0;
    private static final int FIRST = 1;
    private static final int MAX_STATES = 4096;

    private final char[] next;
    private final BitSet accepting;

    private Automaton(char[] next, BitSet accepting) {
        this.next = next;
        this.accepting = accepting;
    }

    /**
     * Compiles a pattern.
     *
     * @throws IllegalArgumentException where it is not one that {@link PatternReader} takes, or has too many states
     */
    static Automaton of(String pattern) {
        Steps steps = new Steps();
        int begin = steps.state();
        int end = steps.add(PatternReader.read(pattern), begin);
        List<BitSet> subsets = new ArrayList<>(List.of(new BitSet(), steps.reachable(begin)));
        Map<BitSet, Integer> numbers = new HashMap<>(Map.of(subsets.get(DEAD), DEAD, subsets.get(FIRST), FIRST));
        List<char[]> rows = new ArrayList<>(List.of(new char[ASCII]));
        BitSet accepting = new BitSet();
        Collection<BitSet> characters = steps.alike();
        for (int number = FIRST; number < subsets.size(); number++) {
            BitSet subset = subsets.get(number);
            accepting.set(number, subset.get(end));
            char[] row = new char[ASCII];
            for (BitSet alike : characters) {
                BitSet after = steps.after(subset, alike.nextSetBit(0));
                Integer known = numbers.putIfAbsent(after, subsets.size());
                if (known == null) {
                    subsets.add(after);
                }
                char to = (char) (known == null ? subsets.size() - 1 : known);
                alike.stream().forEach(c -> row[c] = to);
            }
            if (subsets.size() > MAX_STATES) {
                throw new IllegalArgumentException(
                        "pattern " + pattern + " has too many states (expected: up to " + MAX_STATES + ")");
            }
            rows.add(row);
        }
        char[] table = new char[rows.size() * ASCII];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, table, i * ASCII, ASCII);
        }
        return new Automaton(table, accepting);
    }

    @Override
    public boolean test(String text) {
        int state = FIRST;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ASCII) {
                return false;
            }
            state = next[state * ASCII + c];
            if (state == DEAD) {
                return false;
            }
        }
        return accepting.get(state);
    }

    /** The automaton with empty steps. */
    private static final class Steps {

        private record Step(BitSet characters, int to) {}

        private final List<List<Step>> steps = new ArrayList<>();
        private final List<BitSet> empty = new ArrayList<>();

        int state() {
            steps.add(new ArrayList<>());
            empty.add(new BitSet());
            return steps.size() - 1;
        }

        /** Adds a pattern that begins at a state, and returns where it ends. */
        int add(Pattern pattern, int from) {
            if (pattern instanceof Pattern.Characters one) {
                int to = state();
                steps.get(from).add(new Step(one.set(), to));
                return to;
            }
            if (pattern instanceof Pattern.Sequence sequence) {
                int to = from;
                for (Pattern part : sequence.parts()) {
                    to = add(part, to);
                }
                return to;
            }
            int to = state();
            if (pattern instanceof Pattern.Choice choice) {
                choice.branches().forEach(branch -> empty.get(add(branch, from)).set(to));
            } else if (pattern instanceof Pattern.Repeat repeat) {
                repeat(repeat, from, to);
            }
            return to;
        }

        private void repeat(Pattern.Repeat repeat, int from, int to) {
            int last = from;
            for (int i = 0; i < repeat.least(); i++) {
                last = add(repeat.part(), last);
            }
            if (repeat.most() == Pattern.UNBOUNDED) {
                int turn = state();
                empty.get(last).set(turn);
                empty.get(add(repeat.part(), turn)).set(turn);
                empty.get(turn).set(to);
                return;
            }
            for (int i = repeat.least(); i < repeat.most(); i++) {
                empty.get(last).set(to);
                last = add(repeat.part(), last);
            }
            empty.get(last).set(to);
        }

        BitSet reachable(int state) {
            BitSet found = new BitSet();
            reach(state, found);
            return found;
        }

        /** The characters in groups of which every step takes all or none. */
        Collection<BitSet> alike() {
            List<BitSet> sets = steps.stream()
                    .flatMap(List::stream)
                    .map(Step::characters)
                    .distinct()
                    .toList();
            Map<BitSet, BitSet> groups = new HashMap<>();
            for (int c = 0; c < ASCII; c++) {
                BitSet takenBy = new BitSet();
                for (int i = 0; i < sets.size(); i++) {
                    takenBy.set(i, sets.get(i).get(c));
                }
                groups.computeIfAbsent(takenBy, ignored -> new BitSet()).set(c);
            }
            return groups.values();
        }

        BitSet after(BitSet subset, int c) {
            BitSet found = new BitSet();
            subset.stream()
                    .mapToObj(steps::get)
                    .flatMap(List::stream)
                    .filter(step -> step.characters().get(c))
                    .forEach(step -> reach(step.to(), found));
            return found;
        }

        private void reach(int state, BitSet found) {
            if (!found.get(state)) {
                found.set(state);
                empty.get(state).stream().forEach(next -> reach(next, found));
            }
        }
    }
}
