package io.ratemesh.rates.publish;

import io.ratemesh.model.RateBook;
import io.ratemesh.rates.book.BookFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the newest book to disk, on a worker, one at a time: the first at once, the others with a pause between, so
 * that rates which move each second do not wear the disk out. Lives on one event loop.
 */
public final class BookSaver {

    private static final Logger LOG = LoggerFactory.getLogger(BookSaver.class);

    private final Vertx vertx;
    private final BookFile file;
    private final Duration pause;
    private @Nullable RateBook next;
    private boolean busy;
    private boolean failing;

    public BookSaver(Vertx vertx, BookFile file, Duration pause) {
        this.vertx = vertx;
        this.file = file;
        this.pause = pause;
    }

    /** Writes the book soon, or a newer one in its place. */
    public void save(RateBook book) {
        next = book;
        if (!busy) {
            busy = true;
            write().onComplete(ignored -> vertx.setTimer(pause.toMillis(), timer -> {
                busy = false;
                if (next != null) {
                    save(next);
                }
            }));
        }
    }

    /** Writes what still waits. */
    public Future<Void> flush() {
        return write();
    }

    private Future<Void> write() {
        RateBook book = next;
        next = null;
        if (book == null) {
            return Future.succeededFuture();
        }
        return vertx.<Void>executeBlocking(() -> {
                    file.write(book);
                    return null;
                })
                .onSuccess(ignored -> failing = false)
                .recover(cause -> {
                    if (!failing) {
                        LOG.warn("the book was not written to disk", cause);
                    }
                    failing = true;
                    return Future.succeededFuture();
                });
    }
}
