package io.ratemesh.rates.history;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to disk on a worker thread, one write at a time. A failing disk is logged once. Runs on one event loop. */
final class DiskWriter {

    private static final Logger LOG = LoggerFactory.getLogger(DiskWriter.class);

    private final Vertx vertx;
    private boolean failing;

    DiskWriter(Vertx vertx) {
        this.vertx = vertx;
    }

    /** A blocking write. */
    @FunctionalInterface
    interface Write {

        void write() throws IOException;
    }

    /** Writes after the writes before. The future never fails. */
    Future<Void> write(Write write) {
        return vertx.<Void>executeBlocking(() -> {
                    write.write();
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
