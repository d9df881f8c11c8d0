package io.ratemesh.launcher.migration.haproxy;

import io.ratemesh.launcher.migration.draft.Directive;
import io.ratemesh.launcher.migration.draft.MalformedConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses a configuration of HAProxy into its sections (configuration manual, 2.1 to 2.3). */
public final class HaproxyParser {

    private static final Set<String> SECTIONS = Set.of(
            "global",
            "defaults",
            "frontend",
            "backend",
            "listen",
            "userlist",
            "peers",
            "resolvers",
            "mailers",
            "program",
            "http-errors",
            "ring",
            "cache",
            "log-forward",
            "fcgi-app",
            "traces",
            "acme",
            "crt-store");

    private final String file;
    private final List<Directive> sections = new ArrayList<>();
    private Optional<Directive> header = Optional.empty();
    private List<Directive> lines = new ArrayList<>();

    private HaproxyParser(String file) {
        this.file = file;
    }

    /** Whether a word begins a section. */
    public static boolean isSection(String word) {
        return SECTIONS.contains(word);
    }

    /**
     * Parses a configuration.
     *
     * @param file its name, for messages
     * @return its sections, and the directives before the first one
     * @throws MalformedConfigurationException for a quote without its end, or a directive outside of a section
     */
    public static List<Directive> parse(String file, String text) {
        return new HaproxyParser(file).parse(text.split("\\R", -1));
    }

    private List<Directive> parse(String[] texts) {
        for (int i = 0; i < texts.length; i++) {
            int first = i;
            StringBuilder text = new StringBuilder(texts[i]);
            while (endsWithBackslash(text) && i + 1 < texts.length) {
                text.setCharAt(text.length() - 1, ' ');
                text.append(texts[++i]);
            }
            List<String> words = words(first + 1, text.toString());
            if (!words.isEmpty()) {
                add(first + 1, text.toString(), words);
            }
        }
        endSection();
        return List.copyOf(sections);
    }

    private void add(int line, String text, List<String> words) {
        if (isSection(words.get(0))) {
            endSection();
            header = Optional.of(new Directive(file, line, text, words, Optional.empty()));
        } else if (header.isPresent() || words.get(0).startsWith(".")) {
            lines.add(new Directive(file, line, text, words, Optional.empty()));
        } else {
            throw new MalformedConfigurationException(
                    file, line, "\"" + words.get(0) + "\" is in no section; begin with global, defaults or a proxy");
        }
    }

    private void endSection() {
        if (header.isPresent()) {
            Directive begin = header.get();
            sections.add(new Directive(begin.file(), begin.line(), begin.text(), begin.words(), Optional.of(lines)));
        } else {
            sections.addAll(lines);
        }
        lines = new ArrayList<>();
    }

    private static boolean endsWithBackslash(StringBuilder text) {
        int backslashes = 0;
        while (backslashes < text.length() && text.charAt(text.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    /** The words of a line: a backslash takes the next character as it is, single quotes all up to the next one; # begins a comment. */
    private List<String> words(int line, String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                word.append(escaped(text.charAt(++i)));
                inWord = true;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (c == '#') {
                break;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                }
                word.setLength(0);
                inWord = false;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw new MalformedConfigurationException(file, line, "a quote has no end");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'r' -> '\r';
            case 'n' -> '\n';
            case 't' -> '\t';
            default -> c;
        };
    }
}
