package io.ratemesh.balancer.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the files of raw requests. Each begins with its format. */
public final class Corpus {

    /**
     * One case. A character of text is a byte.
     *
     * @param statuses of all responses, in order
     * @param closed whether the connection is closed after the last
     * @param part whether an upstream may see the begin of a request that is rejected
     * @param sees request lines of the complete requests that an upstream sees
     * @param fields of the last of them; null for any
     * @param body of the last of them
     */
    record Case(
            String name,
            String send,
            List<Integer> statuses,
            boolean closed,
            boolean part,
            List<String> sees,
            @Nullable List<String> fields,
            String body) {

        /** The same after a valid request on the same connection. */
        Case preceded() {
            List<Integer> all = new ArrayList<>(List.of(200));
            all.addAll(statuses);
            List<String> lines = new ArrayList<>(List.of("GET /before HTTP/1.1"));
            lines.addAll(sees);
            return new Case(
                    name,
                    "GET /before HTTP/1.1\r\nHost: before\r\n\r\n" + send,
                    all,
                    closed,
                    part,
                    lines,
                    sees.isEmpty() ? null : fields,
                    body);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private Corpus() {}

    static Stream<Case> all() {
        return Stream.of("heads-refused.txt", "bodies-refused.txt", "allowed.txt")
                .flatMap(file -> read(file).stream());
    }

    private static List<Case> read(String file) {
        try (InputStream in = Corpus.class.getResourceAsStream("corpus/" + file)) {
            if (in == null) {
                throw new AssertionError("no such file: " + file);
            }
            String text = new String(in.readAllBytes(), US_ASCII);
            return Arrays.stream(text.split("\n\n", -1))
                    .filter(block -> block.startsWith("case: "))
                    .map(Corpus::one)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Case one(String block) {
        String name = "";
        StringBuilder send = new StringBuilder();
        List<Integer> statuses = new ArrayList<>();
        String end = "";
        boolean part = false;
        List<String> sees = new ArrayList<>();
        List<String> fields = null;
        String body = "";
        for (String line : block.stripTrailing().split("\n", -1)) {
            int colon = line.indexOf(": ");
            String value = line.substring(colon + 2);
            switch (line.substring(0, colon)) {
                case "case" -> name = value;
                case "send" -> send.append(unescape(value));
                case "expect" -> {
                    List<String> words = List.of(value.split(" ", -1));
                    end = words.get(words.size() - 1);
                    words.subList(0, words.size() - 1).forEach(status -> statuses.add(Integer.valueOf(status)));
                }
                case "upstream" -> part = value.equals("part");
                case "sees" -> sees.add(unescape(value));
                case "fields" -> fields = List.of(unescape(value).split(" \\| ", -1));
                case "body" -> body = unescape(value);
                default -> throw new AssertionError("no such key: " + line);
            }
        }
        if (!end.equals("close") && !end.equals("keep")) {
            throw new AssertionError(name + ": closed or kept?");
        }
        return new Case(name, send.toString(), statuses, end.equals("close"), part, sees, fields, body);
    }

    /** Replaces the escapes by the bytes they stand for. */
    public static String unescape(String escaped) {
        StringBuilder bytes = new StringBuilder();
        int at = 0;
        while (at < escaped.length()) {
            at = escaped.charAt(at) == '\\' ? unescapeOne(escaped, at + 1, bytes) : plain(escaped, at, bytes);
        }
        return bytes.toString();
    }

    private static int plain(String escaped, int at, StringBuilder bytes) {
        bytes.append(escaped.charAt(at));
        return at + 1;
    }

    /** Appends the bytes of one escape; returns where the next text begins. */
    private static int unescapeOne(String escaped, int at, StringBuilder bytes) {
        if (escaped.charAt(at) == 'x') {
            bytes.append((char) Integer.parseInt(escaped.substring(at + 1, at + 3), 16));
            return at + 3;
        }
        if (escaped.charAt(at) == '{') {
            int times = escaped.indexOf('*', at);
            int end = closing(escaped, times);
            bytes.append(unescape(escaped.substring(times + 1, end))
                    .repeat(Integer.parseInt(escaped.substring(at + 1, times))));
            return end + 1;
        }
        bytes.append(
                switch (escaped.charAt(at)) {
                    case 'r' -> '\r';
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case '0' -> '\0';
                    case '\\' -> '\\';
                    default -> throw new AssertionError("no such escape: " + escaped);
                });
        return at + 1;
    }

    /** Where a repetition ends; nested ones are skipped. */
    private static int closing(String escaped, int from) {
        int depth = 1;
        for (int i = from; i < escaped.length(); i++) {
            depth += escaped.charAt(i) == '{' ? 1 : escaped.charAt(i) == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new AssertionError("a repetition does not end: " + escaped);
    }
}
