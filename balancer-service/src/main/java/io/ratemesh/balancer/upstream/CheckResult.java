package io.ratemesh.balancer.upstream;

import java.time.Duration;
import java.time.Instant;

/**
 * What one check found.
 *
 * @param at when it was asked
 * @param finding what it was
 * @param status the HTTP status; 0 where none came
 * @param took how long the answer took
 * @param detail what was wrong, for a person; empty where nothing was
 */
public record CheckResult(Instant at, Finding finding, int status, Duration took, String detail) {

    /** What a check may find, with HAProxy's word for it. */
    public enum Finding {
        ACCEPTED("L4OK", true),
        EXPECTED_STATUS("L7OK", true),
        NOT_ACCEPTED("L4CON", false),
        NOT_ACCEPTED_IN_TIME("L4TOUT", false),
        NO_ANSWER_IN_TIME("L7TOUT", false),
        GARBLED_ANSWER("L7RSP", false),
        OTHER_STATUS("L7STS", false);

        private final String code;
        private final boolean passed;

        Finding(String code, boolean passed) {
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
        return finding.passed;
    }

    /** Whether it said anything at all. */
    public boolean answered() {
        return finding.passed || finding == Finding.OTHER_STATUS || finding == Finding.GARBLED_ANSWER;
    }

    /** Whether it answered a request. That it took a connection does not show that: the kernel takes those of a process that hangs. */
    boolean spoke() {
        return finding == Finding.EXPECTED_STATUS || finding == Finding.OTHER_STATUS;
    }
}
