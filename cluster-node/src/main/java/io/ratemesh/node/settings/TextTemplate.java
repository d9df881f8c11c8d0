package io.ratemesh.node.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A text with variables of a request, such as {@code /new${path}}.
 *
 * @param parts in their order; none for the empty text
 */
public record TextTemplate(List<Part> parts) {

    /** What is known of a request. */
    public enum Variable {
        /** The address of the client, as servers get it in {@code X-Forwarded-For}. */
        CLIENT_ADDRESS("client.address"),
        /** The identifier of the request, as servers get it in {@code X-Request-Id}. */
        REQUEST_ID("request.id"),
        /** The server that the request was sent to, by its id in the statistics. */
        SERVER("server"),
        /** {@code http} or {@code https}. */
        SCHEME("scheme"),
        /** The host that the client asked for, with its port if it has one. */
        HOST("host"),
        /** The method. */
        METHOD("method"),
        /** The path that is sent to the server, after {@code strip-prefix} and {@code rewrite}. */
        PATH("path"),
        /** The query with its {@code ?}; empty where there is none. */
        QUERY("query");

        private final String text;

        Variable(String text) {
            this.text = text;
        }

        private static @Nullable Variable of(String text) {
            return BY_TEXT.get(text);
        }

        private static final Map<String, Variable> BY_TEXT =
                Arrays.stream(values()).collect(Collectors.toMap(variable -> variable.text, Function.identity()));
    }

    /**
     * A part of a text.
     *
     * @param literal the text itself where there is no variable
     */
    public record Part(String literal, Optional<Variable> variable) {}

    /** The variables of a request before it is sent to a server. */
    static final Set<Variable> WITHOUT_SERVER = EnumSet.complementOf(EnumSet.of(Variable.SERVER));

    static final Set<Variable> ALL = EnumSet.allOf(Variable.class);

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^{}]*)}");

    /** Reads a text; empty where it names a variable that is not in {@code known}. */
    static Optional<TextTemplate> parse(String text, Set<Variable> known) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = REFERENCE.matcher(text);
        int from = 0;
        while (matcher.find()) {
            Variable variable = Variable.of(matcher.group(1));
            if (variable == null || !known.contains(variable)) {
                return Optional.empty();
            }
            addLiteral(text.substring(from, matcher.start()), parts);
            parts.add(new Part("", Optional.of(variable)));
            from = matcher.end();
        }
        addLiteral(text.substring(from), parts);
        return Optional.of(new TextTemplate(List.copyOf(parts)));
    }

    private static void addLiteral(String text, List<Part> parts) {
        if (!text.isEmpty()) {
            parts.add(new Part(text, Optional.empty()));
        }
    }

    /** The accepted variables, for messages. */
    static String list(Set<Variable> known) {
        return known.stream().map(variable -> "${" + variable.text + "}").collect(Collectors.joining(", "));
    }

    /** The text of one request. */
    public String render(Function<Variable, String> values) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(part.variable().map(values).orElse(part.literal()));
        }
        return text.toString();
    }
}
