package io.ratemesh.converter.openapi;

import java.util.BitSet;
import java.util.List;

/** What a pattern of the document says, as a tree. Only what a finite automaton can judge, and only ASCII. */
sealed interface Pattern {

    /** How often without end. */
    int UNBOUNDED = -1;

    /** One character of a set. */
    record Characters(BitSet set) implements Pattern {}

    /** One after the other. */
    record Sequence(List<Pattern> parts) implements Pattern {}

    /** One of them. */
    record Choice(List<Pattern> branches) implements Pattern {}

    /**
     * Again and again.
     *
     * @param least how often at least
     * @param most how often at most, or {@link #UNBOUNDED}
     */
    record Repeat(Pattern part, int least, int most) implements Pattern {}
}
