package io.ratemesh.benchmarks.sse;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.ratemesh.benchmarks.load.ConnectionGroup;
import io.ratemesh.benchmarks.process.Delay;
import io.ratemesh.benchmarks.process.ProgressLine;
import java.time.Duration;
import java.util.function.IntFunction;

/** All readers of a benchmark. */
final class ReaderGroup implements AutoCloseable {

    /** The receive buffer of readers that stop reading: the kernel on this side must not buffer much for them. */
    private static final int SMALL_BUFFER_BYTES = 4096;

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final SsePlan plan;
    private final UpdateTimings timings;
    private final SseReader.Counts counts = new SseReader.Counts();
    private final ConnectionGroup connections = new ConnectionGroup();

    ReaderGroup(SsePlan plan, UpdateTimings timings) {
        this.plan = plan;
        this.timings = timings;
    }

    SseReader.Counts counts() {
        return counts;
    }

    /**
     * Connects, and waits until each reader has received rates.
     *
     * @param target of a reader's stream, by its index
     * @param versionPrefix what precedes the version in a line of an event
     * @throws IllegalStateException if a reader has not received any
     */
    void connect(int port, IntFunction<String> target, String versionPrefix) {
        ProgressLine.step("connecting " + plan.readers() + " readers");
        connections.connect(port, plan.readers(), reader -> bootstrap(reader, target.apply(reader), versionPrefix));
        Delay.await(() -> counts.started.get() + counts.rejected.get() >= plan.readers(), TIMEOUT);
        if (counts.started.get() < plan.readers()) {
            throw new IllegalStateException(counts.started.get() + " of " + plan.readers()
                    + " readers have received rates, " + counts.rejected.get() + " were rejected: "
                    + counts.firstRejection.get());
        }
    }

    boolean isSlow(int reader) {
        return reader < plan.slow();
    }

    void stopSlowReaders() {
        connections
                .channels()
                .subList(0, plan.slow())
                .forEach(channel -> channel.config().setAutoRead(false));
    }

    @Override
    public void close() {
        connections.close();
    }

    private Bootstrap bootstrap(int reader, String target, String versionPrefix) {
        boolean slow = isSlow(reader);
        Bootstrap bootstrap =
                connections.bootstrap().handler(new SseReader(target, versionPrefix, slow, timings, counts));
        return slow ? bootstrap.option(ChannelOption.SO_RCVBUF, SMALL_BUFFER_BYTES) : bootstrap;
    }
}
