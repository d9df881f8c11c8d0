package io.ratemesh.balancer.http;

import java.util.Locale;

/** Why a request is refused, and with which status. */
public enum RefusalReason {
    METHOD_INVALID(400, "The method is not a token."),
    METHOD_TOO_LONG(501, "No such method is known here."),
    METHOD_NOT_ALLOWED(405, "CONNECT and TRACE are not served here."),
    TARGET_INVALID(400, "The target is neither a path nor a URL, or has octets that belong percent-encoded."),
    TARGET_LEAVES_ITS_PATH(400, "The path has dot segments or backslashes."),
    TARGET_TOO_LONG(414, "The request line is longer than 8 KiB."),
    VERSION_INVALID(400, "The request line does not end with a version of HTTP."),
    VERSION_NOT_SUPPORTED(505, "HTTP/1.0 and HTTP/1.1 are spoken here."),
    LINE_END_INVALID(400, "A line ends with CR and LF, and neither stands alone."),
    FIELD_FOLDED(400, "A field goes on in a second line."),
    FIELD_NAME_INVALID(400, "A field's name is empty or not a token, or no colon follows it at once."),
    FIELD_VALUE_INVALID(400, "A field's value has control characters."),
    FIELDS_TOO_LARGE(431, "The fields are more than 100, or longer than 16 KiB."),
    HOST_MISSING(400, "A request needs a Host."),
    HOST_REPEATED(400, "There is more than one Host."),
    HOST_INVALID(400, "The Host is not a host with or without a port."),
    HOST_DISAGREES(400, "Host and target name different sites."),
    LENGTH_INVALID(400, "Content-Length is not one decimal number."),
    LENGTH_REPEATED(400, "There is more than one Content-Length."),
    LENGTH_BESIDE_CODING(400, "Content-Length and Transfer-Encoding exclude each other."),
    CODING_NOT_SUPPORTED(400, "The only transfer coding taken is chunked, once."),
    CODING_IN_OLD_VERSION(400, "HTTP/1.0 has no transfer codings."),
    CHUNK_INVALID(400, "The chunked body is not well formed."),
    CHUNK_EXTENSIONS_TOO_LONG(400, "The extensions of the chunks are too long."),
    TRAILER_NOT_ALLOWED(400, "A trailer cannot say what belongs at the head."),
    EXPECTATION_UNKNOWN(417, "The only expectation taken is 100-continue."),
    HEAD_TOO_SLOW(408, "The head of the request did not come in time."),
    BODY_TOO_SLOW(408, "The body of the request stopped coming.");

    private final int status;
    private final String detail;

    RefusalReason(int status, String detail) {
        this.status = status;
        this.detail = detail;
    }

    /** Of the answer: 400 to 505. */
    public int status() {
        return status;
    }

    /** For people, one sentence. */
    String detail() {
        return detail;
    }

    /** For programs: as the API's document has it for a status. */
    String code() {
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

    /** For programs, more exactly: as {@code field-folded}. */
    String rule() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
