package io.ratemesh.balancer.upstream.connections;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.ratemesh.balancer.http.ConnectionResets;
import io.ratemesh.balancer.vertx.LoopContext;
import io.vertx.core.Context;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One connection to an upstream, with nothing between it and the bytes but Netty's decoder: a proxy needs neither the pools nor
 * the promises of a client for each request. Those that asked are answered in their order. Nothing is believed that an upstream
 * may not say: bytes that nobody asked for, or an answer that is not HTTP, end the connection. One event loop owns it.
 */
// A write that fails is told to exceptionCaught, as void promises do.
@SuppressWarnings("FutureReturnValueIgnored")
public final class UpstreamConnection extends ChannelInboundHandlerAdapter {

    /** An answer nobody wants any more is read to its end if that is not far, lest those behind it have to move. */
    public static final long MOST_DISCARDED = 256 * 1024;

    /** Looks without a byte after which it is asked whether the upstream is still there: less than a second. */
    private static final int QUIET_LOOKS = 2;

    /** Interim responses before a final one. Nobody needs as many; without end they would be work without end. */
    private static final int MOST_INTERIM = 32;

    private final UpstreamConnections home;
    private final LoopContext context;
    private final boolean shared;
    private final InetAddress address;
    private final ResponseDecoder decoder = new ResponseDecoder(this);
    private final Deque<ResponseListener> asked = new ArrayDeque<>(2);

    private @Nullable ChannelHandlerContext channel;
    private boolean persists = true;
    private boolean saidClose;
    private boolean bodyUnderWay;
    private boolean ended;
    private boolean tunnel;
    private boolean flushDue;
    private boolean progress;
    private int idleSince;
    private boolean answering;

    /** Whether the last thing that came is a head. */
    private boolean headAlone;

    /** Whether a byte has come of the response that is due. */
    private boolean begun;

    /** Requests that are repeated should the upstream end it: one for each whole response, one if it was opened for none. */
    private int vouched;

    private boolean watched;
    private boolean brokenOff;
    private int interim;

    /** Looks since the last byte came or went, or was held back. */
    private int quiet;

    /** Sweeps in a row that found requests on it, and that no byte had come. */
    private int stalledSweeps;

    UpstreamConnection(UpstreamConnections home, LoopContext context, boolean shared, InetAddress address) {
        this.home = home;
        this.context = context;
        this.shared = shared;
        this.address = address;
    }

    ResponseDecoder decoder() {
        return decoder;
    }

    /** Whether requests of several clients are under way on it at once. */
    boolean shared() {
        return shared;
    }

    /** Where it goes. */
    InetAddress address() {
        return address;
    }

    /** Whether one more may ask. */
    boolean open() {
        return persists && channel().channel().isActive();
    }

    /** Whether the upstream has not ended it, even unnoticed so far. */
    boolean stands(ConnectionResets resets) {
        return resets.stands(channel().channel());
    }

    int waiting() {
        return asked.size();
    }

    public ByteBufAllocator alloc() {
        return channel().alloc();
    }

    /**
     * Asks.
     *
     * @param whole whether nothing follows the head
     */
    public void ask(ResponseListener asker, ByteBuf head, boolean whole) {
        asked.add(asker);
        bodyUnderWay = !whole;
        ChannelHandlerContext to = channel();
        if (!shared) {
            to.writeAndFlush(head, to.voidPromise());
            return;
        }
        to.write(head, to.voidPromise());
        if (!flushDue) {
            // Requests of other clients that came in the same turn of the loop go out in the same write.
            flushDue = true;
            to.executor().execute(this::flush);
        }
    }

    private void flush() {
        flushDue = false;
        channel().flush();
    }

    public void write(ByteBuf bytes) {
        quiet = 0;
        channel().write(bytes, channel().voidPromise());
    }

    public void writeAndFlush(ByteBuf bytes) {
        quiet = 0;
        channel().writeAndFlush(bytes, channel().voidPromise());
    }

    /** All of the body has been written. */
    public void bodyWritten() {
        bodyUnderWay = false;
    }

    public boolean isFull() {
        return !channel().channel().isWritable();
    }

    /** Whether bytes are taken from it: while they are not, the upstream is held back by TCP. */
    public void reads(boolean now) {
        channel().channel().config().setAutoRead(now);
    }

    /** From here on bytes go both ways as they are. */
    public void becomeTunnel() {
        persists = false;
        tunnel = true;
        channel().pipeline().remove(decoder);
    }

    /** The answer at the front may take long or for ever: nobody else waits behind it, nobody else comes. */
    public void dedicate() {
        persists = false;
        if (shared) {
            home.retired(this);
            ResponseListener first = asked.poll();
            List<ResponseListener> behind = new ArrayList<>(asked);
            asked.clear();
            if (first != null) {
                asked.add(first);
            }
            behind.forEach(ResponseListener::moveOn);
        }
    }

    /** An asker wants no answer any more. Where others wait on the connection it stays, else it is closed. */
    public void abandon(ResponseListener asker) {
        if (!shared || (asked.size() == 1 && !persists)) {
            asked.remove(asker);
            close();
            return;
        }
        for (int left = asked.size(); left > 0; left--) {
            ResponseListener next = asked.remove();
            asked.add(next == asker ? DiscardingListener.of(asker.asksHeadOnly()) : next);
        }
    }

    /** Closes it once all that was written is out. */
    public void endAfterWrites() {
        persists = false;
        channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    public void close() {
        persists = false;
        brokenOff = true;
        channel().close();
    }

    /**
     * Closes it in the next turn of the loop. Within this one another connection could get its descriptor, and with it the events that are
     * still to be handled of this one (Netty's epoll knows them by descriptor).
     */
    void closeAfterThisTurn() {
        persists = false;
        channel().executor().execute(this::close);
    }

    /** Whether it did not end because the upstream was done: its closing is the end of nothing. */
    boolean brokenOff() {
        return brokenOff;
    }

    /** It waits for a request, be it for the first. */
    void waits() {
        vouched = Math.max(1, vouched);
    }

    /** Since which sweep it has been idle. */
    int idleSince() {
        return idleSince;
    }

    void idleSince(int sweep) {
        idleSince = sweep;
    }

    /** Nobody asks on it any more; those who did are answered. */
    void retire() {
        persists = false;
        if (asked.isEmpty()) {
            close();
        }
    }

    /**
     * To be called at times on a shared one: where no byte came for so many calls though someone waits, it is left to the first.
     * The upstream may be at work for that one, so it is not asked again; those behind it need not wait for it.
     */
    void checkProgress(int sweeps) {
        stalledSweeps = asked.isEmpty() || progress ? 0 : stalledSweeps + 1;
        progress = false;
        if (stalledSweeps >= sweeps) {
            dedicate();
            if (asked.peek() instanceof DiscardingListener) {
                close();
            }
        }
    }

    private void moveAllOn() {
        home.retired(this);
        List<ResponseListener> all = new ArrayList<>(asked);
        asked.clear();
        close();
        all.forEach(ResponseListener::moveOn);
    }

    /** Whether the answer that is being read has no body whatever its head says. */
    boolean expectsHeadOnly() {
        ResponseListener first = asked.peek();
        return first != null && first.asksHeadOnly();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        channel = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        progress = true;
        begun = true;
        quiet = 0;
        Context before = context.beginDispatch();
        try {
            ResponseListener first = asked.peek();
            if (first == null) {
                // Nobody asked.
                ReferenceCountUtil.release(message);
                close();
            } else if (message instanceof ByteBuf bytes) {
                first.part(bytes);
            } else if (message instanceof HttpResponse head) {
                head(first, head);
            } else {
                content(first, (HttpContent) message);
            }
        } finally {
            context.endDispatch(before);
        }
    }

    private void head(ResponseListener first, HttpResponse head) {
        int status = head.status().code();
        boolean isInterim = status < 200 && status != 101;
        interim = isInterim ? interim + 1 : 0;
        if (head.decoderResult().isFailure() || interim > MOST_INTERIM) {
            first.malformed();
            close();
        } else if (isInterim) {
            first.informed(head);
        } else {
            // What ended before does not tell of this one, though both may have come in one read.
            ended = false;
            saidClose = ResponseHead.ends(head);
            persists &= !saidClose;
            answering = true;
            headAlone = true;
            home.keepAlive(head.headers());
            first.answered(this, head);
        }
    }

    private void content(ResponseListener first, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            content.release();
            close();
            return;
        }
        headAlone = false;
        boolean last = content instanceof LastHttpContent;
        if (content.content().isReadable()) {
            first.part(content.content());
        } else {
            content.release();
        }
        if (last && asked.peek() == first) {
            asked.remove();
            answering = false;
            begun = false;
            vouched++;
            ended = true;
            first.complete(((LastHttpContent) content).trailingHeaders());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext from) {
        begun |= decoder.hasBegun();
        if (asked.isEmpty() && decoder.hasBegun()) {
            // The beginning of something nobody asked for.
            close();
        } else if (ended && asked.isEmpty()) {
            // Not before all is read: what an upstream sent beyond its answer must not become the next one's.
            ended = false;
            if (!persists || bodyUnderWay) {
                close();
            } else if (!shared) {
                home.idle(this);
            }
        } else if (saidClose && ended) {
            // Those behind are not answered here any more, and that is no fault of the upstream's.
            inContext(this::moveAllOn);
        } else if (isAmidResponse()) {
            beginsSlowly();
        }
    }

    /** A read brought the begin of a response, and not its end. */
    private void beginsSlowly() {
        ResponseListener first = asked.peek();
        if (headAlone && first != null) {
            headAlone = false;
            inContext(first::bodyDelayed);
        }
        if (!watched) {
            watched = true;
            home.watch(this);
        }
    }

    /**
     * To be called at times from the first read on that did not bring the end of a response; returns whether there is more to come.
     *
     * @param mostSilent calls that may find that nothing moved, though bytes are taken from it; a tunnel has a time of its own
     */
    boolean goesOn(int mostSilent, ConnectionResets resets) {
        ChannelHandlerContext on = channel();
        watched = isAmidResponse() && on.channel().isActive();
        quiet = on.channel().config().isAutoRead() ? quiet + 1 : 0;
        if (watched && quiet == QUIET_LOOKS && resets.cameOn(on.channel())) {
            close();
        } else if (watched && answering && !tunnel && quiet > mostSilent) {
            ResponseListener first = asked.peek();
            if (first != null) {
                inContext(first::silent);
            }
            close();
        }
        return watched;
    }

    private boolean isAmidResponse() {
        return answering || interim > 0 || decoder.hasBegun();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext of) {
        ResponseListener first = asked.peek();
        if (first != null && of.channel().isWritable()) {
            inContext(first::writable);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext gone) {
        persists = false;
        home.closed(this);
        List<ResponseListener> left = new ArrayList<>(asked);
        asked.clear();
        inContext(() -> {
            for (int i = 0; i < left.size(); i++) {
                left.get(i).broke(!begun && i < vouched);
            }
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
        close();
    }

    private void inContext(Runnable action) {
        Context before = context.beginDispatch();
        try {
            action.run();
        } finally {
            context.endDispatch(before);
        }
    }

    private ChannelHandlerContext channel() {
        ChannelHandlerContext now = channel;
        if (now == null) {
            throw new IllegalStateException("not connected");
        }
        return now;
    }
}
