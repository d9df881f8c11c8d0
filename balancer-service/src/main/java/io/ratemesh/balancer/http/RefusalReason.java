package io.ratemesh.balancer.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Locale;

/** Why a request is rejected by the grammar or the time limits of HTTP. */
public enum RefusalReason {
    METHOD_INVALID(400, "The method is not valid; use a token such as GET."),
    METHOD_TOO_LONG(501, "The method is longer than 32 bytes; use a method such as GET or POST."),
    METHOD_NOT_ALLOWED(405, "CONNECT and TRACE are not supported."),
    PROTOCOL_NOT_SUPPORTED(501, "CONNECT is supported for websocket only."),
    TARGET_INVALID(
            400,
            "The request target is not valid; use a path that begins with / or an http URL, with special characters percent-encoded."),
    PATH_TRAVERSAL(400, "The path has dot segments or backslashes; use the path that they resolve to."),
    TARGET_TOO_LONG(414, "The request line is longer than 8 KiB; use a shorter target."),
    VERSION_INVALID(400, "The request line does not end with an HTTP version such as HTTP/1.1."),
    VERSION_NOT_SUPPORTED(505, "The HTTP version is not supported; use HTTP/1.1 or HTTP/1.0."),
    LINE_END_INVALID(400, "A line does not end with CR and LF, or has one of them elsewhere."),
    FIELD_FOLDED(400, "A field continues on a second line; use one line for each field."),
    FIELD_NAME_INVALID(400, "A field name is not valid; use a token with a colon directly after it."),
    FIELD_VALUE_INVALID(400, "A field value has control characters; use visible characters, spaces and tabs."),
    PSEUDO_FIELD_INVALID(400, "A pseudo-field is unknown, or there is more than one of it."),
    FIELDS_TOO_LARGE(431, "The fields are too large; use at most 100 fields and 16 KiB."),
    HOST_MISSING(400, "The Host field is missing; use exactly one."),
    HOST_REPEATED(400, "There is more than one Host field; use exactly one."),
    HOST_INVALID(400, "The Host field is not valid; use a host with an optional port, such as example.com:8080."),
    HOST_DISAGREES(400, "The Host field and the request target name different hosts; use the same in both."),
    LENGTH_INVALID(400, "Content-Length is not valid; use one decimal number."),
    LENGTH_REPEATED(400, "There is more than one Content-Length; use at most one."),
    LENGTH_BESIDE_CODING(400, "Content-Length and Transfer-Encoding are both present; use one of them."),
    CODING_NOT_SUPPORTED(400, "The transfer coding is not supported; use chunked, once."),
    CODING_IN_OLD_VERSION(400, "Transfer-Encoding is not valid in HTTP/1.0; use HTTP/1.1."),
    CHUNK_INVALID(400, "The chunked body is not valid."),
    CHUNK_EXTENSIONS_TOO_LONG(
            400, "The chunk extensions are too long; use at most 256 bytes in a chunk and 16 KiB in a body."),
    TRAILER_NOT_ALLOWED(400, "A trailer field is not allowed; send it in the head of the request."),
    EXPECTATION_UNKNOWN(417, "The expectation is not supported; use 100-continue."),
    HEAD_TOO_SLOW(408, "The head of the request did not arrive in time."),
    BODY_TOO_SLOW(408, "The body of the request stopped arriving.");

    private final int status;
    private final String detail;

    RefusalReason(int status, String detail) {
        this.status = status;
        this.detail = detail;
    }

    /** The status of the response: 400 to 505. */
    public int status() {
        return status;
    }

    /** The problem as the API documents it. */
    ProblemDetail problem() {
        String title = HttpResponseStatus.valueOf(status).reasonPhrase();
        return ProblemDetail.documented(status, code(), title, detail);
    }

    private String code() {
        return switch (status) {
            case 405 -> "method-not-allowed";
            case 408 -> "request-timeout";
            case 414 -> "uri-too-long";
            case 417 -> "expectation-failed";
            case 431 -> "fields-too-large";
            case 501 -> "not-implemented";
            case 505 -> "version-not-supported";
            default -> "bad-request";
        };
    }

    /** The rule that the request breaks, such as {@code field-folded}. */
    String rule() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
