package io.ratemesh.balancer.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the agent of a server says in one line, as HAProxy's {@code agent-check} defines it: words between spaces, tabs or commas, in any
 * order and case. Of two words about the same the last counts. What follows a {@code #} is a description.
 *
 * @param adminState set by {@code ready}, {@code drain} or {@code maint}; empty for no change
 * @param up set by {@code up}, or by {@code down}, {@code fail} or {@code stopped}; empty for no change
 * @param weightPercent set by a percentage such as {@code 75%}, 0 to 25,600; empty for no change
 * @param maxInFlight set by {@code maxconn:30}, 0 to 1,000,000; empty for no change
 * @param unknown words that mean nothing
 */
public record AgentReport(
        Optional<AdminState> adminState,
        Optional<Boolean> up,
        OptionalInt weightPercent,
        OptionalInt maxInFlight,
        List<String> unknown) {

    /** It says nothing. */
    public static final AgentReport NONE =
            new AgentReport(Optional.empty(), Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), List.of());

    private static final String MAX_CONNECTIONS = "maxconn:";

    /** With it the smallest weight becomes the largest one. */
    private static final int MAX_PERCENT = 25_600;

    private static final int MAX_IN_FLIGHT = 1_000_000;

    /** Reads a line without its line end. */
    public static AgentReport parse(String line) {
        Optional<AdminState> adminState = Optional.empty();
        Optional<Boolean> up = Optional.empty();
        OptionalInt weightPercent = OptionalInt.empty();
        OptionalInt maxInFlight = OptionalInt.empty();
        List<String> unknown = new ArrayList<>();
        for (String written : line.split("#", 2)[0].strip().split("[ \t,]+")) {
            String word = written.toLowerCase(Locale.ROOT);
            switch (word) {
                case "" -> {}
                case "ready" -> adminState = Optional.of(AdminState.READY);
                case "drain" -> adminState = Optional.of(AdminState.DRAIN);
                case "maint" -> adminState = Optional.of(AdminState.MAINTENANCE);
                case "up" -> up = Optional.of(true);
                case "down", "fail", "stopped" -> up = Optional.of(false);
                default -> {
                    OptionalInt percent =
                            word.endsWith("%") ? number(word, 0, word.length() - 1, MAX_PERCENT) : OptionalInt.empty();
                    OptionalInt connections = word.startsWith(MAX_CONNECTIONS)
                            ? number(word, MAX_CONNECTIONS.length(), word.length(), MAX_IN_FLIGHT)
                            : OptionalInt.empty();
                    weightPercent = percent.isPresent() ? percent : weightPercent;
                    maxInFlight = connections.isPresent() ? connections : maxInFlight;
                    if (percent.isEmpty() && connections.isEmpty()) {
                        unknown.add(written);
                    }
                }
            }
        }
        return new AgentReport(adminState, up, weightPercent, maxInFlight, List.copyOf(unknown));
    }

    /** Whether it has a word that means something. */
    public boolean isUnderstood() {
        return adminState.isPresent() || up.isPresent() || weightPercent.isPresent() || maxInFlight.isPresent();
    }

    private static OptionalInt number(String word, int from, int to, int max) {
        String digits = word.substring(from, to);
        if (!digits.matches("[0-9]{1,7}")) {
            return OptionalInt.empty();
        }
        int number = Integer.parseInt(digits);
        return number > max ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
