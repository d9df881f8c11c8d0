package io.ratemesh.balancer.proxy;

/**
 * Where an exchange is.
 *
 * <pre>
 *   QUEUED --chosen--> CONNECTING --connected--> WAITING --head of the answer--> RELAYING --> ENDED
 *     ^                    |                        |      (101: TUNNEL)
 *     +----- refused ------+                        |
 *     +--- broke off: once more, if it may be ------+
 * </pre>
 */
enum ExchangeStage {
    QUEUED('Q'),
    CONNECTING('C'),
    WAITING('H'),
    RELAYING('D'),
    TUNNEL('D'),
    ENDED('-');

    private final char letter;

    ExchangeStage(char letter) {
        this.letter = letter;
    }

    /** HAProxy's for where it ended. */
    char letter() {
        return letter;
    }
}
