package io.ratemesh.balancer.upstream.connections;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.ratemesh.balancer.http.ConnectionResets;
import io.ratemesh.balancer.vertx.LoopContext;
import io.vertx.core.Context;
import java.util.List;

/**
 * Passes the responses on one connection to their listeners, in the order of the requests. Bytes that belong to no request, and
 * responses that are not HTTP, close the connection. One event loop owns it.
 */
final class ResponseReader extends ChannelInboundHandlerAdapter {

    /** Consecutive sweeps without a byte after which the kernel is asked whether the connection was reset; less than a second. */
    private static final int QUIET_SWEEPS = 2;

    /** Interim responses before a final one; bounded, since each costs work. */
    private static final int MAX_INTERIM = 32;

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int FIRST_FINAL = 200;

    private final Http1Connection connection;
    private final PipelinedRequests requests;
    private final LoopContext context;
    private final ResponseDecoder decoder;

    /** Whether a byte of the current response was received. */
    private boolean begun;

    /** Whether the head of the current response was received, and not its end. */
    private boolean inContent;

    /** Whether the head was the last thing received. */
    private boolean contentDue;

    /** Whether the response received last is complete. */
    private boolean completed;

    private boolean closeAnnounced;
    private boolean tunnel;
    private boolean watched;
    private int interimResponses;

    /** Requests for which the connection counts as kept: one for each complete response, at least one after it was idle. */
    private int keptFor;

    private int reads;

    /** Sweeps since a byte was received or sent, or reading was paused. */
    private int quietSweeps;

    ResponseReader(Http1Connection connection, PipelinedRequests requests, LoopContext context) {
        this.connection = connection;
        this.requests = requests;
        this.context = context;
        this.decoder = new ResponseDecoder(connection, requests);
    }

    /** The handler before this one in the channel's pipeline. */
    ResponseDecoder decoder() {
        return decoder;
    }

    void becomeTunnel(ChannelPipeline pipeline) {
        tunnel = true;
        pipeline.remove(decoder);
    }

    void bytesWritten() {
        quietSweeps = 0;
    }

    void keepForNextRequest() {
        keptFor = Math.max(1, keptFor);
    }

    /** The number of messages received; wraps around. */
    int reads() {
        return reads;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        connection.start(added);
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        reads++;
        begun = true;
        quietSweeps = 0;
        Context before = context.beginDispatch();
        try {
            ResponseListener listener = requests.first();
            if (listener == null) {
                ReferenceCountUtil.release(message);
                connection.close();
            } else if (message instanceof ByteBuf bytes) {
                listener.received(bytes);
            } else if (message instanceof HttpResponse head) {
                head(listener, head);
            } else {
                content(listener, (HttpContent) message);
            }
        } finally {
            context.endDispatch(before);
        }
    }

    private void head(ResponseListener listener, HttpResponse head) {
        int status = head.status().code();
        boolean interim = status < FIRST_FINAL && status != SWITCHING_PROTOCOLS;
        interimResponses = interim ? interimResponses + 1 : 0;
        if (head.decoderResult().isFailure() || interimResponses > MAX_INTERIM) {
            listener.responseInvalid();
            connection.close();
        } else if (interim) {
            listener.interimResponse(head);
        } else {
            completed = false;
            closeAnnounced = ResponseHead.closesConnection(head);
            if (closeAnnounced) {
                connection.preventReuse();
            }
            inContent = true;
            contentDue = true;
            connection.owner().keepAlive(head.headers());
            listener.responseStarted(connection, head);
        }
    }

    private void content(ResponseListener listener, HttpContent content) {
        if (content.decoderResult().isFailure()) {
            content.release();
            connection.close();
            return;
        }
        contentDue = false;
        if (content.content().isReadable()) {
            listener.received(content.content());
        } else {
            content.release();
        }
        if (content instanceof LastHttpContent last && requests.first() == listener) {
            requests.removeFirst();
            inContent = false;
            begun = false;
            keptFor++;
            completed = true;
            listener.responseCompleted(last.trailingHeaders());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext from) {
        begun |= decoder.hasBegun();
        if (requests.isEmpty() && decoder.hasBegun()) {
            // It belongs to no request.
            connection.close();
        } else if (completed && requests.isEmpty()) {
            // Not earlier: what an upstream sends beyond its response must not become the next one.
            completed = false;
            connection.responsesCompleted();
        } else if (closeAnnounced && completed) {
            inContext(connection::displaceAll);
        } else if (isInResponse()) {
            responseContinues();
        }
    }

    /** A read brought a part of a response, and not its end. */
    private void responseContinues() {
        ResponseListener listener = requests.first();
        if (contentDue && listener != null) {
            contentDue = false;
            inContext(listener::contentDelayed);
        }
        if (!watched) {
            watched = true;
            connection.owner().watch(this);
        }
    }

    private boolean isInResponse() {
        return inContent || interimResponses > 0 || decoder.hasBegun();
    }

    /**
     * Closes the connection if it was reset or the response stalls; to be called regularly once a response takes more than one read.
     *
     * @param maxQuiet consecutive calls without a byte in between while bytes are read; a tunnel has its own timeout
     * @return whether to call it again
     */
    boolean sweep(int maxQuiet, ConnectionResets resets) {
        ChannelHandlerContext on = connection.channel();
        watched = isInResponse() && on.channel().isActive();
        quietSweeps = on.channel().config().isAutoRead() ? quietSweeps + 1 : 0;
        if (watched && quietSweeps == QUIET_SWEEPS && resets.wasReset(on.channel())) {
            connection.close();
        } else if (watched && inContent && !tunnel && quietSweeps > maxQuiet) {
            ResponseListener listener = requests.first();
            if (listener != null) {
                inContext(listener::responseStalled);
            }
            connection.close();
        }
        return watched;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext of) {
        ResponseListener listener = requests.first();
        if (listener != null && of.channel().isWritable()) {
            inContext(listener::connectionWritable);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext closed) {
        connection.closed();
        List<ResponseListener> left = requests.removeAll();
        inContext(() -> {
            for (int i = 0; i < left.size(); i++) {
                left.get(i).connectionBroken(!begun && i < keptFor);
            }
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
        connection.close();
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
