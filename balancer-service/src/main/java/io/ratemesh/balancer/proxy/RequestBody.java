package io.ratemesh.balancer.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Passes the body of a request on as it comes, no faster than its upstream takes it. */
final class RequestBody {

    private static final ByteBuf CR_LF = Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("\r\n", US_ASCII));
    private static final ByteBuf LAST_CHUNK = Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("0\r\n\r\n", US_ASCII));

    private final HttpServerRequest request;
    private final boolean chunked;
    private final IntConsumer passed;
    private @Nullable UpstreamConnection to;

    /**
     * Of a request that is paused.
     *
     * @param chunked whether it goes on in chunks
     * @param passed hears how many bytes went on
     */
    RequestBody(HttpServerRequest request, boolean chunked, IntConsumer passed) {
        this.request = request;
        this.chunked = chunked;
        this.passed = passed;
    }

    /** Begins; a client that waits to be told so is told now, that an upstream is there to take it. */
    void begin(UpstreamConnection connection) {
        to = connection;
        if (request.headers().contains(HttpHeaders.EXPECT)) {
            request.response().writeContinue();
        }
        request.handler(this::pass);
        request.endHandler(ignored -> end());
        request.resume();
    }

    /** The upstream takes more. */
    void goOn() {
        request.resume();
    }

    /** Nobody wants it any more: the rest is read and thrown away. */
    void discard() {
        to = null;
        request.resume();
    }

    private void pass(Buffer part) {
        UpstreamConnection connection = to;
        if (connection == null || part.length() == 0) {
            return;
        }
        passed.accept(part.length());
        ByteBuf bytes = ((BufferInternal) part).getByteBuf();
        if (chunked) {
            connection.write(Unpooled.copiedBuffer(Integer.toHexString(part.length()) + "\r\n", US_ASCII));
            connection.write(bytes);
            connection.writeAndFlush(CR_LF.duplicate());
        } else {
            connection.writeAndFlush(bytes);
        }
        if (connection.isFull()) {
            request.pause();
        }
    }

    private void end() {
        UpstreamConnection connection = to;
        if (connection != null) {
            to = null;
            if (chunked) {
                connection.writeAndFlush(LAST_CHUNK.duplicate());
            }
            connection.bodyWritten();
        }
    }
}
