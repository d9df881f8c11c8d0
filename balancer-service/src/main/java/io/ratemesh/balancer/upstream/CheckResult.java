package io.ratemesh.balancer.upstream;

import java.time.Duration;
import java.time.Instant;

/**
 * The result of one health check.
 *
 * @param at when the check started
 * @param outcome what the check found
 * @param status the HTTP status; 0 for none
 * @param duration how long it took
 * @param detail what failed, as text; empty where nothing did
 */
public record CheckResult(Instant at, Outcome outcome, int status, Duration duration, String detail) {

    /** What a check may find, with the code and the description that HAProxy has for it. */
    public enum Outcome {
        CONNECTED("L4OK", "Layer4 check passed", true),
        TLS_CONNECTED("L6OK", "Layer6 check passed", true),
        EXPECTED_STATUS("L7OK", "Layer7 check passed", true),
        CONNECT_FAILED("L4CON", "Layer4 connection problem", false),
        CONNECT_TIMEOUT("L4TOUT", "Layer4 timeout", false),
        TLS_TIMEOUT("L6TOUT", "Layer6 timeout", false),
        TLS_FAILED("L6RSP", "Layer6 invalid response", false),
        RESPONSE_TIMEOUT("L7TOUT", "Layer7 timeout", false),
        INVALID_RESPONSE("L7RSP", "Layer7 invalid response", false),
        UNEXPECTED_STATUS("L7STS", "Layer7 wrong status", false),
        UNEXPECTED_BODY("L7RSP", "Layer7 invalid response", false);

        private final String code;
        private final String description;
        private final boolean passed;

        Outcome(String code, String description, boolean passed) {
            this.code = code;
            this.description = description;
            this.passed = passed;
        }

        /** The code in HAProxy's statistics. */
        public String code() {
            return code;
        }

        /** The description in HAProxy's statistics. */
        public String description() {
            return description;
        }
    }

    /** Whether the upstream is healthy. */
    public boolean passed() {
        return outcome.passed;
    }

    /** Whether the upstream accepted the connection or sent any bytes of a response. */
    public boolean isResponsive() {
        return switch (outcome) {
            case CONNECT_FAILED, CONNECT_TIMEOUT, TLS_TIMEOUT, RESPONSE_TIMEOUT -> false;
            case CONNECTED,
                    TLS_CONNECTED,
                    TLS_FAILED,
                    EXPECTED_STATUS,
                    UNEXPECTED_STATUS,
                    UNEXPECTED_BODY,
                    INVALID_RESPONSE -> true;
        };
    }

    /** Whether an HTTP response was received. An accepted connection alone is not enough: the kernel accepts for a process that hangs. */
    boolean hasStatus() {
        return outcome == Outcome.EXPECTED_STATUS
                || outcome == Outcome.UNEXPECTED_STATUS
                || outcome == Outcome.UNEXPECTED_BODY;
    }
}
