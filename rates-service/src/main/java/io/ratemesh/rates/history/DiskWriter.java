package io.ratemesh.rates.history;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to disk on a worker thread, one write at a time. A failing disk is logged once. Runs on one event loop. */
final class DiskWriter {

    private static final Logger LOG = LoggerFactory.getLogger(DiskWriter.class);

    private final Vertx vertx;
    private final BooleanSupplier mayWrite;
    private boolean failing;

    /**
     * Creates a writer.
     *
     * @param mayWrite whether this process writes to the folder; may block
     */
    DiskWriter(Vertx vertx, BooleanSupplier mayWrite) {
        this.vertx = vertx;
        this.mayWrite = mayWrite;
    }

    /** A blocking write. */
    @FunctionalInterface
    interface Write {

        void write() throws IOException;
    }

    /** Writes after the writes before. The future never fails. */
    Future<Void> write(Write write) {
        return vertx.<Void>executeBlocking(() -> {
                    if (mayWrite.getAsBoolean()) {
                        write.write();
                    }
                    return null;
                })
                .onSuccess(ignored -> failing = false)
                .recover(cause -> {
                    if (!failing) {
                        LOG.warn("the history could not be written to disk", cause);
                    }
                    failing = true;
                    return Future.succeededFuture();
                });
    }
}
