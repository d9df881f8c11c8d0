package io.ratemesh.balancer.upstream;

import java.time.Duration;
import java.time.Instant;

/**
 * What one check found.
 *
 * @param at when it was asked
 * @param outcome what it was
 * @param status the HTTP status; 0 where none came
 * @param duration how long the answer took
 * @param detail what was wrong, for a person; empty where nothing was
 */
public record CheckResult(Instant at, Outcome outcome, int status, Duration duration, String detail) {

    /** What a check may find, with HAProxy's word for it. */
    public enum Outcome {
        CONNECTED("L4OK", true),
        EXPECTED_STATUS("L7OK", true),
        CONNECT_FAILED("L4CON", false),
        CONNECT_TIMEOUT("L4TOUT", false),
        RESPONSE_TIMEOUT("L7TOUT", false),
        INVALID_RESPONSE("L7RSP", false),
        UNEXPECTED_STATUS("L7STS", false);

        private final String code;
        private final boolean passed;

        Outcome(String code, boolean passed) {
            this.code = code;
            this.passed = passed;
        }

        /** As HAProxy's statistics say it. */
        public String code() {
            return code;
        }
    }

    /** Whether the upstream is well. */
    public boolean passed() {
        return outcome.passed;
    }

    /** Whether it said anything at all. */
    public boolean isResponsive() {
        return outcome.passed || outcome == Outcome.UNEXPECTED_STATUS || outcome == Outcome.INVALID_RESPONSE;
    }

    /** Whether it answered a request. That it took a connection does not show that: the kernel takes those of a process that hangs. */
    boolean hasStatus() {
        return outcome == Outcome.EXPECTED_STATUS || outcome == Outcome.UNEXPECTED_STATUS;
    }
}
