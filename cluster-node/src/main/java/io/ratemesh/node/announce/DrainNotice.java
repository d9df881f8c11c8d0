package io.ratemesh.node.announce;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The drain handshake: a node announces DRAINING, and every balancer acknowledges once none of its event loops selects the
 * node any more.
 *
 * <pre>
 *   node       --- DRAINING ---------&gt;  balancers
 *   node       &lt;-- acknowledgement ---  each balancer
 *   node       closes idle connections, finishes requests in flight, leaves the cluster
 * </pre>
 */
public final class DrainNotice {

    private static final String ADDRESS = "node.drain-acknowledged.";

    /** A balancer without an acknowledgement in this time is assumed to be dead. */
    private static final long TIMEOUT_MILLIS = 2000;

    private DrainNotice() {}

    /** Acknowledges that a balancer sends no more requests to a node. */
    public static void acknowledge(Vertx vertx, String node, String balancer) {
        vertx.eventBus().publish(ADDRESS + node, balancer);
    }

    /**
     * Announces DRAINING and completes when every ready balancer has acknowledged, or after two seconds. The consumer stays open
     * until the node leaves: balancers repeat the acknowledgement, and Vert.x warns about messages without a consumer. Balancers send
     * requests to converters only, so other nodes do not wait.
     *
     * @param present the nodes of the cluster
     */
    public static Future<Void> send(Vertx vertx, Announcer announcer, Collection<Announcement> present) {
        Set<String> balancers = new HashSet<>();
        for (Announcement node : present) {
            if (node.role() == NodeRole.BALANCER
                    && node.state() == NodeState.READY
                    && announcer.current().role() == NodeRole.CONVERTER) {
                balancers.add(node.id());
            }
        }
        Promise<Void> acknowledged = Promise.promise();
        MessageConsumer<String> acknowledgements =
                vertx.eventBus().consumer(ADDRESS + announcer.current().id());
        acknowledgements.handler(message -> {
            balancers.remove(message.body());
            if (balancers.isEmpty()) {
                acknowledged.tryComplete();
            }
        });
        long timer = vertx.setTimer(TIMEOUT_MILLIS, ignored -> acknowledged.tryComplete());
        return acknowledgements
                .completion()
                .compose(ignored -> announcer.setState(NodeState.DRAINING))
                .compose(ignored -> balancers.isEmpty() ? Future.succeededFuture() : acknowledged.future())
                .onComplete(ignored -> vertx.cancelTimer(timer));
    }
}
