package io.ratemesh.balancer.assets;

import io.ratemesh.balancer.http.EntityTags;
import io.ratemesh.balancer.http.HttpDate;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The conditions of a GET or HEAD request, in the order of RFC 9110 §13.2.2. */
final class Preconditions {

    /** The result. */
    enum Outcome {
        PROCEED,
        NOT_MODIFIED,
        FAILED
    }

    private static final CharSequence IF_MATCH = HttpHeaders.createOptimized("If-Match");
    private static final CharSequence IF_UNMODIFIED_SINCE = HttpHeaders.createOptimized("If-Unmodified-Since");
    private static final CharSequence IF_RANGE = HttpHeaders.createOptimized("If-Range");

    private Preconditions() {}

    /** Evaluates all conditions but {@code If-Range}, for which see {@link #allowRange}. */
    static Outcome evaluate(MultiMap request, SelectedRepresentation current) {
        String ifMatch = request.get(IF_MATCH);
        if (ifMatch != null) {
            if (!tags(request, IF_MATCH, ifMatch).containsStrong(current.etag())) {
                return Outcome.FAILED;
            }
        } else if (current.modified() != null) {
            Optional<Instant> since = date(request, IF_UNMODIFIED_SINCE);
            if (since.isPresent() && current.modified().isAfter(since.get())) {
                return Outcome.FAILED;
            }
        }
        String ifNoneMatch = request.get(HttpHeaders.IF_NONE_MATCH);
        if (ifNoneMatch != null) {
            return tags(request, HttpHeaders.IF_NONE_MATCH, ifNoneMatch).containsWeak(current.etag())
                    ? Outcome.NOT_MODIFIED
                    : Outcome.PROCEED;
        }
        if (current.modified() != null) {
            Optional<Instant> since = date(request, HttpHeaders.IF_MODIFIED_SINCE);
            if (since.isPresent() && !current.modified().isAfter(since.get())) {
                return Outcome.NOT_MODIFIED;
            }
        }
        return Outcome.PROCEED;
    }

    /**
     * Returns whether a range may be sent: there is no {@code If-Range}, or it matches the current representation (RFC 9110 §13.1.5). A
     * date matches only if it equals {@code Last-Modified} and its second is over, because there could be another version in that second.
     */
    static boolean allowRange(MultiMap request, SelectedRepresentation current) {
        List<String> validators = request.getAll(IF_RANGE);
        if (validators.isEmpty()) {
            return true;
        }
        String validator = validators.get(0).strip();
        if (validators.size() > 1) {
            return false;
        }
        if (validator.endsWith("\"")) {
            return EntityTags.isStrong(validator) && validator.equals(current.etag());
        }
        Instant modified = current.modified();
        return modified != null
                && HttpDate.parse(validator).filter(modified::equals).isPresent()
                && modified.isBefore(Instant.now().minusSeconds(1));
    }

    private static EntityTags tags(MultiMap request, CharSequence field, String first) {
        List<String> lines = request.getAll(field);
        return EntityTags.parse(lines.size() == 1 ? first : String.join(",", lines));
    }

    /** Returns the date of a field; empty if it is missing, invalid or repeated (RFC 9110 §13.1.3, §13.1.4). */
    private static Optional<Instant> date(MultiMap request, CharSequence field) {
        String date = request.get(field);
        return date == null || request.getAll(field).size() > 1 ? Optional.empty() : HttpDate.parse(date.strip());
    }
}
