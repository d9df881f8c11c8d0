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

/** Four providers on one port. Each tells the truth that the test sets, until it is told to play something else. */
public final class FeedServer implements AutoCloseable {

    private final int port = PortBlock.find().next();
    private final Almanac almanac = new Almanac();
    private final Map<FeedShape, Truth> truths = new ConcurrentHashMap<>();
    private final Map<FeedShape, Script> scripts = new ConcurrentHashMap<>();
    private final Map<FeedShape, List<Long>> askedNanos = new EnumMap<>(FeedShape.class);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "feed-server");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable HttpServer server;

    /** Tells the truth of {@link Market} from the first request on. */
    public FeedServer() {
        for (FeedShape feed : FeedShape.values()) {
            askedNanos.put(feed, new CopyOnWriteArrayList<>());
            publish(feed, Market.of(feed));
            tellTruth(feed);
        }
        up();
    }

    /** Listens. */
    public final void up() {
        try {
            HttpServer fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
            fresh.setExecutor(threads);
            for (FeedShape feed : FeedShape.values()) {
                fresh.createContext(feed.path(), exchange -> answer(feed, exchange));
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

    /** From now on this is true. */
    public final void publish(FeedShape feed, RateTable table) {
        almanac.enter(table);
        truths.put(feed, new Truth(feed, table, feed.newest(Instant.now())));
    }

    /** What is true now. */
    public RateTable truth(FeedShape feed) {
        Truth truth = truths.get(feed);
        if (truth == null) {
            throw new IllegalStateException("no truth of " + feed);
        }
        return truth.table();
    }

    /** From now on the feed answers like this. */
    public void play(FeedShape feed, Script script) {
        scripts.put(feed, script);
    }

    /** From now on the feed tells the truth. */
    public final void tellTruth(FeedShape feed) {
        play(feed, Scripts.truth());
    }

    /** What was ever true. */
    public Almanac almanac() {
        return almanac;
    }

    /** When the feed was asked, by {@link System#nanoTime()}. */
    public List<Long> askedNanos(FeedShape feed) {
        return new ArrayList<>(askedNanos.getOrDefault(feed, List.of()));
    }

    public String url(FeedShape feed) {
        return "http://127.0.0.1:" + port + feed.path();
    }

    @Override
    public void close() {
        down();
        threads.shutdownNow();
    }

    private void answer(FeedShape feed, HttpExchange exchange) throws IOException {
        long now = System.nanoTime();
        askedNanos.getOrDefault(feed, new ArrayList<>()).add(now);
        Script script = scripts.getOrDefault(feed, Scripts.truth());
        try (exchange) {
            script.answer(exchange, truths.getOrDefault(feed, new Truth(feed, Market.of(feed), Instant.now())));
        }
    }
}
