package io.ratemesh.rates.publish;

import io.ratemesh.model.RateBook;
import io.ratemesh.rates.book.BookFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the published book to disk on a worker thread, one at a time: the first at once, the others after a pause, so that
 * rates that change each second do not wear out the disk. Runs on one event loop.
 */
public final class BookSaver {

    private static final Logger LOG = LoggerFactory.getLogger(BookSaver.class);

    private final Vertx vertx;
    private final BookFile file;
    private final BooleanSupplier mayWrite;
    private final Duration pause;
    private final Supplier<RateBook> published;
    private boolean pending;
    private boolean busy;
    private boolean failing;

    /**
     * Creates a saver.
     *
     * @param mayWrite whether this process writes to the folder of the file; may block
     * @param published the book to write
     */
    public BookSaver(
            Vertx vertx, BookFile file, BooleanSupplier mayWrite, Duration pause, Supplier<RateBook> published) {
        this.vertx = vertx;
        this.file = file;
        this.mayWrite = mayWrite;
        this.pause = pause;
        this.published = published;
    }

    /** Writes the published book, now or after the pause. */
    public void save() {
        pending = true;
        if (!busy) {
            busy = true;
            write().onComplete(ignored -> vertx.setTimer(pause.toMillis(), timer -> {
                busy = false;
                if (pending) {
                    save();
                }
            }));
        }
    }

    /** Writes the published book now, if it is not written yet. */
    public Future<Void> flush() {
        return write();
    }

    private Future<Void> write() {
        if (!pending) {
            return Future.succeededFuture();
        }
        pending = false;
        RateBook book = published.get();
        return vertx.<Void>executeBlocking(() -> {
                    if (mayWrite.getAsBoolean()) {
                        file.write(book);
                    }
                    return null;
                })
                .onSuccess(ignored -> failing = false)
                .recover(cause -> {
                    if (!failing) {
                        LOG.warn("the book could not be written to disk", cause);
                    }
                    failing = true;
                    return Future.succeededFuture();
                });
    }
}
