package io.ratemesh.balancer.vertx;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import org.jspecify.annotations.Nullable;

/** A Vert.x context of an event loop: its loop, and futures whose handlers run on it. */
public final class LoopContext {

    private final ContextInternal context;

    private LoopContext(ContextInternal context) {
        this.context = context;
    }

    /** The context of the current thread, or a new one where the thread has none. */
    public static LoopContext current(Vertx vertx) {
        return of(vertx.getOrCreateContext());
    }

    public static LoopContext of(Context context) {
        return new LoopContext((ContextInternal) context);
    }

    public Vertx vertx() {
        return context.owner();
    }

    public EventLoop eventLoop() {
        return context.nettyEventLoop();
    }

    public <T> Future<T> succeededFuture(T result) {
        return context.succeededFuture(result);
    }

    public <T> Future<T> failedFuture(Throwable cause) {
        return context.failedFuture(cause);
    }

    public <T> Promise<T> promise() {
        return context.promise();
    }

    /** Calls a handler every so many milliseconds on this context. Returns the timer's identifier. */
    public long setPeriodic(long millis, Runnable action) {
        return context.setPeriodic(millis, ignored -> action.run());
    }

    public void runOnContext(Runnable action) {
        context.runOnContext(ignored -> action.run());
    }

    /** Makes this the current context of the thread, until {@link #endDispatch} gets what this returns. */
    public @Nullable Context beginDispatch() {
        return context.beginDispatch();
    }

    /** Restores the context that was current before {@link #beginDispatch}. */
    public void endDispatch(@Nullable Context previous) {
        context.endDispatch((ContextInternal) previous);
    }
}
