package io.ratemesh.systemtests.feed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ratemesh.systemtests.feed.Script.Truth;
import io.ratemesh.systemtests.process.PortBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Four providers on one port. Each serves the true rates of the test, unless a script replaces its responses. */
public final class FeedServer implements AutoCloseable {

    private final int port = PortBlock.find().next();
    private final Almanac almanac = new Almanac();
    private final Map<FeedShape, Truth> truths = new ConcurrentHashMap<>();
    private final Map<FeedShape, Script> scripts = new ConcurrentHashMap<>();
    private final Map<FeedShape, List<Long>> requestNanos = new EnumMap<>(FeedShape.class);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "feed-server");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable HttpServer server;

    /** Serves the rates of {@link Market}. */
    public FeedServer() {
        for (FeedShape feed : FeedShape.values()) {
            requestNanos.put(feed, new CopyOnWriteArrayList<>());
            publish(feed, Market.of(feed));
            serveTruth(feed);
        }
        up();
    }

    /** Listens. */
    public final void up() {
        try {
            HttpServer fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
            fresh.setExecutor(threads);
            for (FeedShape feed : FeedShape.values()) {
                fresh.createContext(feed.path(), exchange -> response(feed, exchange));
            }
            fresh.start();
            server = fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** No network: every connection is cut, and none is accepted. */
    public void down() {
        HttpServer running = server;
        if (running != null) {
            running.stop(0);
        }
    }

    /** Sets the true rates of a feed. */
    public final void publish(FeedShape feed, RateTable table) {
        almanac.enter(table);
        truths.put(feed, new Truth(feed, table, feed.newest(Instant.now())));
    }

    /** The true rates of a feed now. */
    public RateTable truth(FeedShape feed) {
        Truth truth = truths.get(feed);
        if (truth == null) {
            throw new IllegalStateException("no truth of " + feed);
        }
        return truth.table();
    }

    /** Replaces the responses of a feed by a script. */
    public void play(FeedShape feed, Script script) {
        scripts.put(feed, script);
    }

    /** Lets a feed serve the true rates again. */
    public final void serveTruth(FeedShape feed) {
        play(feed, Scripts.truth());
    }

    /** All rates that were ever true. */
    public Almanac almanac() {
        return almanac;
    }

    /** When the feed received requests, by {@link System#nanoTime()}. */
    public List<Long> requestNanos(FeedShape feed) {
        return new ArrayList<>(requestNanos.getOrDefault(feed, List.of()));
    }

    public String url(FeedShape feed) {
        return "http://127.0.0.1:" + port + feed.path();
    }

    @Override
    public void close() {
        down();
        threads.shutdownNow();
    }

    private void response(FeedShape feed, HttpExchange exchange) throws IOException {
        long now = System.nanoTime();
        requestNanos.getOrDefault(feed, new ArrayList<>()).add(now);
        Script script = scripts.getOrDefault(feed, Scripts.truth());
        try (exchange) {
            script.response(exchange, truths.getOrDefault(feed, new Truth(feed, Market.of(feed), Instant.now())));
        }
    }
}
