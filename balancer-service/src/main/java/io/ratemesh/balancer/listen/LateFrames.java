package io.ratemesh.balancer.listen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;

/**
 * Ends connections whose clients speak on streams that they ended or passed over (RFC 9113 §5.1, §5.1.1). The codec takes either for
 * a frame that came late and resets the stream; it can be told from one only here, where the reset goes out.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The promise tells who asked.
final class LateFrames extends ChannelOutboundHandlerAdapter {

    private static final int HEADER_BYTES = 9;
    private static final int RESET_BYTES = 13;
    private static final int TYPE = 3;
    private static final int STREAM = 5;
    private static final byte RST_STREAM = 3;

    private final Http2ConnectionHandler handler;
    private final ChannelHandlerContext handlerContext;
    private final StreamOrder order;

    /** Whether what is written next is the payload of the header before it. */
    private boolean payload;

    private boolean over;

    LateFrames(Http2ConnectionHandler handler, ChannelHandlerContext handlerContext, StreamOrder order) {
        this.handler = handler;
        this.handlerContext = handlerContext;
        this.order = order;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        Http2Error error = Http2Error.NO_ERROR;
        if (message instanceof ByteBuf frame) {
            int size = frame.readableBytes();
            if (!payload && !over && size == RESET_BYTES && frame.getByte(frame.readerIndex() + TYPE) == RST_STREAM) {
                error = mistake(frame);
            }
            payload = !payload && size == HEADER_BYTES && frame.getUnsignedMedium(frame.readerIndex()) > 0;
        }
        ctx.write(message, promise);
        if (error != Http2Error.NO_ERROR) {
            over = true;
            handler.onError(
                    handlerContext, false, Http2Exception.connectionError(error, "a frame of a stream that is over"));
        }
    }

    private Http2Error mistake(ByteBuf reset) {
        int stream = reset.getInt(reset.readerIndex() + STREAM);
        long code = reset.getUnsignedInt(reset.readerIndex() + HEADER_BYTES);
        if (code != Http2Error.STREAM_CLOSED.code() && code != Http2Error.PROTOCOL_ERROR.code()) {
            return Http2Error.NO_ERROR;
        }
        if (order.hasEnded(stream)) {
            return Http2Error.STREAM_CLOSED;
        }
        return order.passedOver(stream) ? Http2Error.PROTOCOL_ERROR : Http2Error.NO_ERROR;
    }
}
