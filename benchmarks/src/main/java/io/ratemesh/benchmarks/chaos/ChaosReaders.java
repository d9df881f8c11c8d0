package io.ratemesh.benchmarks.chaos;

import io.ratemesh.benchmarks.cluster.BookGenerator;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Readers of streams on one event loop, spread over the front doors: a few of all pairs, the others of five pairs. */
final class ChaosReaders implements AutoCloseable {

    /** So many at each door read all pairs, so that one of them sees every book. */
    private static final int WITNESSES = 4;

    private static final int CONNECTS_PER_MILLI = 2;
    private static final int CLOSE_SECONDS = 10;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final List<ChaosReader> readers = new ArrayList<>();

    ChaosReaders(List<BalancerAddress> doors, int count, ReceivedBooks books) {
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout((int) TimeUnit.SECONDS.toMillis(2)),
                new PoolOptions().setHttp1MaxSize(count + 1));
        for (int i = 0; i < count; i++) {
            String target = BookGenerator.streamTarget(i, i < WITNESSES * doors.size());
            ChaosReader reader = new ChaosReader(vertx, client, doors, i, target, books);
            readers.add(reader);
            vertx.setTimer(1 + i / CONNECTS_PER_MILLI, started -> reader.connect());
        }
    }

    /** Whether each reader has received something since then, a time of {@link System#nanoTime()}. */
    boolean allReceivedSince(long nanos) {
        return readers.stream().allMatch(reader -> reader.hasReceivedSince(nanos));
    }

    long connections() {
        return readers.stream().mapToLong(ChaosReader::connections).sum();
    }

    @Override
    public void close() {
        readers.forEach(ChaosReader::stop);
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the readers do not close", e);
        }
    }
}
