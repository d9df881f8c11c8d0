package io.ratemesh.node.lifecycle;

import io.ratemesh.node.ops.OpsEvents;
import io.ratemesh.node.settings.SettingsException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reloads the settings while the node runs, completely or not at all. Invalid settings are reported and change nothing. */
public final class Reload {

    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final Vertx vertx;
    private final String node;
    private final OpsEvents ops;
    private final SettingsSource source;
    private final NodeService service;
    private final Context context;
    private final AtomicBoolean running = new AtomicBoolean();

    /** Call it on the node's event loop, on which the service applies the settings. */
    Reload(Vertx vertx, String node, OpsEvents ops, SettingsSource source, NodeService service) {
        this.vertx = vertx;
        this.node = node;
        this.ops = ops;
        this.source = source;
        this.service = service;
        this.context = vertx.getOrCreateContext();
    }

    /** Reloads the settings. Fails with a {@link SettingsException} if nothing was changed. Thread-safe. */
    public Future<Void> now() {
        if (!running.compareAndSet(false, true)) {
            return Future.failedFuture(new SettingsException("a reload is already running; try again later"));
        }
        Promise<Void> done = Promise.promise();
        context.runOnContext(ignored -> vertx.executeBlocking(source::read)
                .compose(service::reload)
                .onComplete(result -> {
                    running.set(false);
                    if (result.succeeded()) {
                        ops.publish("settings-reloaded", node, "the new settings are in use");
                        done.complete();
                    } else {
                        String why = String.valueOf(result.cause().getMessage());
                        ops.publish("settings-rejected", node, "the previous settings stay in use: " + why);
                        LOG.debug("settings rejected", result.cause());
                        done.fail(result.cause());
                    }
                }));
        return done.future();
    }
}
