package io.ratemesh.balancer.assets;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The conditions of a GET or HEAD request, in the order of RFC 9110 §13.2.2. */
final class Preconditions {

    /** What they make of the request. */
    enum Outcome {
        PROCEED,
        NOT_MODIFIED,
        FAILED
    }

    private static final CharSequence IF_MATCH = HttpHeaders.createOptimized("If-Match");
    private static final CharSequence IF_UNMODIFIED_SINCE = HttpHeaders.createOptimized("If-Unmodified-Since");
    private static final CharSequence IF_RANGE = HttpHeaders.createOptimized("If-Range");

    private Preconditions() {}

    /** Whether the request is to be done; {@code Range} is the business of {@link #allowRange}. */
    static Outcome evaluate(MultiMap request, SelectedRepresentation current) {
        String ifMatch = request.get(IF_MATCH);
        if (ifMatch != null) {
            if (!tags(request, IF_MATCH, ifMatch).containStrong(current.etag())) {
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
            return tags(request, HttpHeaders.IF_NONE_MATCH, ifNoneMatch).containWeak(current.etag())
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
     * Whether a part may be sent: without {@code If-Range}, or where it names just what there is (RFC 9110 §13.1.5). A date does so only
     * if it is {@code Last-Modified} itself, and the second that it names is over: until then there may be a second version of it.
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

    /** A date that is none is passed over, and so are several (RFC 9110 §13.1.3, §13.1.4). */
    private static Optional<Instant> date(MultiMap request, CharSequence field) {
        String date = request.get(field);
        return date == null || request.getAll(field).size() > 1 ? Optional.empty() : HttpDate.parse(date.strip());
    }
}
