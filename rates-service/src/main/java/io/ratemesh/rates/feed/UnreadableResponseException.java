package io.ratemesh.rates.feed;

/** An answer that is not what its provider answers; the message says in a few words how, and quotes none of it. */
public final class UnreadableResponseException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadableResponseException(String message) {
        super(message);
    }
}
