package io.ratemesh.balancer.scale;

import io.ratemesh.node.cluster.HazelcastSetup;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest order, which all balancers share: one entry of the shared cache, and a copy in each balancer, from which the entry is
 * restored if the cache has lost it. Runs on one event loop.
 */
final class ScaleOrders {

    private static final String KEY = "order";

    private final AsyncMap<String, String> shared;
    private ScaleOrder newest = ScaleOrder.INITIAL;
    private boolean reading;
    private boolean known;

    private ScaleOrders(AsyncMap<String, String> shared) {
        this.shared = shared;
    }

    static Future<ScaleOrders> open(Vertx vertx) {
        return vertx.sharedData()
                .<String, String>getClusterWideMap(HazelcastSetup.SCALER_MAP)
                .map(ScaleOrders::new);
    }

    ScaleOrder newest() {
        return newest;
    }

    /** Whether the shared order has been read: until then there may be a newer one. */
    boolean isKnown() {
        return known;
    }

    /** Gives an order. If it cannot be shared, the previous one stays. */
    Future<Void> give(ScaleOrder.Mode mode, int converters, String by) {
        ScaleOrder order = new ScaleOrder(mode, converters, Math.max(System.currentTimeMillis(), newest.at() + 1), by);
        return shared.put(KEY, order.encode()).onSuccess(ignored -> newest = order);
    }

    /** Reads the shared order, and restores it if it is lost or older than the known one. */
    void refresh() {
        if (!reading) {
            reading = true;
            shared.get(KEY).onComplete(read -> {
                reading = false;
                if (read.succeeded()) {
                    known = true;
                    compare(read.result());
                }
            });
        }
    }

    private void compare(@Nullable String text) {
        Optional<ScaleOrder> found = Optional.ofNullable(text).flatMap(ScaleOrder::decode);
        if (found.isPresent() && found.get().at() >= newest.at()) {
            newest = found.get();
        } else if (newest.at() > 0) {
            Future<Void> unused = shared.put(KEY, newest.encode());
        }
    }
}
