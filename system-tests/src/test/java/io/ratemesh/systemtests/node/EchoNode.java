package io.ratemesh.systemtests.node;

import io.ratemesh.node.NodeRole;
import io.ratemesh.node.NodeState;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.NodeService;
import io.ratemesh.node.lifecycle.RunningNode;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A member of the cluster with the role converter that responds to every request with the request itself, which shows
 * what a balancer forwards. Its responses have fields that end at the next hop.
 */
public final class EchoNode implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final RunningNode node;

    private EchoNode(RunningNode node) {
        this.node = node;
    }

    /**
     * Joins.
     *
     * @param sets its settings, as {@code key=value}
     */
    public static EchoNode join(List<String> sets) {
        Settings settings = Settings.load(Optional.empty(), sets, Map.of());
        return new EchoNode(done(RunningNode.start(new Echo(), settings, () -> {})));
    }

    public String id() {
        return node.node().id();
    }

    @Override
    public void close() {
        done(node.stop());
    }

    private static <T> T done(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the echo node", e);
        }
    }

    private static final class Echo implements NodeService {

        @Override
        public NodeRole role() {
            return NodeRole.CONVERTER;
        }

        @Override
        public Future<Void> start(Node node) {
            return node.vertx()
                    .createHttpServer()
                    .requestHandler(Echo::response)
                    .listen(0, node.address())
                    .compose(server -> node.announcer().setPort(server.actualPort()))
                    .compose(ignored -> node.announcer().setState(NodeState.READY));
        }

        @Override
        public Future<Void> drain(Node node, Duration timeout) {
            return Future.succeededFuture();
        }

        private static void response(HttpServerRequest request) {
            JsonObject headers = new JsonObject();
            request.headers()
                    .names()
                    .forEach(name -> headers.put(
                            name.toLowerCase(Locale.ROOT),
                            new JsonArray(List.copyOf(request.headers().getAll(name)))));
            request.response()
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Connection", "X-Of-This-Hop")
                    .putHeader("X-Of-This-Hop", "1")
                    .putHeader("Keep-Alive", "timeout=7")
                    .putHeader("X-End-To-End", "1")
                    .end(new JsonObject()
                            .put("method", request.method().name())
                            .put("uri", request.uri())
                            .put("headers", headers)
                            .toBuffer());
        }
    }
}
