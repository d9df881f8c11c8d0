package io.ratemesh.balancer.http;

/** Why a request or its response ended: the first letter of HAProxy's termination state. */
public enum TerminationCause {
    /** It completed. */
    NONE('-'),
    /** The client aborted. */
    CLIENT_ABORT('C'),
    /** The client sent or read nothing for too long. */
    CLIENT_TIMEOUT('c'),
    /** The upstream refused the connection, aborted or sent an invalid response. */
    UPSTREAM_ABORT('S'),
    /** The upstream or the queue timed out. */
    UPSTREAM_TIMEOUT('s'),
    /** The balancer rejected the request or the response. */
    PROXY('P'),
    /** The balancer could not go on. */
    INTERNAL_ERROR('I'),
    /** The balancer ended it on purpose, such as a stream at a drain. */
    KILLED('K'),
    /** The balancer itself sent the response. */
    LOCAL('L');

    private final char letter;

    TerminationCause(char letter) {
        this.letter = letter;
    }

    char letter() {
        return letter;
    }

    /** Whether the client is the cause. */
    public boolean isClient() {
        return this == CLIENT_ABORT || this == CLIENT_TIMEOUT;
    }
}
