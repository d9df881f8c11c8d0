package io.ratemesh.node.lifecycle;

import io.ratemesh.node.announce.DrainNotice;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A started node. It stops by announcing DRAINING, finishing requests in flight and leaving the cluster. */
public final class RunningNode {

    private static final Logger LOG = LoggerFactory.getLogger(RunningNode.class);

    private static final Duration ACKNOWLEDGEMENT_TIMEOUT = Duration.ofSeconds(2);

    private final Node node;
    private final NodeService service;
    private final AtomicReference<@Nullable Future<Void>> stopped = new AtomicReference<>();

    private RunningNode(Node node, NodeService service) {
        this.node = node;
        this.service = service;
    }

    /**
     * Joins the cluster and starts the service.
     *
     * @param exit stops the process on the command of an operator
     */
    public static Future<RunningNode> start(NodeService service, Settings settings, Runnable exit) {
        return start(service, settings, () -> settings, exit);
    }

    /**
     * Joins the cluster and starts the service.
     *
     * @param source the settings for a reload
     * @param exit stops the process on the command of an operator
     */
    public static Future<RunningNode> start(
            NodeService service, Settings settings, SettingsSource source, Runnable exit) {
        // Not composed on the node's event loop, which ends when its Vert.x closes.
        Promise<RunningNode> started = Promise.promise();
        NodeStart.join(service, settings, source)
                .onComplete(
                        node -> {
                            NodeCommands.register(node, exit);
                            Future.succeededFuture(node)
                                    .compose(service::start)
                                    .onComplete(
                                            ignored -> started.complete(new RunningNode(node, service)),
                                            cause -> leave(node).onComplete(ignored -> started.fail(cause)));
                        },
                        started::fail);
        return started.future();
    }

    /** The node. */
    public Node node() {
        return node;
    }

    /** Drains and leaves the cluster. A second call returns the future of the first. */
    public Future<Void> stop() {
        Future<Void> running = stopped.get();
        if (running != null) {
            return running;
        }
        Promise<Void> done = Promise.promise();
        if (!stopped.compareAndSet(null, done.future())) {
            return stop();
        }
        LOG.info(
                "draining, {} requests in flight",
                node.announcer().current().load().inFlight());
        DrainNotice.send(node.vertx(), node.announcer(), node.directory(), ACKNOWLEDGEMENT_TIMEOUT)
                .eventually(() -> service.drain(node, node.settings().node().drainTimeout()))
                .onComplete(ignored -> leave(node)
                        .onComplete(left -> LOG.info("left the cluster"))
                        .onComplete(done));
        return done.future();
    }

    /**
     * Stops sending, then leaves the cluster. Vert.x closes the connections of its event bus while timers and handlers still run;
     * a message of theirs would open a connection and fail with a stack trace.
     */
    private static Future<Void> leave(Node node) {
        node.directory().stop();
        node.vertx()
                .eventBus()
                .addOutboundInterceptor(dropped -> LOG.debug(
                        "not sent while leaving: {}", dropped.message().address()));
        node.membership().prepareToLeave();
        return node.vertx().close();
    }
}
