package io.ratemesh.rates.publish;

import io.ratemesh.node.book.FeedStatusReport;
import io.ratemesh.node.book.QuoteRejections;
import io.ratemesh.rates.poll.FeedLoop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The polling loops of all feeds, in the order of preference. */
public final class FeedPolls {

    private final Map<String, FeedLoop> loops = new LinkedHashMap<>();
    private boolean running;

    /** The loop of a feed. */
    public Optional<FeedLoop> find(String feed) {
        return Optional.ofNullable(loops.get(feed));
    }

    /** Replaces the loops; those that are not among the new ones are closed. */
    public void replace(Map<String, FeedLoop> next) {
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

    /** The status of each feed, with its rejected quotes. */
    public List<FeedStatusReport> reports(Function<String, QuoteRejections> rejections) {
        return loops.values().stream()
                .map(loop -> loop.schedule().report())
                .map(report -> report.with(rejections.apply(report.name())))
                .toList();
    }

    /** Takes the schedules over from the leader's reports; a feed that only the leader has is ignored. */
    public void restore(List<FeedStatusReport> reports) {
        for (FeedStatusReport report : reports) {
            FeedLoop loop = loops.get(report.name());
            if (loop != null) {
                loop.schedule().restore(report);
            }
        }
    }
}
