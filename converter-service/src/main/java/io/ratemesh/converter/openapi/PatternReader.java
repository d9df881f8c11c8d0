package io.ratemesh.converter.openapi;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Reads the patterns of the document: a part of ECMA 262, which JSON Schema names, that needs no backtracking. Literals,
 * classes without negation, groups, {@code |}, {@code ? * +} and braces, from {@code ^} to {@code $}.
 */
final class PatternReader {

    private static final int ASCII = 128;

    private final String text;
    private final int end;
    private int at = 1;

    private PatternReader(String text) {
        this.text = text;
        this.end = text.length() - 1;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException where it is not of that part
     */
    static Pattern read(String text) {
        if (text.length() < 2 || text.charAt(0) != '^' || text.charAt(text.length() - 1) != '$') {
            throw new IllegalArgumentException("pattern " + text + " (expected: one from ^ to $)");
        }
        PatternReader reader = new PatternReader(text);
        Pattern all = reader.choice();
        if (reader.at != reader.end) {
            throw reader.unexpected();
        }
        return all;
    }

    private Pattern choice() {
        List<Pattern> branches = new ArrayList<>(List.of(sequence()));
        while (at < end && text.charAt(at) == '|') {
            at++;
            branches.add(sequence());
        }
        return branches.size() == 1 ? branches.get(0) : new Pattern.Choice(branches);
    }

    private Pattern sequence() {
        List<Pattern> parts = new ArrayList<>();
        while (at < end && text.charAt(at) != '|' && text.charAt(at) != ')') {
            parts.add(repeated(atom()));
        }
        return new Pattern.Sequence(parts);
    }

    private Pattern atom() {
        char c = text.charAt(at++);
        return switch (c) {
            case '(' -> group();
            case '[' -> new Pattern.Characters(characters());
            case '\\' -> one(escaped());
            case '^', '$', '.', '?', '*', '+', '{', '}', ']' -> throw unexpected();
            default -> one(c);
        };
    }

    private Pattern group() {
        Pattern inner = choice();
        if (at >= end || text.charAt(at++) != ')') {
            throw unexpected();
        }
        return inner;
    }

    private BitSet characters() {
        BitSet set = new BitSet(ASCII);
        while (at < end && text.charAt(at) != ']') {
            char first = text.charAt(at++);
            if (first == '^' && set.isEmpty()) {
                throw unexpected();
            }
            char low = first == '\\' ? escaped() : first;
            boolean range = at + 1 < end && text.charAt(at) == '-' && text.charAt(at + 1) != ']';
            char high = range ? text.charAt(at + 1) : low;
            at += range ? 2 : 0;
            if (high >= ASCII || high < low) {
                throw unexpected();
            }
            set.set(low, high + 1);
        }
        at++;
        return set;
    }

    private Pattern repeated(Pattern part) {
        if (at >= end) {
            return part;
        }
        return switch (text.charAt(at)) {
            case '?' -> again(part, 0, 1);
            case '*' -> again(part, 0, Pattern.UNBOUNDED);
            case '+' -> again(part, 1, Pattern.UNBOUNDED);
            case '{' -> braces(part);
            default -> part;
        };
    }

    private Pattern again(Pattern part, int least, int most) {
        at++;
        return new Pattern.Repeat(part, least, most);
    }

    private Pattern braces(Pattern part) {
        int close = text.indexOf('}', at);
        if (close < 0) {
            throw unexpected();
        }
        String[] bounds = text.substring(at + 1, close).split(",", -1);
        at = close;
        int least = Integer.parseInt(bounds[0]);
        String last = bounds[bounds.length - 1];
        return again(part, least, last.isEmpty() ? Pattern.UNBOUNDED : Integer.parseInt(last));
    }

    /** Punctuation means itself behind a backslash; letters and digits would mean more, so they are not taken. */
    private char escaped() {
        char c = at < end ? text.charAt(at++) : 'x';
        if (Character.isLetterOrDigit(c)) {
            throw unexpected();
        }
        return c;
    }

    private Pattern one(char c) {
        if (c >= ASCII) {
            throw unexpected();
        }
        BitSet set = new BitSet(ASCII);
        set.set(c);
        return new Pattern.Characters(set);
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException(
                "pattern " + text + " is not understood at " + at + " (expected: what PatternReader takes)");
    }
}
