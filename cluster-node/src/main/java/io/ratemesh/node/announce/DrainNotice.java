package io.ratemesh.node.announce;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

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

    private DrainNotice() {}

    /** Acknowledges that a balancer sends no more requests to a node. */
    public static void acknowledge(Vertx vertx, String node, String balancer) {
        vertx.eventBus().publish(ADDRESS + node, balancer);
    }

    /**
     * Announces DRAINING and completes when every ready balancer has acknowledged or left. The consumer stays open until the node
     * leaves: balancers repeat the acknowledgement, and Vert.x warns about messages without a consumer. Balancers send requests to
     * converters only, so other nodes do not wait.
     *
     * @param directory of the nodes of the cluster
     * @param timeout after which a balancer without an acknowledgement is assumed to be dead
     */
    public static Future<Void> send(Vertx vertx, Announcer announcer, NodeDirectory directory, Duration timeout) {
        Set<String> balancers = ConcurrentHashMap.newKeySet();
        Promise<Void> acknowledged = Promise.promise();
        Consumer<String> done = balancer -> {
            if (balancers.remove(balancer) && balancers.isEmpty()) {
                acknowledged.tryComplete();
            }
        };
        MessageConsumer<String> acknowledgements =
                vertx.eventBus().consumer(ADDRESS + announcer.current().id());
        acknowledgements.handler(message -> done.accept(message.body()));
        directory.addListener(new Departures(done));
        if (announcer.current().role() == NodeRole.CONVERTER) {
            directory.present().stream()
                    .filter(node -> node.role() == NodeRole.BALANCER && node.state() == NodeState.READY)
                    .forEach(node -> balancers.add(node.id()));
        }
        long timer = vertx.setTimer(timeout.toMillis(), ignored -> acknowledged.tryComplete());
        return acknowledgements
                .completion()
                .compose(ignored -> announcer.setState(NodeState.DRAINING))
                .compose(ignored -> balancers.isEmpty() ? Future.succeededFuture() : acknowledged.future())
                .onComplete(ignored -> vertx.cancelTimer(timer));
    }

    /** When a whole cluster stops, the balancer may leave first. */
    private record Departures(Consumer<String> lost) implements NodeDirectory.NodeListener {

        @Override
        public void nodeAnnounced(Announcement node) {
            // A draining balancer finishes its requests and still acknowledges.
        }

        @Override
        public void nodeLost(Announcement node) {
            lost.accept(node.id());
        }
    }
}
