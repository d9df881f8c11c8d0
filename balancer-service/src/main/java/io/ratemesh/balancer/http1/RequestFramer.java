package io.ratemesh.balancer.http1;

import io.netty.buffer.ByteBuf;
import io.ratemesh.balancer.http.AbsoluteForm;
import io.ratemesh.balancer.http.RefusalReason;
import io.ratemesh.balancer.http1.HeadScanner.Progress;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Splits the bytes of a connection into the heads and bodies of its requests, strictly (RFC 9112). It uses no channel and no clock. */
final class RequestFramer {

    /** What the bytes are that {@link #next} has read. */
    enum Event {
        /** The begin of a head. Its bytes have to be shown again, with more. */
        INCOMPLETE_HEAD,
        /** A head: a request begins. */
        HEAD,
        /** A part of the body of the request before it, or all of it. */
        BODY,
        HEAD_REJECTED,
        BODY_REJECTED,
        /** Bytes after the last request of the connection. */
        SURPLUS;

        boolean isRejection() {
            return this == HEAD_REJECTED || this == BODY_REJECTED;
        }
    }

    private final ByteWindow window;
    private final HeadScanner scanner = new HeadScanner();
    private final BodyScanner body = new BodyScanner();
    private int end;
    private boolean last;
    private boolean continueExpected;

    /** A framer for the first request of a connection; the window can be shared by those of an event loop. */
    RequestFramer(ByteWindow window) {
        this.window = window;
    }

    /** Begins with another buffer. */
    void open(ByteBuf in) {
        window.open(in);
    }

    /** Reads the bytes from {@code from} to {@code to}, at least one, up to the end of one event. */
    Event next(ByteBuf in, int from, int to) {
        if (!body.isDone()) {
            return body(in, from, to);
        }
        if (last) {
            return Event.SURPLUS;
        }
        Progress progress = window.scan(scanner, in, from, to);
        if (progress != Progress.COMPLETE) {
            return progress == Progress.REJECTED ? Event.HEAD_REJECTED : Event.INCOMPLETE_HEAD;
        }
        end = from + scanner.length();
        RequestHead head = scanner.head();
        if (head.isChunked()) {
            body.beginChunked();
        } else {
            body.beginCounted(head.contentLength());
        }
        last = head.isLast();
        continueExpected = head.expectsContinue() && !body.isDone();
        return Event.HEAD;
    }

    private Event body(ByteBuf in, int from, int to) {
        end = body.scan(in, from, to);
        continueExpected &= end == from;
        return body.reason() == null ? Event.BODY : Event.BODY_REJECTED;
    }

    /** Where the last event that is a head or a body ended. */
    int end() {
        return end;
    }

    /** Why the last event is a rejection. */
    RefusalReason reason() {
        RefusalReason ofBody = body.reason();
        return ofBody != null ? ofBody : Objects.requireNonNull(scanner.reason(), "rejected");
    }

    /** The head of the last request, as far as it has been read. */
    RequestHead head() {
        return scanner.head();
    }

    /** Whether the last request is complete. */
    boolean isComplete() {
        return body.isDone();
    }

    /** Whether the last request is the last one of the connection. */
    boolean isLast() {
        return last;
    }

    /** Makes the last request the last one of the connection. */
    void setLast() {
        last = true;
    }

    /** Whether the client expects a 100 and has sent nothing of the body yet. */
    boolean isContinueExpected() {
        return continueExpected;
    }

    /** The client has got its 100. */
    void continued() {
        continueExpected = false;
    }

    /** Returns the trailers of a body that is complete, once; nearly always none. */
    List<Map.Entry<String, String>> takeTrailers() {
        return body.takeTrailers();
    }

    /**
     * Rewrites the head that has just been read, whose target is a URL, to origin form (RFC 9112 §3.2.1).
     *
     * @param from where the head begins
     * @return where it begins now
     */
    int toOriginForm(ByteBuf in, int from) {
        RequestHead head = scanner.head();
        byte[] line = new byte[head.targetTo()];
        in.getBytes(from, line);
        AbsoluteForm url =
                Objects.requireNonNull(AbsoluteForm.of(line, head.targetFrom(), line.length), "checked before");
        int begin = url.toOriginForm(line, head.methodFrom(), head.targetFrom(), line.length, head.bareTarget());
        in.setBytes(from + begin, line, begin, line.length - begin);
        return from + begin;
    }
}
