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
 * A failed poll. The message is one phrase from this project: a library's message about a failed request can contain the URL,
 * and the URL can contain a key.
 */
public final class PollException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Optional<Duration> retryAfter;

    public PollException(String message) {
        this(message, Optional.empty());
    }

    /**
     * A poll that the provider rejected.
     *
     * @param retryAfter the delay that the provider demands
     */
    public PollException(String message, Optional<Duration> retryAfter) {
        super(message, null, false, false);
        this.retryAfter = retryAfter;
    }

    /** The delay that the provider demands before the next poll. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** This failure and that of another address of the feed; the longer of two delays applies. */
    PollException and(PollException other) {
        Optional<Duration> longest = Stream.of(retryAfter, other.retryAfter)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
        return new PollException(getMessage() + "; at another address: " + other.getMessage(), longest);
    }

    /** Describes any failure of a poll. */
    static PollException of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PollException known) {
                return known;
            }
            if (cause instanceof UnreadableResponseException unreadable) {
                return new PollException("unreadable response: " + unreadable.getMessage());
            }
            if (cause instanceof UnknownHostException) {
                return new PollException("host not found");
            }
            if (cause instanceof TimeoutException) {
                return new PollException("timed out");
            }
            if (cause instanceof ConnectException) {
                return new PollException("cannot connect");
            }
            if (cause instanceof SSLException) {
                return new PollException("no trusted TLS connection");
            }
        }
        return new PollException("failed: " + failure.getClass().getSimpleName());
    }
}
