package io.ratemesh.balancer.http;

/** When a request or its response ended: the second letter of HAProxy's termination state. */
public enum TerminationPhase {
    /** After the response was complete. */
    COMPLETE('-'),
    /** Before the head of the request was complete, or before an upstream was needed. */
    REQUEST('R'),
    /** In the queue. */
    QUEUE('Q'),
    /** While connecting to an upstream. */
    CONNECT('C'),
    /** Before the head of the response. */
    RESPONSE_HEAD('H'),
    /** While a body or a tunnel was transferred. */
    DATA('D');

    private final char letter;

    TerminationPhase(char letter) {
        this.letter = letter;
    }

    char letter() {
        return letter;
    }
}
