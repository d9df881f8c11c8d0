package io.ratemesh.rates;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.NodeService;
import io.ratemesh.node.lifecycle.RunningNode;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A node without a role, alone in a real cluster. */
public final class LoneNode {

    private final RunningNode node;
    private final Context context;

    private LoneNode(RunningNode node) {
        this.node = node;
        this.context = node.node().vertx().getOrCreateContext();
    }

    /**
     * Starts the node.
     *
     * @param port the first port of its cluster, used by no other test
     */
    public static LoneNode start(int port) throws Exception {
        Settings settings = Settings.load(
                Optional.empty(),
                List.of("node.name=lone", "cluster.name=test-" + UUID.randomUUID(), "cluster.port=" + port),
                Map.of());
        return new LoneNode(get(RunningNode.start(new Bystander(), settings, () -> {})));
    }

    public Vertx vertx() {
        return node.node().vertx();
    }

    /** Runs a step on the event loop of this node, and waits for its end. */
    public void on(Runnable step) throws Exception {
        until(() -> {
            step.run();
            return Future.succeededFuture();
        });
    }

    /** Runs a step on the event loop of this node, and waits for its result. */
    public void until(Supplier<Future<?>> step) throws Exception {
        Promise<Object> over = Promise.promise();
        context.runOnContext(ignored -> Future.succeededFuture()
                .compose(begin -> step.get().<Object>map(result -> step))
                .onComplete(over));
        get(over.future());
    }

    /** Removes an entry of a shared map, like a cluster that lost two members together. */
    public void lose(String map, String key) throws Exception {
        get(vertx().sharedData().getClusterWideMap(map).compose(entries -> entries.remove(key)));
    }

    public void stop() throws Exception {
        get(node.stop());
    }

    /** Waits for a result. */
    public static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static final class Bystander implements NodeService {

        @Override
        public NodeRole role() {
            return NodeRole.CONVERTER;
        }

        @Override
        public Future<Void> start(Node started) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> drain(Node draining, Duration timeout) {
            return Future.succeededFuture();
        }
    }
}
