package io.ratemesh.balancer.assets;

import io.ratemesh.balancer.http.HttpDate;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Responds to GET and HEAD with conditions and ranges (RFC 9110 §13, §14), from memory or from disk. */
final class ConditionalResponse {

    /** The bytes of a representation. */
    interface Content {

        /** Sends the bytes {@code from} (inclusive) to {@code to} (exclusive) as the body of a response with a complete head, and ends it. */
        void send(HttpServerResponse response, long from, long to);

        /** Releases the content without sending it. */
        default void discard() {}
    }

    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;
    private static final int NOT_MODIFIED = 304;
    private static final int PRECONDITION_FAILED = 412;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final CharSequence RANGE = HttpHeaders.createOptimized("Range");

    private ConditionalResponse() {}

    /** Sends the response, and returns the number of body bytes. */
    static long send(HttpServerRequest request, SelectedRepresentation selected, Content content) {
        Preconditions.Outcome outcome = Preconditions.evaluate(request.headers(), selected);
        if (outcome != Preconditions.Outcome.PROCEED) {
            content.discard();
            return outcome == Preconditions.Outcome.FAILED
                    ? StatusPage.send(request, PRECONDITION_FAILED, "Precondition failed")
                    : sendNotModified(request.response(), selected);
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            // RFC 9110 §14.2: Range is defined for GET only.
            content.discard();
            length(request.response(), selected.length());
            head(request.response(), OK, selected.fields());
            request.response().end();
            return 0;
        }
        Optional<ByteRange> range = range(request.headers(), selected);
        if (range.isEmpty()) {
            return send(request.response(), OK, selected, content, new ByteRange(0, selected.length()));
        }
        request.response().putHeader(HttpHeaders.CONTENT_RANGE, range.get().contentRange(selected.length()));
        if (range.get().isSatisfiable()) {
            return send(request.response(), PARTIAL_CONTENT, selected, content, range.get());
        }
        content.discard();
        return StatusPage.send(request, RANGE_NOT_SATISFIABLE, "Range not satisfiable");
    }

    private static long send(
            HttpServerResponse response,
            int status,
            SelectedRepresentation selected,
            Content content,
            ByteRange range) {
        length(response, range.length());
        head(response, status, selected.fields());
        content.send(response, range.from(), range.to());
        return range.length();
    }

    /** Sends the fields that a cache needs, without those that describe the body (RFC 9110 §15.4.5). */
    private static int sendNotModified(HttpServerResponse response, SelectedRepresentation selected) {
        head(response, NOT_MODIFIED, selected.fields());
        response.headers()
                .remove(HttpHeaders.CONTENT_TYPE)
                .remove(HttpHeaders.CONTENT_ENCODING)
                .remove(HttpHeaders.ACCEPT_RANGES);
        response.end();
        return 0;
    }

    /** Adds the fields to those already set, such as Strict-Transport-Security. */
    private static void head(HttpServerResponse response, int status, Map<CharSequence, CharSequence> fields) {
        MultiMap to = response.headers();
        fields.forEach((name, value) -> to.set(name, value));
        to.set(HttpHeaders.DATE, HttpDate.now());
        response.setStatusCode(status);
    }

    private static void length(HttpServerResponse response, long bytes) {
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(bytes));
    }

    /** Returns the range to send; empty for the whole body, also if the representation has changed ({@code If-Range}). */
    private static Optional<ByteRange> range(MultiMap request, SelectedRepresentation selected) {
        String first = request.get(RANGE);
        if (first == null) {
            return Optional.empty();
        }
        List<String> fields = request.getAll(RANGE);
        return fields.size() > 1 || !Preconditions.allowRange(request, selected)
                ? Optional.empty()
                : ByteRange.parse(first.strip(), selected.length());
    }
}
