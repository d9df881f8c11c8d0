package io.ratemesh.balancer.assets;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a file piece by piece, each once the client has room for it. What cannot be sent to its end is broken off, so that nobody takes
 * it for whole. One event loop owns it.
 */
final class FileContent implements ConditionalResponse.Content {

    private static final Logger LOG = LoggerFactory.getLogger(FileContent.class);

    /** A client that takes nothing for so long holds no file open any more. */
    private static final long STALL_MILLIS = Duration.ofSeconds(60).toMillis();

    private static final long INTERNAL_ERROR = 2;

    private final Vertx vertx;
    private final WorkerExecutor disk;
    private final FolderFile file;
    private boolean closed;
    private boolean broken;
    private boolean waiting;
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
        readOn(response, from, to);
    }

    private void readOn(HttpServerResponse response, long from, long to) {
        long end = Math.min(to, from + FolderFile.PIECE_BYTES);
        disk.executeBlocking(() -> file.read(from, end), false).onComplete(read -> {
            if (closed || response.closed()) {
                discard();
            } else if (read.failed()) {
                LOG.warn("a file is not sent to its end: {}", String.valueOf(read.cause()));
                discard();
                broken = true;
                response.reset(INTERNAL_ERROR);
            } else if (end == to) {
                discard();
                response.end(read.result());
            } else {
                response.write(read.result());
                goOn(response, end, to);
            }
        });
    }

    private void goOn(HttpServerResponse response, long from, long to) {
        if (!response.writeQueueFull()) {
            readOn(response, from, to);
            return;
        }
        waiting = true;
        timer = vertx.setTimer(STALL_MILLIS, ignored -> {
            discard();
            response.reset(INTERNAL_ERROR);
        });
        response.drainHandler(ignored -> {
            if (waiting) {
                waiting = false;
                vertx.cancelTimer(timer);
                readOn(response, from, to);
            }
        });
    }

    /** Whether the file could not be sent to its end. */
    boolean isBroken() {
        return broken;
    }

    @Override
    public void discard() {
        if (closed) {
            return;
        }
        closed = true;
        if (waiting) {
            waiting = false;
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
