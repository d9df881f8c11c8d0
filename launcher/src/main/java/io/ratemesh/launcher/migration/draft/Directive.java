package io.ratemesh.launcher.migration.draft;

import java.util.List;
import java.util.Optional;

/**
 * A directive of a configuration, or a section with its directives.
 *
 * @param file the name of its file
 * @param line where it begins, from 1
 * @param text as written, on one line
 * @param words its name and its arguments, without quotes; never empty
 * @param block what is inside a section; empty for a directive
 */
public record Directive(String file, int line, String text, List<String> words, Optional<List<Directive>> block) {

    public Directive {
        words = List.copyOf(words);
    }

    public String name() {
        return words.get(0);
    }

    public List<String> arguments() {
        return words.subList(1, words.size());
    }

    /** The argument at an index; empty text if there is none. */
    public String argument(int index) {
        return words.size() > index + 1 ? words.get(index + 1) : "";
    }

    /** Whether its first words are these. */
    public boolean startsWith(List<String> first) {
        return words.size() >= first.size() && words.subList(0, first.size()).equals(first);
    }

    /** The directives inside; none where it is not a section. */
    public List<Directive> inside() {
        return block.orElse(List.of());
    }
}
