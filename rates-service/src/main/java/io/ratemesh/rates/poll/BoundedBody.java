package io.ratemesh.rates.poll;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import org.jspecify.annotations.Nullable;

/** Collects a body up to a limit; the first byte beyond it fails the write, and so the request. */
final class BoundedBody implements WriteStream<Buffer> {

    private final int maxBytes;
    private final Buffer collected = Buffer.buffer();

    BoundedBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    Buffer content() {
        return collected;
    }

    @Override
    public Future<Void> write(Buffer chunk) {
        if (chunk.length() > maxBytes - collected.length()) {
            return Future.failedFuture(new PollException("the response has more than " + maxBytes + " bytes"));
        }
        collected.appendBuffer(chunk);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> end() {
        return Future.succeededFuture();
    }

    @Override
    public BoundedBody exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public BoundedBody setWriteQueueMaxSize(int maxSize) {
        return this;
    }

    @Override
    public boolean writeQueueFull() {
        return false;
    }

    @Override
    public BoundedBody drainHandler(@Nullable Handler<Void> handler) {
        return this;
    }
}
