package io.ratemesh.balancer.vertx;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.stream.ChunkedWriteHandler;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ShutdownEvent;
import io.vertx.core.net.impl.VertxHandler;
import org.jspecify.annotations.Nullable;

/** The pipeline of a connection of a Vert.x server: its handlers by name, and where handlers of ours are added. */
public final class ServerPipeline {

    private static final String DECODER = "httpDecoder";
    private static final String CONNECTION = "handler";

    /** Sends files in chunks. It handles all that is written, so it is added for the first file only. */
    private static final String FILES = "chunkedWriter";

    private ServerPipeline() {}

    /** Whether requests of HTTP/1 are decoded on the connection. */
    public static boolean isHttp1(ChannelPipeline pipeline) {
        return pipeline.get(DECODER) != null;
    }

    /** The decoder of HTTP/1 requests: what is written here is sent as it is. Null where the connection has none. */
    public static @Nullable ChannelHandlerContext decoder(ChannelPipeline pipeline) {
        return pipeline.context(DECODER);
    }

    /**
     * Puts a guard on a connection of HTTP/1.
     *
     * @param requests gets the bytes that the client sends
     * @param decoder gets what {@code requests} passes on
     * @param responses gets the objects that the server writes
     */
    public static void guard(
            ChannelPipeline pipeline,
            ChannelHandler requests,
            UnvalidatedRequestDecoder decoder,
            ChannelHandler responses) {
        if (pipeline.get(FILES) != null) {
            pipeline.remove(FILES);
        }
        pipeline.replace(DECODER, DECODER, decoder);
        addBeforeDecoder(pipeline, "guard", requests);
        addBeforeConnection(pipeline, "guardedResponses", responses);
    }

    /** Adds a handler that gets the bytes the client sends before the decoder of HTTP/1 does. */
    public static void addBeforeDecoder(ChannelPipeline pipeline, String name, ChannelHandler handler) {
        pipeline.addBefore(DECODER, name, handler);
    }

    /** Adds a handler right before the one by which Vert.x serves the connection. */
    public static void addBeforeConnection(ChannelPipeline pipeline, String name, ChannelHandler handler) {
        pipeline.addBefore(CONNECTION, name, handler);
    }

    /** Makes a guarded connection able to send files, from behind a handler on. */
    public static void sendFiles(ChannelHandlerContext behind) {
        if (behind.pipeline().get(FILES) == null) {
            behind.pipeline().addBefore(behind.name(), FILES, new ChunkedWriteHandler());
        }
    }

    /** The client's address: what the PROXY protocol says where that is spoken. Null where Vert.x no longer serves the channel. */
    public static @Nullable SocketAddress client(Channel channel) {
        VertxHandler<?> handler = (VertxHandler<?>) channel.pipeline().get(CONNECTION);
        return handler == null ? null : handler.getConnection().remoteAddress();
    }

    /** Whether an event of the pipeline says that the server shuts down. */
    public static boolean isShutdown(Object event) {
        return event instanceof ShutdownEvent;
    }
}
