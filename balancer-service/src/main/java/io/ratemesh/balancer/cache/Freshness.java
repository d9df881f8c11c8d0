package io.ratemesh.balancer.cache;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.ratemesh.balancer.http.HttpDate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long a response may be used (RFC 9111 §4.2, RFC 5861). Times are in seconds. The age grows with the monotonic clock, so that a
 * change of the system's time does not matter.
 *
 * @param receivedNanos when the response was received
 * @param initialAge its age then
 * @param lifetime the age from which it is stale; 0 where the server does not say
 * @param whileRevalidate how long it may be used after that while it is validated
 * @param onError how long it may be used after that where the server fails
 * @param mustRevalidate whether it is never used while it is stale
 * @param mayBeRelaxed whether clients may accept it while it is stale
 */
public record Freshness(
        long receivedNanos,
        long initialAge,
        long lifetime,
        long whileRevalidate,
        long onError,
        boolean mustRevalidate,
        boolean mayBeRelaxed) {

    /** How a stored response may be used for a request. */
    public enum Use {
        FRESH,
        /** It is stale, and the client accepts that. */
        STALE,
        /** It is stale, and may be used while it is validated. */
        WHILE_REVALIDATING,
        /** Only after the server said that it is still valid. */
        AFTER_VALIDATION
    }

    /**
     * Of a response that has just been received.
     *
     * @param requestedNanos when it was requested
     */
    static Freshness of(
            HttpHeaders head, CacheControl control, long requestedNanos, long receivedNanos, Instant received) {
        Optional<Instant> date = date(head.get(HttpHeaderNames.DATE));
        long apparent = date.map(sent -> Math.max(0, received.getEpochSecond() - sent.getEpochSecond()))
                .orElse(0L);
        long delay = TimeUnit.NANOSECONDS.toSeconds(receivedNanos - requestedNanos);
        return new Freshness(
                receivedNanos,
                Math.max(apparent, age(head.getAll(HttpHeaderNames.AGE)) + delay),
                lifetime(head, control, date.orElse(received)),
                control.seconds("stale-while-revalidate").orElse(0),
                control.seconds("stale-if-error").orElse(0),
                control.has("must-revalidate") || control.has("proxy-revalidate"),
                !control.has("s-maxage"));
    }

    /** The value of {@code Age}. */
    public long age(long nowNanos) {
        return initialAge + TimeUnit.NANOSECONDS.toSeconds(Math.max(0, nowNanos - receivedNanos));
    }

    /** How long it is still fresh; 0 or less where it is stale. */
    public long remaining(long nowNanos) {
        return lifetime - age(nowNanos);
    }

    /** How it may be used for a request with these directives. */
    public Use use(CacheControl request, long nowNanos) {
        long age = age(nowNanos);
        OptionalLong maxAge = request.seconds("max-age");
        if (request.has("no-cache") || (maxAge.isPresent() && age > maxAge.getAsLong())) {
            return Use.AFTER_VALIDATION;
        }
        long left = lifetime - age;
        if (left > 0) {
            return left >= request.seconds("min-fresh").orElse(0) ? Use.FRESH : Use.AFTER_VALIDATION;
        }
        if (mustRevalidate || request.has("min-fresh")) {
            return Use.AFTER_VALIDATION;
        }
        if (mayBeRelaxed && accepts(request, -left)) {
            return Use.STALE;
        }
        return -left < whileRevalidate ? Use.WHILE_REVALIDATING : Use.AFTER_VALIDATION;
    }

    /** Whether it may be used instead of an error of the server. */
    public boolean isUsableOnError(long nowNanos) {
        return !mustRevalidate && onError > 0 && -remaining(nowNanos) < onError;
    }

    /** Whether it can ever be used without asking the server. */
    boolean isEverUsable() {
        long stale = mustRevalidate ? 0 : Math.max(whileRevalidate, onError);
        return lifetime + stale > initialAge;
    }

    private static boolean accepts(CacheControl request, long staleness) {
        return request.has("max-stale")
                && (!request.hasArgument("max-stale")
                        || staleness <= request.seconds("max-stale").orElse(0));
    }

    private static long lifetime(HttpHeaders head, CacheControl control, Instant date) {
        OptionalLong shared = control.seconds("s-maxage");
        OptionalLong any = shared.isPresent() ? shared : control.seconds("max-age");
        if (any.isPresent()) {
            return any.getAsLong();
        }
        List<String> expires = head.getAll(HttpHeaderNames.EXPIRES);
        // An invalid date, such as 0, is in the past (RFC 9111 §5.3).
        return expires.size() == 1
                ? date(expires.get(0))
                        .map(end -> Math.max(0, end.getEpochSecond() - date.getEpochSecond()))
                        .orElse(0L)
                : 0;
    }

    private static Optional<Instant> date(@Nullable String text) {
        return text == null ? Optional.empty() : HttpDate.parse(text.strip());
    }

    /** Of several values the first counts; an invalid one is ignored (RFC 9111 §5.1). */
    private static long age(List<String> values) {
        String value = values.isEmpty() ? "" : values.get(0).split(",", 2)[0].strip();
        return value.matches("\\d{1,10}") ? Long.parseLong(value) : 0;
    }
}
