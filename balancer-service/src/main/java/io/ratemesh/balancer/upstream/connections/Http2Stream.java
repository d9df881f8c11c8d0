package io.ratemesh.balancer.upstream.connections;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import io.ratemesh.balancer.vertx.LoopContext;
import io.vertx.core.Context;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response on a connection of HTTP/2. Netty's channel of the stream has the flow control: it is writable while the
 * upstream takes more, and what is not read from it holds the upstream back.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A failed write closes the stream, which channelInactive reports.
final class Http2Stream extends ChannelInboundHandlerAdapter implements UpstreamConnection {

    /** Interim responses before a final one; bounded, since each costs work. */
    private static final int MAX_INTERIM = 32;

    private enum State {
        UNUSED,
        AWAITING_HEAD,
        IN_CONTENT,
        RESPONDED
    }

    private final Http2Session session;
    private final LoopContext context;
    private final boolean kept;
    private @Nullable Http2StreamChannel channel;
    private @Nullable ResponseListener listener;
    private State state = State.UNUSED;
    private boolean requestComplete;
    private boolean refused;
    private boolean contentDue;
    private int interimResponses;

    /** Sweeps since a byte was received or sent, or reading was paused. */
    private int quietSweeps;

    /**
     * A stream whose channel gets this as handler.
     *
     * @param kept whether the connection was idle after earlier responses
     */
    Http2Stream(Http2Session session, LoopContext context, boolean kept) {
        this.session = session;
        this.context = context;
        this.kept = kept;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        channel = (Http2StreamChannel) added.channel();
    }

    private Http2StreamChannel channel() {
        return Objects.requireNonNull(channel, "not open");
    }

    @Override
    public ByteBufAllocator alloc() {
        return channel().alloc();
    }

    @Override
    public void send(ResponseListener to, ByteBuf head, boolean complete) {
        listener = to;
        state = State.AWAITING_HEAD;
        requestComplete = complete;
        Http2Headers fields = Http2RequestHead.of(head, session.isTls(), to.acceptsTrailers());
        channel().writeAndFlush(new DefaultHttp2HeadersFrame(fields, complete)).addListener(sent -> {
            // Nothing was sent, as on a connection with too many streams.
            refused |= !sent.isSuccess();
        });
    }

    @Override
    public boolean isRefusable() {
        return true;
    }

    @Override
    public void sendBody(ByteBuf bytes, boolean chunked) {
        quietSweeps = 0;
        channel().writeAndFlush(new DefaultHttp2DataFrame(bytes, false));
    }

    @Override
    public void endBody(boolean chunked, List<Map.Entry<String, String>> trailers) {
        requestComplete = true;
        if (trailers.isEmpty()) {
            channel().writeAndFlush(new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, true));
            return;
        }
        Http2Headers fields = new DefaultHttp2Headers(false);
        trailers.forEach(field -> fields.add(field.getKey().toLowerCase(java.util.Locale.ROOT), field.getValue()));
        channel().writeAndFlush(new DefaultHttp2HeadersFrame(fields, true));
    }

    @Override
    public void writeAndFlush(ByteBuf bytes) {
        throw new IllegalStateException("there are no tunnels over HTTP/2");
    }

    @Override
    public boolean isFull() {
        return !channel().isWritable();
    }

    @Override
    public void setReading(boolean reading) {
        channel().config().setAutoRead(reading);
    }

    @Override
    public void becomeTunnel() {
        throw new IllegalStateException("there are no tunnels over HTTP/2");
    }

    /** Streams do not delay each other. */
    @Override
    public void dedicate() {}

    @Override
    public void abandon(ResponseListener of) {
        listener = null;
        close();
    }

    @Override
    public void returnUnused() {
        close();
    }

    @Override
    public void closeAfterWrites() {
        close();
    }

    /** Resets the stream, unless both sides have completed it. */
    @Override
    public void close() {
        if (state == State.RESPONDED && !requestComplete) {
            // Netty resets a stream only while the response is not complete.
            channel().writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
        }
        channel().close();
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        quietSweeps = 0;
        ResponseListener to = listener;
        if (to == null || state == State.RESPONDED) {
            ReferenceCountUtil.release(message);
            return;
        }
        inContext(() -> {
            try {
                if (message instanceof Http2HeadersFrame frame) {
                    fields(to, frame);
                } else if (message instanceof Http2DataFrame frame) {
                    data(to, frame);
                } else {
                    ReferenceCountUtil.release(message);
                }
            } catch (MalformedResponse e) {
                invalid(to);
            }
        });
    }

    private void invalid(ResponseListener to) {
        if (state == State.AWAITING_HEAD) {
            to.responseInvalid();
        }
        close();
    }

    private void fields(ResponseListener to, Http2HeadersFrame frame) {
        if (state == State.IN_CONTENT) {
            HttpHeaders trailers = Http2ResponseHead.fields(frame.headers());
            MalformedResponse.require(frame.isEndStream(), "fields within the content");
            complete(to, trailers);
            return;
        }
        HttpResponse head = Http2ResponseHead.of(frame.headers(), frame.isEndStream());
        if (HttpStatusClass.INFORMATIONAL.contains(head.status().code())) {
            MalformedResponse.require(
                    !frame.isEndStream() && ++interimResponses <= MAX_INTERIM, "an interim response at the end");
            to.interimResponse(head);
            return;
        }
        state = State.IN_CONTENT;
        contentDue = !frame.isEndStream();
        to.responseStarted(this, head);
        if (frame.isEndStream()) {
            complete(to, LastHttpContent.EMPTY_LAST_CONTENT.trailingHeaders());
        }
    }

    private void data(ResponseListener to, Http2DataFrame frame) {
        MalformedResponse.require(release(state == State.IN_CONTENT, frame), "content before the head");
        contentDue = false;
        boolean last = frame.isEndStream();
        if (frame.content().isReadable()) {
            to.received(frame.content());
        } else {
            frame.release();
        }
        if (last) {
            complete(to, LastHttpContent.EMPTY_LAST_CONTENT.trailingHeaders());
        }
    }

    private static boolean release(boolean valid, Http2DataFrame otherwise) {
        if (!valid) {
            otherwise.release();
        }
        return valid;
    }

    private void complete(ResponseListener to, HttpHeaders trailers) {
        state = State.RESPONDED;
        listener = null;
        session.responded();
        to.responseCompleted(trailers);
        if (!requestComplete) {
            // The rest of the body is not needed.
            close();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext from) {
        ResponseListener to = listener;
        if (contentDue && to != null) {
            contentDue = false;
            inContext(to::contentDelayed);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext of) {
        ResponseListener to = listener;
        if (to != null && of.channel().isWritable()) {
            inContext(to::connectionWritable);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext at, Object event) {
        // Netty reports GOAWAY to the streams above its last one, on which the upstream has not acted (RFC 9113 §6.8).
        refused |= event instanceof Http2GoAwayFrame
                || (event instanceof Http2ResetFrame reset && reset.errorCode() == Http2Error.REFUSED_STREAM.code());
        ReferenceCountUtil.release(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
        at.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        ResponseListener to = listener;
        listener = null;
        session.ended(this);
        if (to == null) {
            return;
        }
        if (refused && state == State.AWAITING_HEAD) {
            inContext(to::requestRefused);
        } else {
            inContext(() -> to.connectionBroken(kept && state == State.AWAITING_HEAD));
        }
    }

    /**
     * Closes the stream if its response stalls; to be called regularly.
     *
     * @param maxQuiet consecutive calls without a byte in between while bytes are read
     */
    void sweep(int maxQuiet) {
        quietSweeps = channel().config().isAutoRead() ? quietSweeps + 1 : 0;
        ResponseListener to = listener;
        if (state == State.IN_CONTENT && quietSweeps > maxQuiet && to != null) {
            inContext(to::responseStalled);
            close();
        }
    }

    private void inContext(Runnable action) {
        Context before = context.beginDispatch();
        try {
            action.run();
        } finally {
            context.endDispatch(before);
        }
    }
}
