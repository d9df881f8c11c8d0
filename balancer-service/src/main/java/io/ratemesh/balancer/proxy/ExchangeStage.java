package io.ratemesh.balancer.proxy;

import io.ratemesh.balancer.http.TerminationPhase;

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
    QUEUED(TerminationPhase.QUEUE),
    CONNECTING(TerminationPhase.CONNECT),
    WAITING(TerminationPhase.RESPONSE_HEAD),
    RELAYING(TerminationPhase.DATA),
    TUNNEL(TerminationPhase.DATA),
    ENDED(TerminationPhase.COMPLETE);

    private final TerminationPhase phase;

    ExchangeStage(TerminationPhase phase) {
        this.phase = phase;
    }

    /** What the log calls an end at this stage. */
    TerminationPhase phase() {
        return phase;
    }
}
