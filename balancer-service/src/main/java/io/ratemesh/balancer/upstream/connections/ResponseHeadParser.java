package io.ratemesh.balancer.upstream.connections;

import static io.ratemesh.balancer.upstream.connections.MalformedResponse.require;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;

/** Parses status lines and field lines, and keeps how the head frames the content. */
final class ResponseHeadParser {

    /** Names and values are validated here. */
    static final HttpHeadersFactory FIELDS =
            DefaultHttpHeadersFactory.headersFactory().withValidation(false);

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int FIRST_STATUS = 100;
    private static final int FIRST_FINAL = 200;
    private static final int NO_CONTENT = 204;
    private static final int RESET_CONTENT = 205;
    private static final int LAST_STATUS = 599;

    private static final String VERSION_1 = "HTTP/1.";
    private static final String CHUNKED = "chunked";
    private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");
    private static final AsciiString TRANSFER_ENCODING = AsciiString.cached("transfer-encoding");

    private final RepeatedFields repeated = new RepeatedFields();
    private HttpResponse head = invalidHead();
    private long length;
    private boolean chunked;

    /** A head that stands for one that is missing or malformed. */
    static HttpResponse invalidHead() {
        return new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_GATEWAY, FIELDS);
    }

    /** The head that was started last. */
    HttpResponse head() {
        return head;
    }

    /** The value of Content-Length, or {@link ResponseHead#UNKNOWN}. */
    long length() {
        return length;
    }

    boolean isChunked() {
        return chunked;
    }

    /** Checks the first bytes of an incomplete status line: other protocols may have no lines. */
    static void checkStart(ByteBuf in) {
        for (int i = 0; i < Math.min(in.readableBytes(), VERSION_1.length()); i++) {
            require(in.getByte(in.readerIndex() + i) == VERSION_1.charAt(i), "not HTTP/1");
        }
    }

    /** Starts a head with its status line of {@code end} bytes. */
    void statusLine(byte[] line, int end) {
        head = new DefaultHttpResponse(version(line, end), status(line, end), FIELDS);
        length = ResponseHead.UNKNOWN;
        chunked = false;
        repeated.restart();
    }

    /** A minor version above 1 counts as 1 (RFC 9110 §2.5). */
    private static HttpVersion version(byte[] line, int end) {
        require(end >= VERSION_1.length() + 5, "no status line");
        for (int i = 0; i < VERSION_1.length(); i++) {
            require(line[i] == VERSION_1.charAt(i), "not HTTP/1");
        }
        int minor = digit(line[VERSION_1.length()]);
        require(minor >= 0, "not HTTP/1");
        return minor == 0 ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
    }

    /** Many servers that send no reason phrase omit the space before it, too. */
    private static HttpResponseStatus status(byte[] line, int end) {
        int from = VERSION_1.length() + 1;
        require(line[from] == ' ', "no status line");
        int status = 0;
        for (int i = from + 1; i < from + 4; i++) {
            int digit = digit(line[i]);
            require(digit >= 0, "the status is not a number");
            status = status * 10 + digit;
        }
        require(status >= FIRST_STATUS && status <= LAST_STATUS, "the status is out of range");
        int reasonStart = from + 5;
        if (end < reasonStart) {
            return HttpResponseStatus.valueOf(status, "");
        }
        require(line[reasonStart - 1] == ' ', "the status is not a number");
        return HttpResponseStatus.valueOf(status, FieldLine.text(line, reasonStart, end));
    }

    /** Adds a field line of {@code end} bytes to the head. */
    void field(byte[] line, int end) {
        FieldLine field = repeated.next(line, end);
        head.headers().add(field.name(), field.value());
        if (field.isNamed(CONTENT_LENGTH)) {
            length(field.value());
        } else if (field.isNamed(TRANSFER_ENCODING)) {
            transferEncoding(field.value());
        }
    }

    /** Adds a field line of {@code end} bytes to the trailers. */
    void trailer(HttpHeaders trailers, byte[] line, int end) {
        FieldLine field = FieldLine.parse(line, end);
        trailers.add(field.name(), field.value());
    }

    /** One number, once; a list of equal ones, which RFC 9110 §8.6 allows, is rejected. */
    private void length(String value) {
        require(length == ResponseHead.UNKNOWN && !value.isEmpty(), "Content-Length is not one number");
        length = 0;
        for (int i = 0; i < value.length(); i++) {
            int digit = digit((byte) value.charAt(i));
            require(digit >= 0 && length <= (Long.MAX_VALUE - digit) / 10, "Content-Length is not one number");
            length = length * 10 + digit;
        }
    }

    private void transferEncoding(String value) {
        require(!chunked && value.equalsIgnoreCase(CHUNKED), "the transfer coding is not chunked, once");
        chunked = true;
    }

    /** Checks the complete head against RFC 9112 §6.3. */
    void checkFraming() {
        int status = head.status().code();
        boolean http10 = head.protocolVersion().equals(HttpVersion.HTTP_1_0);
        require(!chunked || (!http10 && length == ResponseHead.UNKNOWN), "chunked in HTTP/1.0 or with Content-Length");
        boolean noContent = status < FIRST_FINAL || status == NO_CONTENT || status == RESET_CONTENT;
        require(!noContent || length <= 0, "a length where there is no content");
        require(status >= FIRST_FINAL || !chunked, "chunked where there is no content");
    }

    boolean isUpgrade() {
        return head.status().code() == SWITCHING_PROTOCOLS;
    }

    boolean isInterim() {
        return head.status().code() < FIRST_FINAL;
    }

    /** Whether content is malformed whatever its framing. */
    boolean forbidsContent() {
        return head.status().code() == RESET_CONTENT;
    }

    private static int digit(byte b) {
        return b >= '0' && b <= '9' ? b - '0' : -1;
    }
}
