package io.ratemesh.balancer.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.ratemesh.balancer.http.EarlyClose;

/**
 * Ends connections whose clients send frames on streams that they have ended or skipped (RFC 9113 §5.1, §5.1.1). The codec takes such a
 * frame for a late one and resets the stream; only here, where the reset is written, can it be distinguished. A frame that is late,
 * because this side has reset the stream, gets no reset.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The promise has the result.
final class LateFrames extends ChannelDuplexHandler {

    private static final int HEADER_BYTES = 9;
    private static final int RESET_BYTES = 13;
    private static final int TYPE = 3;
    private static final int STREAM = 5;
    private static final byte RST_STREAM = 3;

    private final Http2ConnectionHandler handler;
    private final ChannelHandlerContext handlerContext;
    private final StreamHistory history;
    private final StreamGuard streams;

    /** Whether the codec is reading: a reset at another time is not caused by a frame. */
    private boolean reading;

    /** Whether the next write is the payload of the frame header before it. */
    private boolean payload;

    private boolean ended;

    LateFrames(
            Http2ConnectionHandler handler,
            ChannelHandlerContext handlerContext,
            StreamHistory history,
            StreamGuard streams) {
        this.handler = handler;
        this.handlerContext = handlerContext;
        this.history = history;
        this.streams = streams;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        reading = true;
        try {
            ctx.fireChannelRead(message);
        } finally {
            reading = false;
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf frame)) {
            ctx.write(message, promise);
            return;
        }
        int size = frame.readableBytes();
        boolean reset = !payload && size == RESET_BYTES && frame.getByte(frame.readerIndex() + TYPE) == RST_STREAM;
        payload = !payload && size == HEADER_BYTES && frame.getUnsignedMedium(frame.readerIndex()) > 0;
        if (reset && !ended) {
            reset(ctx, frame, promise);
        } else {
            ctx.write(message, promise);
        }
    }

    private void reset(ChannelHandlerContext ctx, ByteBuf frame, ChannelPromise promise) {
        int stream = frame.getInt(frame.readerIndex() + STREAM);
        long code = frame.getUnsignedInt(frame.readerIndex() + HEADER_BYTES);
        Http2Error error = reading && !streams.isServing() ? mistake(stream, code) : Http2Error.NO_ERROR;
        if (error != Http2Error.NO_ERROR) {
            ended = true;
            ctx.write(frame, promise);
            EarlyClose.byProxy(ctx.channel());
            handler.onError(handlerContext, false, Http2Exception.connectionError(error, "a frame of a closed stream"));
            return;
        }
        streams.streamReset(stream, code);
        if (history.reset(stream) || code != Http2Error.STREAM_CLOSED.code()) {
            ctx.write(frame, promise);
        } else {
            frame.release();
            promise.trySuccess();
        }
    }

    private Http2Error mistake(int stream, long code) {
        if (code != Http2Error.STREAM_CLOSED.code() && code != Http2Error.PROTOCOL_ERROR.code()) {
            return Http2Error.NO_ERROR;
        }
        if (history.hasEnded(stream)) {
            return Http2Error.STREAM_CLOSED;
        }
        return history.isSkipped(stream) ? Http2Error.PROTOCOL_ERROR : Http2Error.NO_ERROR;
    }
}
