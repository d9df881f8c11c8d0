package io.ratemesh.rates.publish;

import io.ratemesh.node.book.FeedStatusReport;
import io.ratemesh.rates.poll.FeedLoop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The loops that ask the feeds, by feed, in the order of preference. */
public final class FeedPolls {

    private final Map<String, FeedLoop> loops = new LinkedHashMap<>();
    private boolean running;

    /** The loop that asks a feed. */
    public Optional<FeedLoop> of(String feed) {
        return Optional.ofNullable(loops.get(feed));
    }

    /** Asks these from now on, in this order; loops that are not among them are closed. */
    public void use(Map<String, FeedLoop> next) {
        loops.values().stream().filter(loop -> !next.containsValue(loop)).forEach(FeedLoop::close);
        loops.clear();
        loops.putAll(next);
        if (running) {
            start();
        }
    }

    public void start() {
        running = true;
        loops.values().forEach(FeedLoop::start);
    }

    public void stop() {
        running = false;
        loops.values().forEach(FeedLoop::stop);
    }

    public void close() {
        loops.values().forEach(FeedLoop::close);
    }

    /** How the feeds are, with what {@code doubts} adds. */
    public List<FeedStatusReport> reports(UnaryOperator<FeedStatusReport> doubts) {
        return loops.values().stream()
                .map(loop -> doubts.apply(loop.schedule().report()))
                .toList();
    }

    /** Learns from the leader when the feeds were asked; a feed that only the leader has is passed over. */
    public void remember(List<FeedStatusReport> reports) {
        for (FeedStatusReport report : reports) {
            FeedLoop loop = loops.get(report.name());
            if (loop != null) {
                loop.schedule().remember(report);
            }
        }
    }
}
