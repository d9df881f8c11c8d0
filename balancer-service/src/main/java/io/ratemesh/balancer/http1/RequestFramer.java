package io.ratemesh.balancer.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.ratemesh.balancer.http.AbsoluteForm;
import io.ratemesh.balancer.http.ConnectionResets;
import io.ratemesh.balancer.http.EarlyClose;
import io.ratemesh.balancer.http.HalfClose;
import io.ratemesh.balancer.http.RefusalReason;
import io.ratemesh.balancer.http.RefusalResponse;
import io.ratemesh.balancer.http.RequestTrailers;
import io.ratemesh.balancer.http1.HeadScanner.Progress;
import io.ratemesh.balancer.http1.TimeoutTracker.Awaited;
import io.ratemesh.balancer.http1.TimeoutTracker.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection's guard: bytes go on once they are judged, heads only whole. A refusal is written when the answers to
 * all requests before it are out, and is the last thing written.
 *
 * <pre>
 *   READING --refused, or the last request--> DEAF --last octets written--> ENDING --sent--> LINGERING --> closed
 *      |
 *      +--101--> OPAQUE
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails here fails because the connection is closed already.
final class RequestFramer extends ChannelInboundHandlerAdapter implements RequestTrailers {

    private enum Stage {
        READING,
        OPAQUE,
        DEAF,
        ENDING,
        LINGERING
    }

    private static final int FIRST_HOLD = 512;

    /** Sweeps without an octet after which a client that waits is asked for; one in the middle of its body after the first. */
    private static final int LONG_QUIET = 2;

    /** Where the list of the loop has it. */
    int place;

    private final RequestGuard guard;
    private final HeadScanner scanner = new HeadScanner();
    private final BodyScanner body = new BodyScanner();
    private @Nullable ChannelHandlerContext context;
    private Stage stage = Stage.READING;

    /** The begin of a head that is not whole. */
    private @Nullable ByteBuf held;

    private final TimeoutTracker pace;

    /** Sweeps since the last octet came. */
    private int quiet;

    /** When the first octet of what is held came. */
    private long headSince;

    private boolean begun;
    private int unanswered;

    /** Answers that are whole; which is also the number of the request that is being answered. */
    private int answered;

    private final TrailerQueue trailers = new TrailerQueue();
    private boolean answerBegun;
    private boolean endsWithConnection;
    private boolean last;
    private @Nullable RefusalReason refusal;
    private boolean refusedInBody;

    /** Whether the client waits for 100, and has sent nothing of the body yet. */
    private boolean waitsForContinue;

    RequestFramer(RequestGuard guard) {
        this.guard = guard;
        this.pace = new TimeoutTracker(guard.now());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        guard.add(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        guard.remove(this);
        ReferenceCountUtil.release(held);
        held = null;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        quiet = 0;
        if (stage == Stage.OPAQUE || !(message instanceof ByteBuf in)) {
            ctx.fireChannelRead(message);
            return;
        }
        ByteBuf begin = held;
        if (stage != Stage.READING) {
            discard(in);
        } else if (begin == null) {
            judge(ctx, in, false);
        } else {
            held = null;
            begin.writeBytes(in);
            in.release();
            judge(ctx, begin, true);
        }
    }

    /** Who still sends the body of a request that is answered reads the answer only then: its connection stays for as long. */
    private void discard(ByteBuf in) {
        if (takenOver() && refusal == null && !body.isDone()) {
            body.scan(in, in.readerIndex(), in.writerIndex());
            if (body.reason() == null) {
                pace.begins(guard.now());
            }
        }
        in.release();
    }

    /**
     * Judges requests one after the other as far as they are here; passes on what is good, holds what is undecided.
     *
     * @param heldBefore whether it begins with what was held
     */
    private void judge(ChannelHandlerContext ctx, ByteBuf in, boolean heldBefore) {
        int begin = in.readerIndex();
        int end = in.writerIndex();
        int at = begin;
        int good = at;
        RefusalReason wrong = null;
        boolean inBody = false;
        guard.window().open(in);
        while (at < end && wrong == null && stage == Stage.READING) {
            if (!body.isDone()) {
                at = bodyPart(ctx, in, at, end);
                wrong = body.reason();
                inBody = wrong != null;
                good = wrong == null ? at : good;
                pace.begins(guard.now());
                continue;
            }
            if (last) {
                break;
            }
            int from = at;
            Progress progress = guard.window().scan(scanner, in, from, end);
            if (progress == Progress.MORE_NEEDED) {
                break;
            }
            if (progress == Progress.REJECTED) {
                wrong = scanner.reason();
                break;
            }
            if (heldBefore && from == begin && unanswered == 0) {
                HeadTransferTime.is(ctx.channel(), sinceHead());
            }
            if (scanner.head().isAbsolute()) {
                passOn(ctx, in, good);
                from = toOriginForm(in, from);
                in.readerIndex(from);
                good = from;
            }
            at += scanner.length();
            at = whole(ctx, in, at, end);
            wrong = body.reason();
            if (wrong == null) {
                good = at;
            } else {
                // Of a request that is all here and wrong nobody sees anything.
                unanswered--;
            }
        }
        if (ctx.isRemoved() || takenOver()) {
            in.release();
        } else if (stage == Stage.OPAQUE) {
            ctx.fireChannelRead(in);
        } else if (wrong != null) {
            passOn(ctx, in, good);
            in.release();
            refuse(ctx, wrong, inBody);
        } else if (good == end || last) {
            stage = last && body.isDone() ? Stage.DEAF : stage;
            // What follows the last request is not read.
            in.writerIndex(good);
            ctx.fireChannelRead(in);
        } else {
            hold(ctx, in, good, heldBefore && good == begin);
        }
    }

    /** Counts a request whose head is good and looks at what is here of its body; returns where that ends. */
    private int whole(ChannelHandlerContext ctx, ByteBuf in, int at, int end) {
        RequestHead head = scanner.head();
        if (head.isChunked()) {
            body.beginChunked();
        } else {
            body.beginCounted(head.contentLength());
        }
        last = head.isLast();
        begun = true;
        unanswered++;
        pace.begins(guard.now());
        waitsForContinue = head.expectsContinue() && !body.isDone();
        return body.isDone() ? at : bodyPart(ctx, in, at, end);
    }

    /** Follows the body of the last request as far as it is here; returns where that ends. */
    private int bodyPart(ChannelHandlerContext ctx, ByteBuf in, int at, int end) {
        int to = body.scan(in, at, end);
        waitsForContinue &= to == at;
        if (body.isDone()) {
            List<Map.Entry<String, String>> fields = body.takeTrailers();
            if (!fields.isEmpty() && body.reason() == null) {
                trailers.keep(answered + unanswered - 1, fields);
                ctx.channel().attr(RequestTrailers.KEY).set(this);
            }
        }
        return to;
    }

    /** Those of the request whose answer is not whole: requests are shown to the server one after the other. */
    @Override
    public List<Map.Entry<String, String>> trailers(int streamId) {
        return trailers.take(answered);
    }

    /** Keeps what is undecided and passes on what is before it. */
    private void hold(ChannelHandlerContext ctx, ByteBuf in, int from, boolean sameHead) {
        if (sameHead) {
            held = in;
            return;
        }
        if (begun) {
            pace.begins(guard.now());
        }
        headSince = guard.clock();
        int size = in.writerIndex() - from;
        ByteBuf rest = ctx.alloc().heapBuffer(Math.max(FIRST_HOLD, 2 * size));
        rest.writeBytes(in, from, size);
        held = rest;
        passOn(ctx, in, from);
        in.release();
    }

    private static void passOn(ChannelHandlerContext ctx, ByteBuf in, int to) {
        if (to > in.readerIndex()) {
            ctx.fireChannelRead(in.readRetainedSlice(to - in.readerIndex()));
        }
    }

    /** The proxy and whoever is behind it see a path (RFC 9112 §3.2.1); returns where the request begins now. */
    private int toOriginForm(ByteBuf in, int from) {
        RequestHead head = scanner.head();
        byte[] line = new byte[head.targetTo()];
        in.getBytes(from, line);
        AbsoluteForm url =
                Objects.requireNonNull(AbsoluteForm.of(line, head.targetFrom(), line.length), "judged before");
        int begin = url.toOriginForm(line, head.methodFrom(), head.targetFrom(), line.length, head.bareTarget());
        in.setBytes(from + begin, line, begin, line.length - begin);
        return from + begin;
    }

    private void refuse(ChannelHandlerContext ctx, RefusalReason reason, boolean inBody) {
        if (ctx.isRemoved() || stage != Stage.READING) {
            return;
        }
        refusal = reason;
        refusedInBody = inBody;
        stage = Stage.DEAF;
        if (inBody) {
            guard.refusedMidway(ctx.channel(), reason.status());
        } else {
            guard.refused(ctx.channel(), reason.status(), reason == RefusalReason.HEAD_TOO_SLOW ? sinceHead() : 0);
        }
        refuseInTurn();
    }

    private long sinceHead() {
        return TimeUnit.NANOSECONDS.toMillis(guard.clock() - headSince);
    }

    /** A request whose body is wrong is itself unanswered: the refusal is its answer, unless one has begun. */
    private void refuseInTurn() {
        if (unanswered > (refusedInBody ? 1 : 0)) {
            return;
        }
        if (refusedInBody && (unanswered == 0 || answerBegun)) {
            finish(Unpooled.EMPTY_BUFFER);
        } else {
            finish(Unpooled.wrappedBuffer(answer()));
        }
    }

    private byte[] answer() {
        RequestHead head = scanner.head();
        return RefusalResponse.of(Objects.requireNonNull(refusal, "refused"), head.isApi(), !head.isHeadMethod());
    }

    /** Writes the last octets. The other side is let read them: closing at once, unread input would undo them. */
    private void finish(ByteBuf answer) {
        ChannelHandlerContext ctx = Objects.requireNonNull(context, "in a pipeline");
        stage = Stage.ENDING;
        Channel channel = ctx.channel();
        channel.config().setAutoRead(true);
        HalfClose.after(ctx, channel, answer).addListener(told -> {
            stage = Stage.LINGERING;
            pace.begins(guard.now());
            if (!told.isSuccess()) {
                ctx.close();
            }
        });
    }

    /** Whether what the server still writes has no reader, and the end is the guard's: closing would drop what is on its way. */
    boolean takenOver() {
        return stage == Stage.ENDING || stage == Stage.LINGERING;
    }

    boolean answerBegun() {
        return answerBegun;
    }

    /**
     * A client that was not told to go on may do so or ask the next: who read on could take the one for the other.
     *
     * @param old whether it is one of HTTP/1.0, whose body may have no other end than the connection's
     */
    void answerBegins(boolean old) {
        answerBegun = true;
        endsWithConnection = old;
        if (waitsForContinue && unanswered == 1) {
            last = true;
        }
    }

    void continues() {
        waitsForContinue = false;
        pace.begins(guard.now());
    }

    /** Whether the answer under way is to the last request. */
    boolean answersLast() {
        return last && unanswered == 1;
    }

    void answerEnded() {
        unanswered--;
        answered++;
        answerBegun = false;
        pace.begins(guard.now());
        if (stage == Stage.DEAF && refusal != null) {
            refuseInTurn();
        } else if (last && unanswered == 0) {
            finish(Unpooled.EMPTY_BUFFER);
        }
    }

    /** After a 101 the bytes are of another protocol. */
    void becomesOpaque() {
        stage = Stage.OPAQUE;
        ByteBuf early = held;
        if (early != null) {
            held = null;
            Objects.requireNonNull(context, "in a pipeline").fireChannelRead(early);
        }
    }

    /** Ends it, or what is under way on it, if that takes too long; true where it did. */
    boolean sweep(long now) {
        ChannelHandlerContext ctx = Objects.requireNonNull(context, "in a pipeline");
        Channel channel = ctx.channel();
        quiet++;
        if (wasReset(channel)) {
            ctx.close();
            return true;
        }
        if (stage == Stage.OPAQUE) {
            return false;
        }
        Verdict verdict = pace.look(awaited(channel), RequestGuard.outbound(channel), guard.patience(), now);
        switch (verdict) {
            case IN_TIME -> {}
            case HEAD_TOO_SLOW -> refuse(ctx, RefusalReason.HEAD_TOO_SLOW, false);
            case BODY_TOO_SLOW -> refuse(ctx, RefusalReason.BODY_TOO_SLOW, true);
            case OVER -> {
                EarlyClose.clientTimedOut(channel);
                if (answerBegun && endsWithConnection) {
                    ConnectionResets.reset(channel);
                } else {
                    ctx.close();
                }
            }
        }
        return verdict != Verdict.IN_TIME;
    }

    private boolean wasReset(Channel channel) {
        boolean inBody = !body.isDone();
        boolean waits = inBody || unanswered > 0 || stage == Stage.OPAQUE;
        return waits && quiet == (inBody ? 1 : LONG_QUIET) && guard.resets().cameOn(channel);
    }

    private Awaited awaited(Channel channel) {
        if (stage == Stage.LINGERING) {
            return Awaited.GOODBYE;
        }
        if (stage == Stage.READING) {
            if (!body.isDone() && channel.config().isAutoRead() && !waitsForContinue) {
                return Awaited.BODY;
            }
            if (body.isDone() && unanswered == 0) {
                return held != null ? Awaited.REST_OF_HEAD : begun ? Awaited.NEXT_HEAD : Awaited.FIRST_HEAD;
            }
        }
        return Awaited.THIS_SIDE;
    }
}
