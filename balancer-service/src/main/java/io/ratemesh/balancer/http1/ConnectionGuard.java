package io.ratemesh.balancer.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.ratemesh.balancer.http.ConnectionResets;
import io.ratemesh.balancer.http.EarlyClose;
import io.ratemesh.balancer.http.HalfClose;
import io.ratemesh.balancer.http.RefusalReason;
import io.ratemesh.balancer.http.RefusalResponse;
import io.ratemesh.balancer.http.RequestTrailers;
import io.ratemesh.balancer.http1.RequestFramer.Event;
import io.ratemesh.balancer.http1.TimeoutTracker.Expected;
import io.ratemesh.balancer.http1.TimeoutTracker.Result;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Guards one connection of HTTP/1: it passes bytes on once they are framed, and heads only whole. A rejection is written when the
 * responses to all requests before it are complete, and is the last thing written.
 *
 * <pre>
 *   READING --rejected, or the last request--> IGNORING --last bytes written--> ENDING --sent--> LINGERING --> closed
 *      |
 *      +--101--> TUNNEL
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here fails because the connection is closed already.
final class ConnectionGuard extends ChannelInboundHandlerAdapter implements RequestTrailers {

    private enum Stage {
        READING,
        TUNNEL,
        /** What the client sends is ignored; responses continue. */
        IGNORING,
        /** The last bytes are being written. */
        ENDING,
        /** The client is given time to read them. */
        LINGERING
    }

    /** Sweeps without a byte after which the kernel is asked for a reset, unless a body is under way: then after the first. */
    private static final int LONG_QUIET = 2;

    /** The index of this connection in the list of its event loop. */
    int place;

    private final RequestGuard loop;
    private final RequestFramer framer;
    private final ResponseOrder order = new ResponseOrder();
    private final TimeoutTracker timeouts;
    private final TrailerQueue trailers = new TrailerQueue();
    private final HeldHead held = new HeldHead();
    private @Nullable ChannelHandlerContext context;
    private Stage stage = Stage.READING;

    private boolean hadRequest;

    /** Whether the client has sent close_notify. */
    private boolean clientEnded;

    /** Sweeps since the last byte arrived. */
    private int quietSweeps;

    ConnectionGuard(RequestGuard loop) {
        this.loop = loop;
        this.framer = new RequestFramer(loop.window());
        this.timeouts = new TimeoutTracker(loop.now());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        loop.add(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        loop.remove(this);
        held.release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (stage == Stage.READING && !held.isEmpty() && order.isIdle() && !EarlyClose.isRecorded(ctx.channel())) {
            loop.headAborted(ctx.channel(), held.millis(loop.clock()));
        }
        ctx.fireChannelInactive();
    }

    /**
     * After close_notify, no request follows, and the client is not waited for: with io_uring, a reset that arrives together with
     * close_notify remains unnoticed.
     */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslCloseCompletionEvent end && end.isSuccess()) {
            clientEnded = true;
            if (stage == Stage.LINGERING) {
                ctx.close();
            } else if (stage == Stage.READING && framer.isComplete() && held.isEmpty()) {
                framer.setLast();
                writeWhatIsDue();
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        quietSweeps = 0;
        if (stage == Stage.TUNNEL || !(message instanceof ByteBuf in)) {
            ctx.fireChannelRead(message);
            return;
        }
        if (stage != Stage.READING) {
            ignore(in);
            return;
        }
        ByteBuf begin = held.take();
        if (begin == null) {
            read(ctx, in, false);
        } else {
            begin.writeBytes(in);
            in.release();
            read(ctx, begin, true);
        }
    }

    /** Some clients read the response only after they have sent the whole body: the connection stays for as long. */
    private void ignore(ByteBuf in) {
        if (isEnding()
                && !order.isRejected()
                && !framer.isComplete()
                && framer.next(in, in.readerIndex(), in.writerIndex()) == Event.BODY) {
            timeouts.restart(loop.now());
        }
        in.release();
    }

    /**
     * Reads the requests that are here, one after the other. It passes on what is framed, and holds an incomplete head.
     *
     * @param wasHeld whether {@code in} begins with bytes that were held
     */
    private void read(ChannelHandlerContext ctx, ByteBuf in, boolean wasHeld) {
        int begin = in.readerIndex();
        int end = in.writerIndex();
        int framed = begin;
        // Where the last request begins, if the server has seen nothing of it.
        int unseen = -1;
        Event event = Event.BODY;
        framer.open(in);
        while (framed < end && stage == Stage.READING && (event == Event.HEAD || event == Event.BODY)) {
            event = framer.next(in, framed, end);
            if (event == Event.HEAD) {
                if (wasHeld && framed == begin && order.isIdle()) {
                    HeadTransferTime.set(ctx.channel(), held.millis(loop.clock()));
                }
                unseen = framer.head().isAbsolute() ? toOriginForm(ctx, in, framed) : framed;
                requestReceived();
                framed = framer.end();
            } else if (event == Event.BODY) {
                framed = framer.end();
                bodyReceived(ctx);
            } else if (event == Event.BODY_REJECTED && unseen >= 0) {
                event = Event.HEAD_REJECTED;
                order.requestWithdrawn();
                framed = unseen;
            }
        }
        if (ctx.isRemoved() || isEnding()) {
            in.release();
        } else if (stage == Stage.TUNNEL) {
            ctx.fireChannelRead(in);
        } else if (event.isRejection()) {
            passOn(ctx, in, framed);
            in.release();
            reject(ctx, framer.reason(), event == Event.BODY_REJECTED);
        } else if (framed == end || framer.isLast()) {
            stage = framer.isLast() && framer.isComplete() ? Stage.IGNORING : stage;
            in.writerIndex(framed);
            ctx.fireChannelRead(in);
        } else {
            hold(ctx, in, framed, wasHeld && framed == begin);
        }
    }

    /** The server gets the path of a URL; returns where the request begins now. */
    private int toOriginForm(ChannelHandlerContext ctx, ByteBuf in, int from) {
        passOn(ctx, in, from);
        int begin = framer.toOriginForm(in, from);
        in.readerIndex(begin);
        return begin;
    }

    private void requestReceived() {
        order.requestReceived();
        hadRequest = true;
        timeouts.restart(loop.now());
        if (loop.isDraining()) {
            framer.setLast();
        }
    }

    private void bodyReceived(ChannelHandlerContext ctx) {
        timeouts.restart(loop.now());
        if (framer.isComplete()) {
            List<Map.Entry<String, String>> fields = framer.takeTrailers();
            if (!fields.isEmpty()) {
                trailers.add(order.lastRequest(), fields);
                ctx.channel().attr(RequestTrailers.KEY).set(this);
            }
        }
    }

    /** The trailers of the request that is being responded to: the server gets requests one after the other. */
    @Override
    public List<Map.Entry<String, String>> trailers(int streamId) {
        return trailers.take(order.currentRequest());
    }

    /** Keeps an incomplete head and passes on what is before it. */
    private void hold(ChannelHandlerContext ctx, ByteBuf in, int from, boolean sameHead) {
        if (sameHead) {
            held.keep(in);
            return;
        }
        if (hadRequest) {
            timeouts.restart(loop.now());
        }
        held.begin(ctx.alloc(), in, from, loop.clock());
        passOn(ctx, in, from);
        in.release();
    }

    private static void passOn(ChannelHandlerContext ctx, ByteBuf in, int to) {
        if (to > in.readerIndex()) {
            ctx.fireChannelRead(in.readRetainedSlice(to - in.readerIndex()));
        }
    }

    private void reject(ChannelHandlerContext ctx, RefusalReason reason, boolean inBody) {
        if (ctx.isRemoved() || stage != Stage.READING) {
            return;
        }
        stage = Stage.IGNORING;
        order.reject(reason, inBody);
        if (inBody) {
            loop.bodyRejected(ctx.channel(), reason.status());
        } else {
            loop.rejected(
                    ctx.channel(),
                    reason.status(),
                    reason == RefusalReason.HEAD_TOO_SLOW ? held.millis(loop.clock()) : 0);
        }
        writeWhatIsDue();
    }

    private void writeWhatIsDue() {
        switch (order.due(framer.isLast())) {
            case NOTHING -> {}
            case REJECTION -> end(Unpooled.wrappedBuffer(rejection()));
            case END -> end(Unpooled.EMPTY_BUFFER);
        }
    }

    private byte[] rejection() {
        RequestHead head = framer.head();
        return RefusalResponse.of(order.rejection(), head.isApi(), !head.isHeadMethod());
    }

    /** Writes the last bytes and gives the client time to read them: closed with unread input, the connection would be reset. */
    private void end(ByteBuf last) {
        ChannelHandlerContext ctx = Objects.requireNonNull(context, "in a pipeline");
        stage = Stage.ENDING;
        Channel channel = ctx.channel();
        channel.config().setAutoRead(true);
        HalfClose.after(ctx, channel, last).addListener(sent -> {
            stage = Stage.LINGERING;
            timeouts.restart(loop.now());
            if (clientEnded || !sent.isSuccess()) {
                ctx.close();
            }
        });
    }

    /** Whether this guard ends the connection. What the server still writes is dropped; if it closed, the last bytes would be lost. */
    boolean isEnding() {
        return stage == Stage.ENDING || stage == Stage.LINGERING;
    }

    boolean hasResponseBegun() {
        return order.hasBegun();
    }

    /**
     * A final response begins. A client that has got no 100 may send the body or the next request, and one could be taken for the other:
     * so no request follows. None follows either where clients are to connect elsewhere.
     */
    void responseBegins(boolean http10) {
        order.responseBegins(http10);
        if ((framer.isContinueExpected() || loop.isDraining()) && order.isAtLastRequest()) {
            framer.setLast();
        }
    }

    /** A 100 is written. */
    void continues() {
        framer.continued();
        timeouts.restart(loop.now());
    }

    /** Whether the response under way is the last one of the connection. */
    boolean isLastResponse() {
        return framer.isLast() && order.isAtLastRequest();
    }

    void responseEnds() {
        order.responseEnds();
        timeouts.restart(loop.now());
        writeWhatIsDue();
    }

    /** After a 101 the bytes are of another protocol. */
    void becomesTunnel() {
        stage = Stage.TUNNEL;
        ByteBuf early = held.take();
        if (early != null) {
            Objects.requireNonNull(context, "in a pipeline").fireChannelRead(early);
        }
    }

    /** Ends the connection, or the request under way, if the client takes too long; returns whether it did. */
    boolean sweep(long now) {
        ChannelHandlerContext ctx = Objects.requireNonNull(context, "in a pipeline");
        Channel channel = ctx.channel();
        quietSweeps++;
        if (wasReset(channel)) {
            ctx.close();
            return true;
        }
        if (stage == Stage.TUNNEL) {
            return false;
        }
        if (loop.isDraining() && isIdle() && quietSweeps >= LONG_QUIET) {
            framer.setLast();
            writeWhatIsDue();
            return true;
        }
        Result result = timeouts.check(expected(channel), RequestGuard.outboundProgress(channel), loop.limits(), now);
        switch (result) {
            case IN_TIME -> {}
            case HEAD_TIMEOUT -> reject(ctx, RefusalReason.HEAD_TOO_SLOW, false);
            case BODY_TIMEOUT -> reject(ctx, RefusalReason.BODY_TOO_SLOW, true);
            case CLOSE -> close(ctx);
        }
        return result != Result.IN_TIME;
    }

    private void close(ChannelHandlerContext ctx) {
        EarlyClose.clientTimedOut(ctx.channel());
        if (order.isUntilClose()) {
            ConnectionResets.reset(ctx.channel());
        } else {
            ctx.close();
        }
    }

    private boolean wasReset(Channel channel) {
        boolean inBody = !framer.isComplete();
        boolean active = inBody || !order.isIdle() || stage == Stage.TUNNEL;
        return active
                && quietSweeps == (inBody ? 1 : LONG_QUIET)
                && loop.resets().wasReset(channel);
    }

    private boolean isIdle() {
        return stage == Stage.READING && framer.isComplete() && order.isIdle() && held.isEmpty();
    }

    private Expected expected(Channel channel) {
        if (stage == Stage.LINGERING) {
            return Expected.CLOSE;
        }
        if (stage != Stage.READING) {
            return Expected.NOTHING;
        }
        if (!framer.isComplete()) {
            return channel.config().isAutoRead() && !framer.isContinueExpected() ? Expected.BODY : Expected.NOTHING;
        }
        if (!order.isIdle()) {
            return Expected.NOTHING;
        }
        if (!held.isEmpty()) {
            return Expected.REST_OF_HEAD;
        }
        return hadRequest ? Expected.NEXT_REQUEST : Expected.FIRST_REQUEST;
    }
}
