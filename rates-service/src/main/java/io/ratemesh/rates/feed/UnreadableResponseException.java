package io.ratemesh.rates.feed;

/** A response in another format than expected. The message is one phrase without text from the response. */
public final class UnreadableResponseException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadableResponseException(String message) {
        super(message);
    }
}
