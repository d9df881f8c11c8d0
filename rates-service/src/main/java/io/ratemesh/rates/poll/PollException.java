package io.ratemesh.rates.poll;

import io.ratemesh.rates.feed.UnreadableResponseException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * A poll that brought nothing. Its message is a few words of our own: what a library says of a failed request holds the
 * URL, and a URL may hold a key.
 */
public final class PollException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Optional<Duration> retryAfter;

    public PollException(String message) {
        this(message, Optional.empty());
    }

    /**
     * A poll that the provider turned away.
     *
     * @param retryAfter how long it wants to be left alone
     */
    public PollException(String message, Optional<Duration> retryAfter) {
        super(message, null, false, false);
        this.retryAfter = retryAfter;
    }

    /** How long the provider wants to be left alone, if it said so. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** The same, where another address of the feed failed too; of two waits the longer counts. */
    PollException alsoAt(PollException other) {
        Optional<Duration> longest = Stream.of(retryAfter, other.retryAfter)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
        return new PollException(getMessage() + "; at another address: " + other.getMessage(), longest);
    }

    /** Puts any failure of a poll into a few words. */
    static PollException of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PollException known) {
                return known;
            }
            if (cause instanceof UnreadableResponseException unreadable) {
                return new PollException("unreadable answer: " + unreadable.getMessage());
            }
            if (cause instanceof UnknownHostException) {
                return new PollException("host not found");
            }
            if (cause instanceof TimeoutException) {
                return new PollException("no answer in time");
            }
            if (cause instanceof ConnectException) {
                return new PollException("cannot connect");
            }
            if (cause instanceof SSLException) {
                return new PollException("no trusted TLS connection");
            }
        }
        return new PollException("broken off: " + failure.getClass().getSimpleName());
    }
}
