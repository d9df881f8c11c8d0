package io.ratemesh.balancer.upstream.connections;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.ratemesh.balancer.http.ConnectionResets;
import io.ratemesh.balancer.upstream.transport.UpstreamTransport;
import io.ratemesh.balancer.vertx.LoopContext;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One connection of HTTP/1.1 to an upstream: sends requests, and ends with them. It works on Netty's channel, because a proxy needs neither the
 * pools nor the promises of an HTTP client for each request. {@link ResponseReader} receives the responses. One event loop owns it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Void promises report failed writes to exceptionCaught.
final class Http1Connection implements UpstreamConnection {

    private static final ByteBuf CR_LF = Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("\r\n", US_ASCII));
    private static final ByteBuf LAST_CHUNK = Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("0\r\n\r\n", US_ASCII));

    private final UpstreamConnections owner;
    private final boolean shared;
    private final InetAddress address;
    private final UpstreamTransport transport;
    private final PipelinedRequests requests = new PipelinedRequests();
    private final ResponseReader reader;
    private @Nullable ChannelHandlerContext channel;
    private boolean reusable = true;
    private boolean sendingBody;
    private boolean flushScheduled;
    private boolean aborted;
    private int idleSinceSweep;
    private int stalledSweeps;
    private int readsSeen;

    /**
     * Creates a connection that {@link #start} completes.
     *
     * @param shared whether requests of several clients are under way on it at once
     */
    Http1Connection(
            UpstreamConnections owner,
            LoopContext context,
            boolean shared,
            InetAddress address,
            UpstreamTransport transport) {
        this.owner = owner;
        this.shared = shared;
        this.address = address;
        this.transport = transport;
        this.reader = new ResponseReader(this, requests, context);
    }

    /** The handler of its channel. */
    ResponseReader reader() {
        return reader;
    }

    void start(ChannelHandlerContext context) {
        channel = context;
    }

    boolean isShared() {
        return shared;
    }

    InetAddress address() {
        return address;
    }

    /** How it was made ready. */
    UpstreamTransport transport() {
        return transport;
    }

    /** Whether another request may be sent on it. */
    boolean isOpen() {
        return reusable && channel().channel().isActive();
    }

    /** Whether the upstream has not closed it, even where no event has reported that yet. */
    boolean isEstablished(ConnectionResets resets) {
        return resets.isEstablished(channel().channel());
    }

    /** Requests under way. */
    int pending() {
        return requests.size();
    }

    @Override
    public ByteBufAllocator alloc() {
        return channel().alloc();
    }

    @Override
    public void send(ResponseListener listener, ByteBuf head, boolean complete) {
        requests.add(listener);
        sendingBody = !complete;
        ChannelHandlerContext to = channel();
        if (!shared) {
            to.writeAndFlush(head, to.voidPromise());
            return;
        }
        to.write(head, to.voidPromise());
        if (!flushScheduled) {
            // Requests of other clients in the same turn of the event loop are sent with the same system call.
            flushScheduled = true;
            to.executor().execute(this::flush);
        }
    }

    private void flush() {
        flushScheduled = false;
        channel().flush();
    }

    @Override
    public void sendBody(ByteBuf bytes, boolean chunked) {
        if (chunked) {
            reader.bytesWritten();
            ChannelHandlerContext to = channel();
            to.write(
                    Unpooled.copiedBuffer(Integer.toHexString(bytes.readableBytes()) + "\r\n", US_ASCII),
                    to.voidPromise());
            to.write(bytes, to.voidPromise());
            to.writeAndFlush(CR_LF.duplicate(), to.voidPromise());
        } else {
            writeAndFlush(bytes);
        }
    }

    @Override
    public void endBody(boolean chunked, List<Map.Entry<String, String>> trailers) {
        if (chunked) {
            writeAndFlush(trailers.isEmpty() ? LAST_CHUNK.duplicate() : lastChunk(trailers));
        }
        sendingBody = false;
    }

    private static ByteBuf lastChunk(List<Map.Entry<String, String>> trailers) {
        StringBuilder out = new StringBuilder("0\r\n");
        trailers.forEach(field ->
                out.append(field.getKey()).append(": ").append(field.getValue()).append("\r\n"));
        return Unpooled.copiedBuffer(out.append("\r\n"), ISO_8859_1);
    }

    @Override
    public void writeAndFlush(ByteBuf bytes) {
        reader.bytesWritten();
        channel().writeAndFlush(bytes, channel().voidPromise());
    }

    boolean isSendingBody() {
        return sendingBody;
    }

    @Override
    public boolean isRefusable() {
        return false;
    }

    @Override
    public boolean isFull() {
        return !channel().channel().isWritable();
    }

    @Override
    public void setReading(boolean reading) {
        channel().channel().config().setAutoRead(reading);
    }

    @Override
    public void becomeTunnel() {
        reusable = false;
        reader.becomeTunnel(channel().pipeline());
    }

    @Override
    public void dedicate() {
        reusable = false;
        if (shared) {
            owner.noLongerShared(this);
            requests.removeBehindFirst().forEach(ResponseListener::displaced);
        }
    }

    @Override
    public void abandon(ResponseListener listener) {
        if (!shared || (requests.size() == 1 && !reusable)) {
            requests.remove(listener);
            close();
        } else {
            requests.replace(listener, DiscardingListener.of(listener.isHeadRequest()));
        }
    }

    @Override
    public void returnUnused() {
        owner.idle(this);
    }

    @Override
    public void closeAfterWrites() {
        reusable = false;
        channel().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void close() {
        reusable = false;
        aborted = true;
        channel().close();
    }

    /**
     * Closes it in the next turn of the event loop. Within this turn another connection could get its file descriptor, and with it the
     * events of this one that are still to be handled, because Netty's epoll transport maps events by descriptor.
     */
    void closeNextTurn() {
        reusable = false;
        channel().executor().execute(this::close);
    }

    /** Whether this side closed it, so that its end is not the end of a response. */
    boolean isAborted() {
        return aborted;
    }

    void preventReuse() {
        reusable = false;
    }

    /** It awaits a request, be it the first. */
    void becomeIdle(int sweep) {
        reader.keepForNextRequest();
        idleSinceSweep = sweep;
    }

    /** The sweep since which it has been idle. */
    int idleSinceSweep() {
        return idleSinceSweep;
    }

    /** No more requests are sent on it; those under way complete. */
    void retire() {
        reusable = false;
        if (requests.isEmpty()) {
            close();
        }
    }

    /**
     * Dedicates a shared connection to its first request if it stalls; to be called regularly. The upstream may process that request, so
     * it is not repeated.
     *
     * @param maxStalled consecutive calls with requests under way and nothing received in between
     */
    void sweepShared(int maxStalled) {
        stalledSweeps = requests.isEmpty() || reader.reads() != readsSeen ? 0 : stalledSweeps + 1;
        readsSeen = reader.reads();
        if (stalledSweeps >= maxStalled) {
            dedicate();
            if (requests.first() instanceof DiscardingListener) {
                close();
            }
        }
    }

    /** All that was received has been passed on, and no request is under way. */
    void responsesCompleted() {
        if (!reusable || sendingBody) {
            close();
        } else if (!shared) {
            owner.idle(this);
        }
    }

    /** The upstream has announced that it closes the connection: it will not respond to the requests that are still under way. */
    void displaceAll() {
        owner.noLongerShared(this);
        List<ResponseListener> all = requests.removeAll();
        close();
        all.forEach(ResponseListener::displaced);
    }

    /** Its channel is closed. */
    void closed() {
        reusable = false;
        owner.closed(this);
    }

    UpstreamConnections owner() {
        return owner;
    }

    ChannelHandlerContext channel() {
        return Objects.requireNonNull(channel, "not connected");
    }
}
