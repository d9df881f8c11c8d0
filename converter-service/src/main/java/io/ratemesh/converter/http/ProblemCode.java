package io.ratemesh.converter.http;

/** The kinds of problems, with the stable code that clients compare. */
public enum ProblemCode {
    BAD_REQUEST(400, "bad-request", "The request is malformed"),
    BAD_PARAMETER(400, "bad-parameter", "A parameter is not valid"),
    NO_RATE(404, "no-rate", "There is no rate for a known currency"),
    NOT_FOUND(404, "not-found", "There is nothing at this path"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "This path does not support this method"),
    NOT_ACCEPTABLE(406, "not-acceptable", "No available media type is acceptable"),
    REQUEST_TIMEOUT(408, "request-timeout", "The body did not arrive in time"),
    CONTENT_TOO_LARGE(413, "content-too-large", "The body is too large"),
    URI_TOO_LONG(414, "uri-too-long", "The request line is too long"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "The media type of the body is not supported"),
    UNKNOWN_CURRENCY(422, "unknown-currency", "A currency is not in ISO 4217"),
    /** Only in the format of Frankfurter, which has no codes. */
    UNPROCESSABLE(422, "unprocessable", "A parameter is not valid"),
    HEADERS_TOO_LARGE(431, "headers-too-large", "The header fields are too large"),
    INTERNAL(500, "internal", "The server failed"),
    NO_RATES_YET(503, "no-rates-yet", "This node has no rates yet"),
    TOO_BUSY(503, "too-busy", "This node is overloaded"),
    TOO_MANY_STREAMS(503, "too-many-streams", "This node has too many streams");

    private static final String TYPE_PREFIX = "/api/problems/";

    private final int status;
    private final String word;
    private final String title;

    ProblemCode(int status, String word, String title) {
        this.status = status;
        this.word = word;
        this.title = title;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The {@code code} in the response. */
    public String word() {
        return word;
    }

    /** The title, the same for every occurrence. */
    public String title() {
        return title;
    }

    /** A URI reference that identifies the kind of problem. */
    public String type() {
        return TYPE_PREFIX + word;
    }
}
