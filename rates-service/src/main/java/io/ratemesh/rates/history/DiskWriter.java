package io.ratemesh.rates.history;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes on a worker, one after the other; a disk that fails is said once and stops nobody. Lives on one event loop. */
final class DiskWriter {

    private static final Logger LOG = LoggerFactory.getLogger(DiskWriter.class);

    private final Vertx vertx;
    private boolean failing;

    DiskWriter(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Something that blocks. */
    @FunctionalInterface
    interface Write {

        void write() throws IOException;
    }

    /** Writes when what was begun before is done; never fails. */
    Future<Void> write(Write write) {
        return vertx.<Void>executeBlocking(() -> {
                    write.write();
                    return null;
                })
                .onSuccess(ignored -> failing = false)
                .recover(cause -> {
                    if (!failing) {
                        LOG.warn("the history was not written to disk", cause);
                    }
                    failing = true;
                    return Future.succeededFuture();
                });
    }
}
