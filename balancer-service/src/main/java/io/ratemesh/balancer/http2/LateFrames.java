package io.ratemesh.balancer.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;

/**
 * Ends connections whose clients speak on streams that they ended or passed over (RFC 9113 §5.1, §5.1.1). The codec takes either for
 * a frame that came late and resets the stream; it can be told from one only here, where the reset goes out. What is late indeed,
 * because this side has reset the stream, is left unanswered.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The promise tells who asked.
final class LateFrames extends ChannelDuplexHandler {

    private static final int HEADER_BYTES = 9;
    private static final int RESET_BYTES = 13;
    private static final int TYPE = 3;
    private static final int STREAM = 5;
    private static final byte RST_STREAM = 3;

    private final Http2ConnectionHandler handler;
    private final ChannelHandlerContext handlerContext;
    private final StreamHistory order;
    private final StreamGuard streams;

    /** Whether the codec has octets in hand: a reset that goes out at another time is no answer to a frame. */
    private boolean reading;

    /** Whether what is written next is the payload of the header before it. */
    private boolean payload;

    private boolean over;

    LateFrames(
            Http2ConnectionHandler handler,
            ChannelHandlerContext handlerContext,
            StreamHistory order,
            StreamGuard streams) {
        this.handler = handler;
        this.handlerContext = handlerContext;
        this.order = order;
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
        if (reset && !over) {
            reset(ctx, frame, promise);
        } else {
            ctx.write(message, promise);
        }
    }

    private void reset(ChannelHandlerContext ctx, ByteBuf frame, ChannelPromise promise) {
        int stream = frame.getInt(frame.readerIndex() + STREAM);
        long code = frame.getUnsignedInt(frame.readerIndex() + HEADER_BYTES);
        Http2Error error = reading && !streams.serving() ? mistake(stream, code) : Http2Error.NO_ERROR;
        if (error != Http2Error.NO_ERROR) {
            over = true;
            ctx.write(frame, promise);
            handler.onError(
                    handlerContext, false, Http2Exception.connectionError(error, "a frame of a stream that is over"));
            return;
        }
        streams.resets(stream, code);
        if (order.resets(stream) || code != Http2Error.STREAM_CLOSED.code()) {
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
        if (order.hasEnded(stream)) {
            return Http2Error.STREAM_CLOSED;
        }
        return order.passedOver(stream) ? Http2Error.PROTOCOL_ERROR : Http2Error.NO_ERROR;
    }
}
