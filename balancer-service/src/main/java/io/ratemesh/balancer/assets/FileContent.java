package io.ratemesh.balancer.assets;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a file in chunks, with back-pressure. A response that cannot be completed is reset, so that the client sees that it is incomplete.
 * One event loop owns it.
 */
final class FileContent implements ConditionalResponse.Content {

    private static final Logger LOG = LoggerFactory.getLogger(FileContent.class);

    /** A response is reset if the client reads nothing for so long, to close the file. */
    private static final long STALL_MILLIS = Duration.ofSeconds(60).toMillis();

    private static final long INTERNAL_ERROR = 2;

    private final Vertx vertx;
    private final WorkerExecutor disk;
    private final FolderFile file;
    private boolean closed;
    private boolean failed;
    private boolean paused;
    private long timer;

    FileContent(Vertx vertx, WorkerExecutor disk, FolderFile file) {
        this.vertx = vertx;
        this.disk = disk;
        this.file = file;
    }

    @Override
    public void send(HttpServerResponse response, long from, long to) {
        Buffer whole = file.whole();
        if (whole != null) {
            response.end(whole.slice((int) from, (int) to));
            return;
        }
        response.closeHandler(ignored -> discard());
        sendChunks(response, from, to);
    }

    private void sendChunks(HttpServerResponse response, long from, long to) {
        long end = Math.min(to, from + FolderFile.CHUNK_BYTES);
        disk.executeBlocking(() -> file.read(from, end), false).onComplete(read -> {
            if (closed || response.closed()) {
                discard();
            } else if (read.failed()) {
                LOG.warn("a file could not be sent completely: {}", String.valueOf(read.cause()));
                discard();
                failed = true;
                response.reset(INTERNAL_ERROR);
            } else if (end == to) {
                discard();
                response.end(read.result());
            } else {
                response.write(read.result());
                continueWhenWritable(response, end, to);
            }
        });
    }

    private void continueWhenWritable(HttpServerResponse response, long from, long to) {
        if (!response.writeQueueFull()) {
            sendChunks(response, from, to);
            return;
        }
        paused = true;
        timer = vertx.setTimer(STALL_MILLIS, ignored -> {
            discard();
            response.reset(INTERNAL_ERROR);
        });
        response.drainHandler(ignored -> {
            if (paused) {
                paused = false;
                vertx.cancelTimer(timer);
                sendChunks(response, from, to);
            }
        });
    }

    /** Returns whether the file could not be read completely. */
    boolean hasFailed() {
        return failed;
    }

    @Override
    public void discard() {
        if (closed) {
            return;
        }
        closed = true;
        if (paused) {
            paused = false;
            vertx.cancelTimer(timer);
        }
        if (file.whole() == null) {
            disk.executeBlocking(
                            () -> {
                                file.close();
                                return true;
                            },
                            false)
                    .onFailure(e -> LOG.warn("a file cannot be closed: {}", e.toString()));
        }
    }
}
