package io.ratemesh.balancer.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ratemesh.balancer.http1.Corpus;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the file of raw responses. Its format is said at its head. */
final class ResponseCorpus {

    /** What an upstream does behind what it sends. */
    enum End {
        WAIT,
        CLOSE,
        RESET
    }

    /** What a client gets. */
    enum Outcome {
        WHOLE,
        CUT
    }

    /**
     * What is expected of a response.
     *
     * @param status of the response; 502 for the balancer's own
     */
    record Expected(Outcome outcome, int status) {

        boolean isRefused() {
            return status == 502;
        }
    }

    /**
     * One case. Text is one character for each byte.
     *
     * @param each whether it ends after each byte, one after the other
     * @param expected one, or three: while the head is not whole, while the body is not, and when all is there
     * @param fields that the client gets, as {@code name: value}
     * @param without names of fields that it does not get
     * @param upstream whether the connection to the upstream is {@code kept}, {@code closed}, or either
     */
    record Case(
            String name,
            String method,
            String send,
            End end,
            boolean each,
            List<Expected> expected,
            String body,
            List<String> fields,
            List<String> without,
            String upstream) {

        /** Whether the connection to the upstream is used again. */
        boolean kept() {
            return upstream.equals("kept");
        }

        /** Whether the balancer closes it, after all that it has sent. */
        boolean thrownAway() {
            Expected all = expectedAt(send.length());
            return end == End.WAIT && (upstream.equals("closed") || all.isRefused() || all.outcome() == Outcome.CUT);
        }

        /** Lengths at which it is cut: one, or all. */
        List<Integer> cuts() {
            List<Integer> cuts = new ArrayList<>();
            for (int length = each ? 1 : send.length(); length <= send.length(); length++) {
                cuts.add(length);
            }
            return cuts;
        }

        Expected expectedAt(int length) {
            if (expected.size() == 1) {
                return expected.get(0);
            }
            int head = send.indexOf("\r\n\r\n") + 4;
            return expected.get(length == send.length() ? 2 : length < head ? 0 : 1);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private ResponseCorpus() {}

    static List<Case> all() throws IOException {
        try (InputStream in = ResponseCorpus.class.getResourceAsStream("corpus/responses.txt")) {
            if (in == null) {
                throw new AssertionError("no such file");
            }
            return Arrays.stream(new String(in.readAllBytes(), US_ASCII).split("\n\n", -1))
                    .filter(block -> block.startsWith("case: "))
                    .map(ResponseCorpus::one)
                    .toList();
        }
    }

    private static Case one(String block) {
        String name = "";
        String method = "GET";
        StringBuilder send = new StringBuilder();
        List<String> end = List.of("wait");
        List<Expected> expected = List.of();
        String body = "";
        List<String> fields = List.of();
        List<String> without = List.of();
        String upstream = "";
        for (String line : block.stripTrailing().split("\n", -1)) {
            int colon = line.indexOf(':');
            String value = line.substring(Math.min(colon + 2, line.length()));
            switch (line.substring(0, colon)) {
                case "case" -> name = value;
                case "request" -> method = value;
                case "send" -> send.append(Corpus.unescape(value));
                case "end" -> end = List.of(value.split(" ", -1));
                case "expect" ->
                    expected = Arrays.stream(value.split(", ", -1))
                            .map(ResponseCorpus::expected)
                            .toList();
                case "body" -> body = Corpus.unescape(value);
                case "fields" -> fields = List.of(Corpus.unescape(value).split(" \\| ", -1));
                case "without" -> without = List.of(value.split(" \\| ", -1));
                case "upstream" -> upstream = value;
                default -> throw new AssertionError("no such key: " + line);
            }
        }
        boolean each = end.size() == 2;
        if (expected.size() != (each ? 3 : 1)) {
            throw new AssertionError(name + ": what is expected?");
        }
        return new Case(
                name,
                method,
                send.toString(),
                End.valueOf(end.get(end.size() - 1).toUpperCase(java.util.Locale.ROOT)),
                each,
                expected,
                body,
                fields,
                without,
                upstream);
    }

    private static Expected expected(String text) {
        return switch (text.split(" ", -1)[0]) {
            case "502" -> new Expected(Outcome.WHOLE, 502);
            case "whole" -> new Expected(Outcome.WHOLE, Integer.parseInt(text.substring(6)));
            case "cut" -> new Expected(Outcome.CUT, Integer.parseInt(text.substring(4)));
            default -> throw new AssertionError("whole or cut? " + text);
        };
    }
}
