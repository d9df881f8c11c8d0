package io.ratemesh.benchmarks.cluster;

import io.ratemesh.model.RateBook;
import io.ratemesh.node.NodeRole;
import io.ratemesh.node.book.SharedBook;
import io.ratemesh.node.lifecycle.Node;
import io.ratemesh.node.lifecycle.NodeService;
import io.ratemesh.node.lifecycle.RunningNode;
import io.ratemesh.node.settings.Settings;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A node in this JVM that publishes given books in place of a rates node. */
public final class PublisherNode implements AutoCloseable {

    private static final int TIMEOUT_SECONDS = 60;

    private final RunningNode running;
    private final SharedBook shared;

    private PublisherNode(RunningNode running, SharedBook shared) {
        this.running = running;
        this.shared = shared;
    }

    /** Joins the cluster with settings as on a command line. */
    public static PublisherNode join(List<String> settings) {
        RunningNode running = await(
                RunningNode.start(new NoService(), Settings.load(Optional.empty(), settings, Map.of()), () -> {}));
        return new PublisherNode(running, await(SharedBook.open(running.node().vertx())));
    }

    /** Stores and publishes a book asynchronously. */
    public Future<Boolean> publish(RateBook book) {
        return shared.publish(book);
    }

    /** The number of members of the cluster, this one included. */
    public int members() {
        return running.node().membership().size();
    }

    @Override
    public void close() {
        await(running.node().vertx().close());
    }

    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new CompletionException(e);
        }
    }

    /** A service without listeners and announcements. */
    private static final class NoService implements NodeService {

        @Override
        public NodeRole role() {
            return NodeRole.RATES;
        }

        @Override
        public Future<Void> start(Node node) {
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> drain(Node node, Duration timeout) {
            return Future.succeededFuture();
        }
    }
}
