package io.ratemesh.node.lifecycle;

import io.ratemesh.node.announce.DrainNotice;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node with its service, and the one way down: say DRAINING, be heard, end what is under way, leave. */
public final class RunningNode {

    private static final Logger LOG = LoggerFactory.getLogger(RunningNode.class);

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
     * @param exit what ends the process when an operator says so
     */
    public static Future<RunningNode> start(NodeService service, Settings settings, Runnable exit) {
        return start(service, settings, () -> settings, exit);
    }

    /**
     * Joins the cluster and starts the service.
     *
     * @param source where the settings are read again
     * @param exit what ends the process when an operator says so
     */
    public static Future<RunningNode> start(
            NodeService service, Settings settings, SettingsSource source, Runnable exit) {
        // A future composed on the node's event loop would never end: the loop is gone when its Vert.x has closed.
        Promise<RunningNode> started = Promise.promise();
        NodeStart.join(service, settings, source)
                .onComplete(
                        node -> {
                            NodeCommands.obey(node, exit);
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

    /** Drains and leaves the cluster. A second call waits for the first. */
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
                "draining, {} requests under way",
                node.announcer().current().load().inFlight());
        DrainNotice.give(node.vertx(), node.announcer(), node.directory().present())
                .eventually(() -> service.drain(node, node.settings().node().drainTimeout()))
                .onComplete(ignored ->
                        leave(node).onComplete(left -> LOG.info("left")).onComplete(done));
        return done.future();
    }

    /**
     * Says nothing more, then leaves the cluster. Vert.x closes the connections of its event bus, and the cluster's own, while
     * timers and handlers still run: what one of them sent in between would be connected for, and fail with a stack trace.
     */
    private static Future<Void> leave(Node node) {
        node.vertx()
                .eventBus()
                .addOutboundInterceptor(dropped ->
                        LOG.debug("not sent any more: {}", dropped.message().address()));
        return node.vertx().close();
    }
}
