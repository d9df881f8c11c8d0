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
 * How a node that leaves knows that nobody sends it requests any more: every balancer that hears it say DRAINING
 * answers once it has taken the node out of its choice.
 *
 * <pre>
 *   node       --- DRAINING --->  balancers
 *   node       &lt;-- heard -------  each balancer, after its last loop let go
 *   node       closes its idle connections, ends what is under way, leaves
 * </pre>
 */
public final class DrainNotice {

    private static final String ADDRESS = "node.drain-heard.";

    /** A balancer that does not answer by then has died or is cut off; its requests are its own loss. */
    private static final long PATIENCE_MILLIS = 2000;

    private DrainNotice() {}

    /** For a balancer: tells a node that it gets no more requests from here. */
    public static void heard(Vertx vertx, String node, String balancer) {
        vertx.eventBus().publish(ADDRESS + node, balancer);
    }

    /**
     * For the node: announces DRAINING and waits until every balancer has heard. It listens until it has left: balancers say it
     * more than once, and of a message that finds its consumer gone Vert.x warns.
     *
     * @param present who is there, as the node sees it
     */
    public static Future<Void> give(Vertx vertx, Announcer announcer, Collection<Announcement> present) {
        Set<String> balancers = new HashSet<>();
        for (Announcement node : present) {
            if (node.role() == NodeRole.BALANCER
                    && node.state() == NodeState.READY
                    && !node.id().equals(announcer.current().id())) {
                balancers.add(node.id());
            }
        }
        Promise<Void> heard = Promise.promise();
        MessageConsumer<String> answers =
                vertx.eventBus().consumer(ADDRESS + announcer.current().id());
        answers.handler(answer -> {
            balancers.remove(answer.body());
            if (balancers.isEmpty()) {
                heard.tryComplete();
            }
        });
        long timer = vertx.setTimer(PATIENCE_MILLIS, ignored -> heard.tryComplete());
        return answers.completion()
                .compose(ignored -> announcer.state(NodeState.DRAINING))
                .compose(ignored -> balancers.isEmpty() ? Future.succeededFuture() : heard.future())
                .onComplete(ignored -> vertx.cancelTimer(timer));
    }
}
