package io.ratemesh.launcher.migration.nginx;

import io.ratemesh.launcher.migration.draft.Directive;
import io.ratemesh.launcher.migration.draft.MalformedConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Parses a configuration of nginx, in which directives end with a semicolon or have a block. */
public final class NginxParser {

    /** nginx itself has no limit; a file that includes itself is a fault. */
    private static final int MAX_DEPTH = 20;

    private static final String INCLUDE = "include";

    private final String file;
    private final String text;
    private final Function<String, Map<String, String>> includes;
    private final int depth;
    private int position;
    private int line = 1;

    private NginxParser(String file, String text, Function<String, Map<String, String>> includes, int depth) {
        this.file = file;
        this.text = text;
        this.includes = includes;
        this.depth = depth;
    }

    /**
     * Parses a configuration.
     *
     * @param file its name, for messages
     * @param files the texts of the files that a pattern of {@code include} means, by name; empty where there are none
     * @return its directives; those of included files are in the place of {@code include}, which stays where there are none
     * @throws MalformedConfigurationException for a brace, a quote or a semicolon that is missing, or one too many
     */
    public static List<Directive> parse(String file, String text, Function<String, Map<String, String>> files) {
        return new NginxParser(file, text, files, 0).parse();
    }

    private List<Directive> parse() {
        List<Directive> all = directives();
        if (position < text.length()) {
            throw new MalformedConfigurationException(file, line, "} without a block");
        }
        return all;
    }

    /** The directives up to the end of the block or of the text. */
    private List<Directive> directives() {
        List<Directive> all = new ArrayList<>();
        while (true) {
            skipSpace();
            if (position >= text.length() || text.charAt(position) == '}') {
                return all;
            }
            Directive directive = directive();
            List<Directive> included =
                    directive.name().equals(INCLUDE) && directive.words().size() == 2 ? included(directive) : List.of();
            all.addAll(included.isEmpty() ? List.of(directive) : included);
        }
    }

    private List<Directive> included(Directive include) {
        Map<String, String> files = includes.apply(include.argument(0));
        if (!files.isEmpty() && depth >= MAX_DEPTH) {
            throw new MalformedConfigurationException(file, include.line(), "files include each other");
        }
        List<Directive> all = new ArrayList<>();
        files.forEach((name, content) -> all.addAll(new NginxParser(name, content, includes, depth + 1).parse()));
        return all;
    }

    private Directive directive() {
        int begin = position;
        int beginLine = line;
        List<String> words = new ArrayList<>();
        while (true) {
            skipSpace();
            if (position >= text.length()) {
                throw new MalformedConfigurationException(
                        file, beginLine, "a directive has no end; is ; or } missing?");
            }
            char c = text.charAt(position);
            if (c == ';' || c == '{') {
                if (words.isEmpty()) {
                    throw new MalformedConfigurationException(file, line, c + " without a directive");
                }
                String written = text.substring(begin, position);
                position++;
                return new Directive(
                        file, beginLine, written, words, c == '{' ? Optional.of(block(words)) : Optional.empty());
            }
            if (c == '}') {
                throw new MalformedConfigurationException(file, beginLine, "a directive has no end; is ; missing?");
            }
            words.add(c == '"' || c == '\'' ? quoted(c) : word());
        }
    }

    private List<Directive> block(List<String> words) {
        int beginLine = line;
        if (words.get(0).endsWith("_by_lua_block")) {
            skipCode(beginLine);
            return List.of();
        }
        List<Directive> inside = directives();
        if (position >= text.length()) {
            throw new MalformedConfigurationException(file, beginLine, "a block has no end; is } missing?");
        }
        position++;
        return inside;
    }

    private void skipCode(int beginLine) {
        for (int open = 1; open > 0; position++) {
            if (position >= text.length()) {
                throw new MalformedConfigurationException(file, beginLine, "a block has no end; is } missing?");
            }
            char c = text.charAt(position);
            open += c == '{' ? 1 : c == '}' ? -1 : 0;
            line += c == '\n' ? 1 : 0;
        }
    }

    private void skipSpace() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '#') {
                int end = text.indexOf('\n', position);
                position = end < 0 ? text.length() : end;
            } else if (Character.isWhitespace(c)) {
                line += c == '\n' ? 1 : 0;
                position++;
            } else {
                return;
            }
        }
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        boolean inVariable = false;
        while (position < text.length()) {
            char c = text.charAt(position);
            boolean opensVariable = c == '{' && word.length() > 0 && word.charAt(word.length() - 1) == '$';
            boolean ends = Character.isWhitespace(c) || c == ';' || (c == '{' && !opensVariable);
            if (ends) {
                break;
            }
            if (c == '}' && !inVariable) {
                break;
            }
            inVariable = opensVariable || (inVariable && c != '}');
            if (c == '\\' && position + 1 < text.length()) {
                word.append(c);
                position++;
            }
            word.append(text.charAt(position++));
        }
        return word.toString();
    }

    private String quoted(char quote) {
        int beginLine = line;
        StringBuilder word = new StringBuilder();
        for (position++; position < text.length(); position++) {
            char c = text.charAt(position);
            if (c == quote) {
                position++;
                return word.toString();
            }
            if (c == '\\' && position + 1 < text.length()) {
                char next = text.charAt(++position);
                if (next != quote && next != '\\') {
                    word.append(c);
                }
                word.append(next);
                continue;
            }
            line += c == '\n' ? 1 : 0;
            word.append(c);
        }
        throw new MalformedConfigurationException(file, beginLine, "a quote has no end");
    }
}
