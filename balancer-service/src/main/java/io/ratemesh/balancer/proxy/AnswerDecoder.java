package io.ratemesh.balancer.proxy;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;

/** Reads an upstream's bytes as strictly as Netty can, and where two lengths are given believes neither. */
final class AnswerDecoder extends HttpResponseDecoder {

    private static final int MAX_HEAD_BYTES = 16 * 1024;
    private static final int MAX_PART_BYTES = 16 * 1024;

    private final UpstreamConnection connection;

    AnswerDecoder(UpstreamConnection connection) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_HEAD_BYTES)
                .setMaxHeaderSize(MAX_HEAD_BYTES)
                .setMaxChunkSize(MAX_PART_BYTES)
                .setAllowDuplicateContentLengths(false)
                .setStrictLineParsing(true)
                .setValidateHeaders(true));
        this.connection = connection;
    }

    /** Bytes that were received and are not yet part of any message. */
    int left() {
        return actualReadableBytes();
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
        return super.isContentAlwaysEmpty(message) || connection.expectsHeadOnly();
    }

    /** RFC 9112 §6.3: such an answer "ought to be handled as an error", for it may be one smuggled into another. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
    }
}
